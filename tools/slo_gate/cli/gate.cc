#include "tools/slo_gate/cli/gate.h"

#include <fstream>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/files/whole_files.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/cli/gate_options.h"
#include "tools/slo_gate/cli/judge_inputs.h"
#include "tools/slo_gate/cli/merge.h"
#include "tools/slo_gate/cli/pool_command.h"
#include "tools/slo_gate/evidence/evidence.h"
#include "tools/slo_gate/evidence/verify.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

constexpr int kUnusableInput = 2;

std::string Render(const Verdict& verdict, const GateOptions& options,
                   const TextOptions& text_options) {
  switch (options.format) {
    case OutputFormat::kJunit:
      return RenderJunit(verdict);
    case OutputFormat::kGithub:
      return RenderGithub(verdict);
    case OutputFormat::kMarkdown:
      return RenderMarkdown(verdict, options.all);
    case OutputFormat::kJson:
      return RenderJson(verdict);
    case OutputFormat::kText:
      break;
  }
  return RenderText(verdict, text_options);
}

// The page that GitHub Actions shows below a job; the file may hold other steps' pages already.
// Never the whole page of very many checks: GitHub refuses a summary of more than 1 MiB.
absl::Status AppendStepSummary(const Verdict& verdict, const std::string& file) {
  std::ofstream stream(file, std::ios::binary | std::ios::app);
  stream << RenderMarkdown(verdict) << '\n' << std::flush;
  if (stream) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(file, ": the step summary cannot be written"));
}

// Where it lies, for people.
absl::StatusOr<std::string> WriteVerdict(const Verdict& verdict, const std::string& directory,
                                         absl::Time now) {
  const std::string stem =
      FreeEvidenceStem(directory, absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone()));
  const std::string json = RenderJson(verdict);
  const std::string markdown = RenderMarkdown(verdict, /*all=*/true);
  const absl::Status written = WriteWholeFiles(directory, {{stem + ".json", json},
                                                           {stem + ".md", markdown},
                                                           {"latest.json", json},
                                                           {"latest.md", markdown}});
  if (!written.ok()) return written;
  return absl::StrCat(absl::StripSuffix(directory, "/"), "/latest.md, latest.json");
}

absl::Status NotWritten() {
  return absl::FailedPreconditionError("the verdict could not be written to stdout");
}

int Fail(const absl::Status& status, std::ostream& err) {
  for (const absl::string_view line : absl::StrSplit(status.message(), '\n')) {
    err << "slo_gate: " << line << '\n';
  }
  return kUnusableInput;
}

int RunVerify(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  if (arguments.size() != 1 || (arguments[0] != "-" && absl::StartsWith(arguments[0], "-"))) {
    return Fail(absl::InvalidArgumentError(
                    "verify: expected one file, for example docs/evidence/latest.json"),
                environment.err);
  }
  const std::string file(arguments[0]);
  const absl::StatusOr<std::string> text = ReadInput(file, environment.in);
  if (!text.ok()) return Fail(text.status(), environment.err);
  const absl::StatusOr<Verification> verification = VerifyEvidence(file, *text);
  if (!verification.ok()) return Fail(verification.status(), environment.err);
  for (const std::string& difference : verification->differences) {
    environment.out << file << ": " << difference << '\n';
  }
  const bool is_confirmed = verification->differences.empty();
  environment.out << file << ": " << verification->checks << " checks recomputed, verdict "
                  << verification->overall_status << (is_confirmed ? " confirmed" : "") << "; "
                  << verification->differences.size() << " differences\n"
                  << std::flush;
  if (!environment.out) return Fail(NotWritten(), environment.err);
  return is_confirmed ? 0 : 1;
}

int RunMerge(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  std::vector<std::pair<std::string, std::string>> files;
  ProblemList problems;
  for (const absl::string_view argument : arguments) {
    if (argument != "-" && absl::StartsWith(argument, "-")) {
      problems.Add(absl::StrCat("merge: ", argument, ": expected files only"));
      continue;
    }
    absl::StatusOr<std::string> text = ReadInput(std::string(argument), environment.in);
    problems.Add(text.status());
    if (text.ok()) files.emplace_back(argument, *std::move(text));
  }
  if (arguments.empty()) problems.Add(std::string("merge: expected at least one results file"));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return Fail(status, environment.err);
  const absl::StatusOr<std::string> merged = MergeResults(files);
  if (!merged.ok()) return Fail(merged.status(), environment.err);
  environment.out << *merged << std::flush;
  return environment.out ? 0 : Fail(NotWritten(), environment.err);
}

}  // namespace

int RunGate(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  if (!arguments.empty() && arguments[0] == "verify") {
    return RunVerify(arguments.subspan(1), environment);
  }
  if (!arguments.empty() && arguments[0] == "merge") {
    return RunMerge(arguments.subspan(1), environment);
  }
  if (!arguments.empty() && arguments[0] == "pool") {
    const absl::Status pooled = RunPool(arguments.subspan(1), environment.in, environment.out);
    return pooled.ok() ? 0 : Fail(pooled, environment.err);
  }
  const absl::StatusOr<GateOptions> options = ParseGateOptions(arguments);
  if (!options.ok()) return Fail(options.status(), environment.err);
  if (options->help) {
    environment.out << GateHelp();
    return 0;
  }
  const absl::StatusOr<Verdict> judged =
      JudgeInputs(*options, environment.overrides,
                  {.allow_insufficient = options->allow_insufficient,
                   .generated_at_utc =
                       absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", environment.now, absl::UTCTimeZone()),
                   .gate_version = SLO_GATE_VERSION},
                  environment.in);
  if (!judged.ok()) return Fail(judged.status(), environment.err);
  const Verdict& verdict = *judged;
  TextOptions text_options = {.use_color = environment.use_color, .all = options->all};
  if (!options->evidence_dir.empty()) {
    absl::StatusOr<std::string> written =
        WriteVerdict(verdict, options->evidence_dir, environment.now);
    if (!written.ok()) return Fail(written.status(), environment.err);
    text_options.evidence = *std::move(written);
  }
  if (options->format == OutputFormat::kGithub && !environment.step_summary.empty()) {
    const absl::Status appended = AppendStepSummary(verdict, environment.step_summary);
    if (!appended.ok()) return Fail(appended, environment.err);
  }
  environment.out << Render(verdict, *options, text_options) << std::flush;
  if (!environment.out) return Fail(NotWritten(), environment.err);
  return ExitCodeOf(verdict);
}

}  // namespace slo::tools
