#include "tools/slo_gate/cli/judge_inputs.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tools/lib/changes/default_limits.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/json/first_members.h"
#include "tools/lib/results/measured_file.h"
#include "tools/lib/results/trace_identity.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/comparison/baseline_verdict.h"
#include "tools/slo_gate/comparison/pairs_verdict.h"
#include "tools/slo_gate/objectives/thresholds.h"
#include "tools/slo_gate/pool/pool.h"

namespace slo::tools {
namespace {

std::vector<OverrideRequest> RequestsOf(const GateOptions& options, absl::string_view environment) {
  std::vector<OverrideRequest> requests;
  for (const absl::string_view request : absl::StrSplit(environment, ',', absl::SkipWhitespace())) {
    requests.push_back({std::string(absl::StripAsciiWhitespace(request)), "SLO_OVERRIDES"});
  }
  for (const std::string& request : options.overrides) requests.push_back({request, "--override"});
  return requests;
}

bool Explains(const GateOptions& options) {
  return options.explain || !options.explain_benchmarks.empty();
}

// What the files on the command line hold.
struct Inputs {
  std::vector<Report> reports;
  std::vector<PairsFile> pairs;
};

Inputs ReadResults(const GateOptions& options, std::istream& in, ProblemList& problems) {
  Inputs inputs;
  for (const std::string& file : options.results) {
    absl::StatusOr<MeasuredFile> measured = ReadMeasuredFile(file, in);
    if (!measured.ok()) {
      problems.Add(measured.status());
    } else if (auto* pairs = std::get_if<PairsFile>(&*measured); pairs != nullptr) {
      inputs.pairs.push_back(std::move(*pairs));
    } else {
      inputs.reports.push_back(std::get<Report>(*std::move(measured)));
    }
  }
  if (!inputs.reports.empty()) problems.Add(CheckFilesAgree(inputs.reports));
  return inputs;
}

// A trace belongs to results that the same program wrote, with rows for all it has.
absl::Status CheckBelongs(const TraceFile& trace, const std::vector<Report>& reports) {
  const auto report = std::find_if(reports.begin(), reports.end(),
                                   [&](const Report& one) { return IsOfSameCommand(trace, one); });
  if (report == reports.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat(trace.file, ": is the trace of another run: its ",
                     absl::StrJoin(kTraceIdentity, ", "), " are not those of any results file"));
  }
  return CheckSameSamples(trace, *report);
}

std::vector<TraceFile> ReadTraces(const GateOptions& options, const std::vector<Report>& reports,
                                  std::istream& in, ProblemList& problems) {
  std::vector<TraceFile> traces;
  for (const std::string& file : options.traces) {
    const absl::StatusOr<std::string> text = ReadInput(file, in);
    absl::StatusOr<TraceFile> trace =
        text.ok() ? ParseTraceFile(file, *text) : absl::StatusOr<TraceFile>(text.status());
    if (!trace.ok()) {
      problems.Add(trace.status());
      continue;
    }
    // Errors in the results are reported elsewhere.
    if (!reports.empty()) problems.Add(CheckBelongs(*trace, reports));
    traces.push_back(*std::move(trace));
  }
  return traces;
}

// Shards put load on together and are judged together: one that is missing must not go unnoticed,
// and none of them shows what all of them did.
absl::Status PoolIfShards(std::vector<Report>& reports, std::vector<TraceFile>& traces) {
  if (std::none_of(reports.begin(), reports.end(), IsShard)) return absl::OkStatus();
  const auto pooled = PoolShards(std::move(reports), std::move(traces));
  if (!pooled.ok()) return pooled.status();
  ProblemList problems;
  reports.clear();
  traces.clear();
  problems.Take(ParseReport("pooled results", pooled->results), reports);
  problems.Take(ParseTraceFile("pooled trace", pooled->trace), traces);
  return problems.ToStatus();
}

absl::StatusOr<Verdict> JudgeObjectives(const GateOptions& options, absl::string_view text,
                                        absl::string_view overrides,
                                        const JudgeOptions& judge_options, std::istream& in) {
  ProblemList problems;
  absl::StatusOr<Thresholds> thresholds = ParseThresholds(options.thresholds, text);
  if (thresholds.ok()) {
    problems.Add(ApplyOverrides(RequestsOf(options, overrides), *thresholds));
  } else {
    problems.Add(thresholds.status());
  }
  Inputs inputs = ReadResults(options, in, problems);
  for (const PairsFile& pairs : inputs.pairs) {
    problems.Add(absl::StrCat(pairs.file, ": is a file of pairs; slo_gate compare judges those"));
  }
  if (!options.baseline.empty()) {
    problems.Add(absl::StrCat("--baseline: goes with limits on changes, for example ",
                              "--thresholds=thresholds/regression.json"));
  }
  if (Explains(options)) {
    problems.Add(std::string("--explain: goes with pairs, whose file names both programs"));
  }
  std::vector<TraceFile> traces = ReadTraces(options, inputs.reports, in, problems);
  absl::Status status = problems.ToStatus();
  if (status.ok()) status = PoolIfShards(inputs.reports, traces);
  if (!status.ok()) return status;
  Verdict verdict = Judge(std::move(inputs.reports), *thresholds, judge_options);
  verdict.traces = std::move(traces);
  return verdict;
}

void CheckFit(const GateOptions& options, const Inputs& inputs, ProblemList& problems) {
  if (!options.overrides.empty()) {
    problems.Add(std::string("--override: goes with objectives; a change is excused by a waiver"));
  }
  if (!options.traces.empty()) {
    problems.Add(std::string("--trace: goes with objectives; two builds are compared without"));
  }
  if (!inputs.pairs.empty() && !inputs.reports.empty()) {
    problems.Add(absl::StrCat(inputs.reports[0].file, " holds results and ", inputs.pairs[0].file,
                              " pairs: they are judged apart"));
  }
  for (const Report& report : inputs.reports) {
    if (!IsShard(report)) continue;
    problems.Add(absl::StrCat(report.file,
                              ": is of a shard; shards are judged by objectives: slo_gate check "
                              "--thresholds=thresholds/slo.json"));
  }
  if (!inputs.reports.empty() && options.baseline.empty()) {
    problems.Add(absl::StrCat(inputs.reports[0].file,
                              ": results are compared with a baseline (--baseline=FILE); pairs "
                              "of two builds come from paired_bench; slo_gate check judges "
                              "results by objectives"));
  }
  if (!inputs.pairs.empty() && !options.baseline.empty()) {
    problems.Add(std::string("--baseline: goes with results; pairs have their base in them"));
  }
  if (!inputs.reports.empty() && Explains(options)) {
    problems.Add(std::string(
        "--explain: goes with pairs, whose file names both programs; results name none to run"));
  }
}

// The baseline of the results' toolchain where a folder of baselines is given.
std::string BaselineFile(const GateOptions& options, const Inputs& inputs) {
  std::error_code ignored;
  if (inputs.reports.empty() || !std::filesystem::is_directory(options.baseline, ignored)) {
    return options.baseline;
  }
  const std::string toolchain = inputs.reports[0].ContextValue("slo_toolchain");
  return absl::StrCat(
      options.baseline, "/exact-",
      toolchain.empty() || absl::StrContains(toolchain, '/') ? "not-stated" : toolchain, ".json");
}

absl::StatusOr<Verdict> JudgeChanges(const GateOptions& options, std::string text,
                                     const JudgeOptions& judge_options, std::istream& in) {
  ProblemList problems;
  absl::StatusOr<RegressionLimits> limits = ParseRegressionLimits(
      options.thresholds.empty() ? kDefaultLimitsFile : options.thresholds, text);
  if (!limits.ok()) problems.Add(limits.status());
  Inputs inputs = ReadResults(options, in, problems);
  CheckFit(options, inputs, problems);
  const std::string file = BaselineFile(options, inputs);
  const bool is_unknown_toolchain = !inputs.reports.empty() && HasExactCosts(inputs.reports[0]) &&
                                    !file.empty() && !std::filesystem::exists(file);
  absl::StatusOr<Report> baseline = Report{};
  if (!file.empty() && !is_unknown_toolchain) {
    baseline = ReadReport(file, in);
    if (!baseline.ok()) problems.Add(baseline.status());
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  if (!inputs.pairs.empty()) {
    return VerdictOnPairs(std::move(inputs.pairs), *std::move(limits), std::move(text),
                          judge_options);
  }
  if (is_unknown_toolchain) {
    return VerdictWithoutBaseline(std::move(inputs.reports), file, *std::move(limits),
                                  std::move(text), judge_options);
  }
  return VerdictOnBaseline(std::move(inputs.reports), *std::move(baseline), *std::move(limits),
                           std::move(text), judge_options);
}

bool HasObjectives(absl::string_view text) {
  bool has_objectives = false;
  ScanFirstMembers(text, [&](const std::string& key, const std::optional<std::string>& /*value*/) {
    has_objectives = key == "objectives";
    return !has_objectives;
  });
  return has_objectives;
}

// The text of the objectives or of the limits, as they are for the command.
absl::StatusOr<std::string> ReadThresholds(const GateOptions& options, std::istream& in) {
  if (options.mode == GateMode::kCompare && options.thresholds.empty()) {
    return std::string(DefaultLimitsText());
  }
  absl::StatusOr<std::string> text = ReadInput(options.thresholds, in);
  if (!text.ok()) return text;
  if (options.mode == GateMode::kCheck && IsRegressionLimits(*text)) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.thresholds, ": holds limits on changes; slo_gate compare --limits=",
                     options.thresholds, " judges by those"));
  }
  if (options.mode == GateMode::kCompare && HasObjectives(*text)) {
    return absl::InvalidArgumentError(absl::StrCat(
        options.thresholds, ": holds objectives; slo_gate check --thresholds=", options.thresholds,
        " judges by those"));
  }
  return text;
}

}  // namespace

absl::StatusOr<Verdict> JudgeInputs(const GateOptions& options, absl::string_view overrides,
                                    const JudgeOptions& judge_options, std::istream& in) {
  absl::StatusOr<std::string> text = ReadThresholds(options, in);
  if (!text.ok()) {
    // Errors in the results are reported all the same.
    ProblemList problems;
    problems.Add(text.status());
    ReadResults(options, in, problems);
    return problems.ToStatus();
  }
  if (options.mode == GateMode::kCompare || IsRegressionLimits(*text)) {
    return JudgeChanges(options, *std::move(text), judge_options, in);
  }
  return JudgeObjectives(options, *text, overrides, judge_options, in);
}

}  // namespace slo::tools
