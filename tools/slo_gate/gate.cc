#include "tools/slo_gate/gate.h"

#include <cstddef>
#include <fstream>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/slo_gate/evidence.h"
#include "tools/slo_gate/gate_options.h"
#include "tools/slo_gate/json_text.h"
#include "tools/slo_gate/judge.h"
#include "tools/slo_gate/problem_list.h"
#include "tools/slo_gate/render.h"

namespace slo::tools {
namespace {

constexpr int kUnusableInput = 2;

// Stops behind the most that is parsed: an input may have no end.
absl::StatusOr<std::string> ReadAll(std::istream& stream, const std::string& name) {
  std::string content;
  std::vector<char> chunk(size_t{1} << 20U);
  while (stream && content.size() <= kMostJsonBytes) {
    stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    content.append(chunk.data(), static_cast<size_t>(stream.gcount()));
  }
  if (stream.bad()) return absl::NotFoundError(absl::StrCat(name, ": cannot be read"));
  return content;
}

absl::StatusOr<std::string> ReadInput(const std::string& file, std::istream& in) {
  if (file == "-") return ReadAll(in, "standard input");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return absl::NotFoundError(absl::StrCat(file, ": cannot be opened for reading"));
  return ReadAll(stream, file);
}

struct Inputs {
  Thresholds thresholds;
  std::vector<Report> reports;
};

std::vector<OverrideRequest> RequestsOf(const GateOptions& options, absl::string_view environment) {
  std::vector<OverrideRequest> requests;
  for (const absl::string_view request : absl::StrSplit(environment, ',', absl::SkipWhitespace())) {
    requests.push_back({std::string(absl::StripAsciiWhitespace(request)), "SLO_OVERRIDES"});
  }
  for (const std::string& request : options.overrides) requests.push_back({request, "--override"});
  return requests;
}

// Everything that the verdict needs, or every problem of every input.
absl::StatusOr<Inputs> ReadInputs(const GateOptions& options, const GateEnvironment& environment) {
  Inputs inputs;
  ProblemList problems;
  const absl::StatusOr<std::string> text = ReadInput(options.thresholds, environment.in);
  absl::StatusOr<Thresholds> thresholds =
      text.ok() ? ParseThresholds(options.thresholds, *text) : text.status();
  if (thresholds.ok()) {
    inputs.thresholds = *std::move(thresholds);
    problems.Add(ApplyOverrides(RequestsOf(options, environment.overrides), inputs.thresholds));
  } else {
    problems.Add(thresholds.status());
  }
  for (const std::string& file : options.results) {
    const absl::StatusOr<std::string> results = ReadInput(file, environment.in);
    absl::StatusOr<Report> report =
        results.ok() ? ParseReport(file, *results) : absl::StatusOr<Report>(results.status());
    if (report.ok()) {
      inputs.reports.push_back(*std::move(report));
    } else {
      problems.Add(report.status());
    }
  }
  if (!inputs.reports.empty()) problems.Add(CheckShardsAgree(inputs.reports));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return inputs;
}

std::string Render(const Verdict& verdict, OutputFormat format) {
  switch (format) {
    case OutputFormat::kMarkdown:
      return RenderMarkdown(verdict);
    case OutputFormat::kJson:
      return RenderJson(verdict);
    case OutputFormat::kText:
      break;
  }
  return RenderText(verdict);
}

absl::Status WriteVerdict(const Verdict& verdict, const std::string& directory, absl::Time now) {
  const std::string stem =
      FreeEvidenceStem(directory, absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone()));
  const std::string json = RenderJson(verdict);
  const std::string markdown = RenderMarkdown(verdict);
  return WriteEvidence(directory, {{stem + ".json", json},
                                   {stem + ".md", markdown},
                                   {"latest.json", json},
                                   {"latest.md", markdown}});
}

int Fail(const absl::Status& status, std::ostream& err) {
  for (const absl::string_view line : absl::StrSplit(status.message(), '\n')) {
    err << "slo_gate: " << line << '\n';
  }
  return kUnusableInput;
}

}  // namespace

int RunGate(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  const absl::StatusOr<GateOptions> options = ParseGateOptions(arguments);
  if (!options.ok()) return Fail(options.status(), environment.err);
  if (options->help) {
    environment.out << GateHelp();
    return 0;
  }
  const absl::StatusOr<Inputs> inputs = ReadInputs(*options, environment);
  if (!inputs.ok()) return Fail(inputs.status(), environment.err);
  const Verdict verdict = Judge(inputs->reports, inputs->thresholds,
                                {.allow_insufficient = options->allow_insufficient,
                                 .generated_at_utc = absl::FormatTime(
                                     "%Y-%m-%dT%H:%M:%SZ", environment.now, absl::UTCTimeZone()),
                                 .gate_version = SLO_GATE_VERSION});
  if (!options->evidence_dir.empty()) {
    const absl::Status written = WriteVerdict(verdict, options->evidence_dir, environment.now);
    if (!written.ok()) return Fail(written, environment.err);
  }
  environment.out << Render(verdict, options->format) << std::flush;
  if (!environment.out) {
    return Fail(absl::FailedPreconditionError("the verdict could not be written to stdout"),
                environment.err);
  }
  return ExitCodeOf(verdict);
}

}  // namespace slo::tools
