#include "tools/slo_gate/cli/gate_options.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/flags/flag_table.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using GateFlagTable = FlagTable<GateOptions>;

void AddObjectiveFlags(GateMode mode, GateFlagTable& flags) {
  flags.Text(
      {"thresholds", "FILE",
       mode == GateMode::kCheck ? "the objectives, for example thresholds/slo.json"
                                : "the objectives (thresholds/slo.json), or the limits on changes "
                                  "(thresholds/regression.json)"},
      &GateOptions::thresholds);
  flags.TextList(
      {"trace", "FILE",
       "a trace of the same run (bench_workflow --slo_trace): its percentiles and charts "
       "go into the Markdown; may be given several times, for shards"},
      &GateOptions::traces);
  flags.TextList(
      {"override", "ID=LIMIT",
       "another limit for this run; may be given several times. The environment variable "
       "SLO_OVERRIDES takes a comma list of the same; a flag wins"},
      &GateOptions::overrides);
}

void AddComparisonFlags(GateMode mode, GateFlagTable& flags) {
  if (mode == GateMode::kCompare) {
    flags.Text({"limits", "FILE",
                "the limits on changes, for example thresholds/regression.json; without it every "
                "benchmark may cost at most 3% more cpu_time"},
               &GateOptions::thresholds);
  }
  flags.Text({"baseline", "FILE",
              "what results are compared with: results of the same machine and build flags; of "
              "exact costs also a folder, in which exact-<toolchain>.json is looked for"},
             &GateOptions::baseline);
  flags.Switch({.name = "explain",
                .help = "say of pairs which functions make the candidate slower: both programs run "
                        "again, under callgrind (valgrind), for each benchmark that regressed. "
                        "Instructions and allocations by function; with --evidence_dir also a "
                        "flame graph. It changes neither the verdict nor the exit code"},
               &GateOptions::explain);
  flags.TextList({"explain_benchmark", "GLOB",
                  "explain these benchmarks too, whatever their outcome; may be given several "
                  "times"},
                 &GateOptions::explain_benchmarks);
}

GateFlagTable MakeGateFlags(GateMode mode) {
  GateFlagTable flags;
  if (mode != GateMode::kCompare) AddObjectiveFlags(mode, flags);
  if (mode != GateMode::kCheck) AddComparisonFlags(mode, flags);
  flags.Switch(
      {.name = "all",
       .help = "list every check; without it text has a line for each benchmark, its worst check, "
               "and in full only what is not a pass; and Markdown leaves checks out where there "
               "are hundreds. The evidence always has all of them"},
      &GateOptions::all);
  flags.Text({"evidence_dir", "DIR", "also write DIR/slo-<UTC>.json, .md and DIR/latest.json, .md"},
             &GateOptions::evidence_dir);
  flags.Choice({"format", "FORMAT",
                "text is in colours on a terminal unless NO_COLOR is set; github: annotations, and "
                "the Markdown page appended to the file that GITHUB_STEP_SUMMARY names"},
               &GateOptions::format,
               {{"text", OutputFormat::kText},
                {"markdown", OutputFormat::kMarkdown},
                {"json", OutputFormat::kJson},
                {"junit", OutputFormat::kJunit},
                {"github", OutputFormat::kGithub}});
  flags.Switch(
      {.name = "allow-insufficient", .help = "exit 0 where the sample is too small to tell"},
      &GateOptions::allow_insufficient);
  return flags;
}

const GateFlagTable& GateFlags(GateMode mode) {
  static const auto* const kEither = new GateFlagTable(MakeGateFlags(GateMode::kEither));
  static const auto* const kCheck = new GateFlagTable(MakeGateFlags(GateMode::kCheck));
  static const auto* const kCompare = new GateFlagTable(MakeGateFlags(GateMode::kCompare));
  if (mode == GateMode::kEither) return *kEither;
  return mode == GateMode::kCheck ? *kCheck : *kCompare;
}

absl::string_view ExpectedResults(GateMode mode) {
  switch (mode) {
    case GateMode::kCheck:
      return "expected at least one results file (--benchmark_format=json)";
    case GateMode::kCompare:
      return "expected a file of pairs (paired_bench), or results and their --baseline=FILE";
    case GateMode::kEither:
      break;
  }
  return "expected at least one results file (--benchmark_format=json) or file of pairs";
}

void CheckFiles(const GateOptions& options, ProblemList& problems) {
  if (options.thresholds.empty() && options.mode != GateMode::kCompare) {
    problems.Add(std::string("--thresholds: expected a file, for example thresholds/slo.json"));
  }
  if (options.results.empty()) problems.Add(std::string(ExpectedResults(options.mode)));
  std::set<std::string> seen;
  if (options.thresholds == "-") seen.insert("-");
  for (const std::string& file : options.results) {
    if (seen.insert(file).second) continue;
    problems.Add(absl::StrCat(file == "-" ? "- (standard input)" : file,
                              ": is given twice; shards are different files"));
  }
  seen.clear();
  for (const std::string& file : options.traces) {
    if (seen.insert(file).second) continue;
    problems.Add(absl::StrCat("--trace=", file, ": is given twice"));
  }
}

}  // namespace

absl::StatusOr<GateOptions> ParseGateOptions(absl::Span<const absl::string_view> arguments,
                                             GateMode mode) {
  GateOptions options = {.mode = mode};
  ProblemList problems;
  CommandLine line = GateFlags(mode).Parse(arguments, options, problems);
  options.help = line.help;
  options.version = line.version;
  if (options.help || options.version) return options;
  options.results = std::move(line.positional);
  CheckFiles(options, problems);
  std::sort(options.results.begin(), options.results.end());
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return options;
}

std::string GateFlagsHelp(GateMode mode) { return GateFlags(mode).Help(); }

std::string ExitCodesHelp() {
  return R"(Exit code: 0 pass, 1 fail (violated, or a row is missing, failed, or from a debug
build), 2 unusable input (every problem is listed), 3 insufficient (the sample proves neither; of
two builds: undecided), 4 invalid (not fit to judge; of two builds also: a control failed, or the
gate did not see a fault planted in the pairs). The most severe wins, in the order 2, 1, 4, 3, 0.
)";
}

}  // namespace slo::tools
