#include "tools/slo_gate/cli/judge_command.h"

#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "tools/lib/files/whole_files.h"
#include "tools/lib/flags/version.h"
#include "tools/slo_gate/cli/check_command.h"
#include "tools/slo_gate/cli/compare_command.h"
#include "tools/slo_gate/cli/explain_verdict.h"
#include "tools/slo_gate/cli/gate.h"
#include "tools/slo_gate/cli/judge_inputs.h"
#include "tools/slo_gate/evidence/evidence.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

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

// The page that GitHub Actions shows below a job; the file may hold what the step wrote before.
absl::Status AppendStepSummary(const Verdict& verdict, const std::string& file) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  std::ofstream stream(file, std::ios::binary | std::ios::app);
  stream << RenderStepSummary(verdict, error ? 0 : bytes + 1) << '\n' << std::flush;
  if (stream) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(file, ": the step summary cannot be written"));
}

// The flame graphs beside the evidence, which names them.
std::vector<WholeFile> FlameGraphFiles(const std::string& stem,
                                       std::vector<std::string> flame_graphs, Verdict& verdict) {
  std::vector<WholeFile> files;
  for (size_t i = 0; i < flame_graphs.size(); ++i) {
    if (flame_graphs[i].empty()) continue;
    std::string name = absl::StrCat(stem, "-flame-", i + 1, ".svg");
    verdict.explanations[i].flame_graph = name;
    files.push_back({std::move(name), std::move(flame_graphs[i])});
  }
  return files;
}

// Where it lies, for people.
absl::StatusOr<std::string> WriteVerdict(const std::string& directory, absl::Time now,
                                         std::vector<std::string> flame_graphs, Verdict& verdict) {
  const std::string stem =
      FreeEvidenceStem(directory, absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone()));
  std::vector<WholeFile> files = FlameGraphFiles(stem, std::move(flame_graphs), verdict);
  const std::string json = RenderJson(verdict);
  const std::string markdown = RenderMarkdown(verdict, /*all=*/true);
  files.push_back({stem + ".json", json});
  files.push_back({stem + ".md", markdown});
  files.push_back({"latest.json", json});
  files.push_back({"latest.md", markdown});
  const absl::Status written = WriteWholeFiles(directory, files);
  if (!written.ok()) return written;
  return absl::StrCat(absl::StripSuffix(directory, "/"), "/latest.md, latest.json");
}

std::string HelpOf(GateMode mode) {
  if (mode == GateMode::kCheck) return CheckHelp();
  return mode == GateMode::kCompare ? CompareHelp() : GateHelp();
}

}  // namespace

absl::string_view CommandOf(GateMode mode) {
  if (mode == GateMode::kEither) return "";
  return mode == GateMode::kCheck ? "check" : "compare";
}

int RunJudge(GateMode mode, absl::Span<const absl::string_view> arguments,
             const GateEnvironment& environment) {
  const absl::string_view command = CommandOf(mode);
  const absl::StatusOr<GateOptions> options = ParseGateOptions(arguments, mode);
  if (!options.ok()) return FailGate(options.status(), command, environment);
  if (options->help || options->version) {
    return AnswerGate({.help = options->help, .version = options->version}, HelpOf(mode),
                      environment);
  }
  absl::StatusOr<Verdict> judged =
      JudgeInputs(*options, environment.overrides,
                  {.allow_insufficient = options->allow_insufficient,
                   .generated_at_utc =
                       absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", environment.now, absl::UTCTimeZone()),
                   .gate_version = std::string(Version())},
                  environment.in);
  if (!judged.ok()) return FailGate(judged.status(), command, environment);
  Verdict& verdict = *judged;
  std::vector<std::string> flame_graphs;
  if (options->explain || !options->explain_benchmarks.empty()) {
    flame_graphs =
        ExplainVerdict(options->explain_benchmarks, ProfileTools(), environment.err, verdict);
  }
  TextOptions text_options = {.use_color = environment.use_color, .all = options->all};
  if (!options->evidence_dir.empty()) {
    absl::StatusOr<std::string> written =
        WriteVerdict(options->evidence_dir, environment.now, std::move(flame_graphs), verdict);
    if (!written.ok()) return FailGate(written.status(), command, environment);
    text_options.evidence = *std::move(written);
  }
  if (options->format == OutputFormat::kGithub && !environment.step_summary.empty()) {
    const absl::Status appended = AppendStepSummary(verdict, environment.step_summary);
    if (!appended.ok()) return FailGate(appended, command, environment);
  }
  environment.out << Render(verdict, *options, text_options);
  return FinishGate(ExitCodeOf(verdict), command, environment);
}

}  // namespace slo::tools
