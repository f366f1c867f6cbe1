#include "bench/cli/bench_options.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "bench/cli/api_flags.h"
#include "bench/cli/fault_flag.h"
#include "tools/lib/flags/flag_table.h"
#include "tools/lib/text/problem_list.h"

namespace slo::bench {
namespace {

constexpr int64_t kMaxParts = 256;
constexpr int64_t kMaxRuns = 10'000'000;

// Google Benchmark's own flags: only to suggest the nearest when one is mistyped.
constexpr std::array<absl::string_view, 17> kBenchmarkFlags = {
    "benchmark_list_tests",
    "benchmark_filter",
    "benchmark_min_time",
    "benchmark_min_warmup_time",
    "benchmark_repetitions",
    "benchmark_enable_random_interleaving",
    "benchmark_report_aggregates_only",
    "benchmark_display_aggregates_only",
    "benchmark_format",
    "benchmark_out",
    "benchmark_out_format",
    "benchmark_color",
    "benchmark_counters_tabular",
    "benchmark_context",
    "benchmark_time_unit",
    "benchmark_perf_counters",
    "v"};

// "2/4", at most 256 of them.
absl::Status SetPart(absl::string_view value, int64_t& part, int64_t& parts) {
  const std::pair<absl::string_view, absl::string_view> texts =
      absl::StrSplit(value, absl::MaxSplits('/', 1));
  int64_t number = 0;
  int64_t count = 0;
  if (absl::SimpleAtoi(texts.first, &number) && absl::SimpleAtoi(texts.second, &count) &&
      number >= 1 && number <= count && count <= kMaxParts) {
    part = number;
    parts = count;
    return absl::OkStatus();
  }
  return tools::ExpectedValue(
      absl::StrCat("I/N with 1 <= I <= N <= ", kMaxParts, ", for example 2/4"), value);
}

absl::Status SetShard(absl::string_view value, BenchOptions& options) {
  return SetPart(value, options.shard, options.shards);
}

absl::Status SetProcess(absl::string_view value, BenchOptions& options) {
  return SetPart(value, options.process, options.bounds.processes);
}

absl::Status SetFaults(absl::string_view value, BenchOptions& options) {
  auto faults = ParseFaults(value);
  if (!faults.ok()) return faults.status();
  options.faults.insert(options.faults.end(), faults->begin(), faults->end());
  absl::StrAppend(&options.faults_text, options.faults_text.empty() ? "" : ",", value);
  return absl::OkStatus();
}

tools::FlagTable<BenchOptions> ScenarioFlags() {
  const tools::FlagRange<int64_t> runs = {1, kMaxRuns};
  const tools::FlagRange<absl::Duration> length = {absl::Seconds(1), absl::Hours(48)};
  tools::FlagTable<BenchOptions> flags;
  flags.Section("Scenario sizes and method");
  flags.Integer({"slo_load_runs", "N", "runs of BM_LoadBurst"}, &BenchOptions::load_runs, runs);
  flags.Integer({"slo_soak_runs", "N", "runs of BM_SustainedSoak"}, &BenchOptions::soak_runs, runs);
  flags.Integer(
      {"slo_steps_per_run", "N", "steps of each run in BM_LoadBurst and BM_SustainedSoak"},
      &BenchOptions::steps_per_run, {1, 1'000});
  flags.Integer({"slo_soak_pace_ms", "N", "milliseconds between the starts of two soak runs"},
                &BenchOptions::soak_pace_ms, {0, 60'000});
  flags.Integer({"slo_open_rate", "N", "runs a second that BM_OpenLoad plans to start"},
                &BenchOptions::open_rate, runs);
  flags.Integer({"slo_open_runs", "N", "runs of each BM_OpenLoad"}, &BenchOptions::open_runs, runs);
  flags.Integer({"slo_open_workers", "N", "threads of BM_OpenLoad"}, &BenchOptions::open_workers,
                {1, 256});
  flags.Integer(
      {"slo_seed", "N",
       "decides the order of requests where a workflow leaves a choice, arrivals, faults"},
      &BenchOptions::seed, {0, 1'000'000'000'000});
  flags.Number({"slo_capacity_success_ratio", "X",
                "share of the planned runs that BM_Capacity wants to succeed"},
               &BenchOptions::capacity_success_ratio, {0.01, 0.9999});
  flags.Duration({"slo_load_duration", "TIME", "length of BM_LoadBurst instead of its runs"},
                 &BenchOptions::load_duration, length, "10s");
  flags.Duration({"soak_duration", "TIME", "length of BM_SustainedSoak instead of its runs"},
                 &BenchOptions::soak_duration, length, "10m");
  flags.Duration({"slo_capacity_p99", "TIME",
                  "adds BM_Capacity: the highest rate at which 99 % of the runs keep this latency"},
                 &BenchOptions::capacity_p99, {absl::Microseconds(1), absl::Minutes(1)}, "5ms");
  flags.Text({"slo_trace", "FILE",
              "histograms and windows of load, open load and soak: FILE as JSON, and beside it, as "
              ".hlog, the histograms as a log of HdrHistogram"},
             &BenchOptions::trace_file);
  flags.Add({.name = "slo_shard",
             .placeholder = "I/N",
             .help = "this is the I-th of N programs whose results slo_gate pools; needs a trace"},
            SetShard);
  flags.Add({.name = "fault", .placeholder = "FAULT[,FAULT...]", .help = FaultHelp()}, SetFaults);
  return flags;
}

tools::FlagTable<tools::BoundOptions> BoundFlags() {
  using tools::BoundOptions;
  tools::FlagTable<BoundOptions> flags;
  flags.Number({"slo_confidence", "X", "one-sided level of each published confidence bound"},
               &BoundOptions::confidence, {0.5, 0.999999});
  flags.Duration({"slo_longest_disturbance", "TIME",
                  "no disturbance of the system is declared to last longer"},
                 &BoundOptions::longest_disturbance, {absl::Microseconds(1), absl::Hours(1)},
                 "2ms");
  flags.Integer({"slo_disturbed_requests", "N",
                 "or to reach more requests one after another: N of them are worth one"},
                &BoundOptions::disturbed_requests, {1, 1'000'000});
  return flags;
}

tools::FlagTable<BenchOptions> MakeBenchFlags() {
  tools::FlagTable<BenchOptions> flags = ScenarioFlags();
  flags.Section("Confidence bounds");
  flags.Join(BoundFlags(), &BenchOptions::bounds);
  flags.Add(
      {.name = "slo_process",
       .placeholder = "I/N",
       .help = "this is the I-th of N processes, one after another, that are judged together: "
               "the bounds of percentiles hold for all of them"},
      SetProcess);
  flags.Section("The API that is measured");
  flags.Join(ApiFlags(), &BenchOptions::api);
  flags.Suggest(kBenchmarkFlags);
  return flags;
}

const tools::FlagTable<BenchOptions>& BenchFlags() {
  static const auto* const kTable = new tools::FlagTable<BenchOptions>(MakeBenchFlags());
  return *kTable;
}

// What counts where no flag says otherwise.
BenchOptions DefaultsFor(absl::Span<const absl::string_view> arguments) {
  BenchOptions options;
  // A database or a network hop is not asked for what memory can do.
  if (tools::HasFlag(arguments, "store") || tools::HasFlag(arguments, "transport")) {
    options.open_rate = 500;
    options.open_runs = 2'000;
  }
  if (!tools::HasFlag(arguments, "target")) return options;
  options = TargetDefaults();
  if (tools::HasFlag(arguments, "slo_load_runs")) options.load_duration = absl::ZeroDuration();
  if (tools::HasFlag(arguments, "slo_soak_runs")) options.soak_duration = absl::ZeroDuration();
  return options;
}

}  // namespace

BenchOptions TargetDefaults() {
  BenchOptions options;
  options.load_duration = absl::Seconds(30);
  options.soak_duration = absl::Seconds(40);
  options.soak_pace_ms = 50;
  options.open_rate = 10;
  options.open_runs = 300;
  return options;
}

absl::StatusOr<BenchOptions> ParseBenchOptions(absl::Span<const absl::string_view> arguments) {
  BenchOptions options = DefaultsFor(arguments);
  tools::ProblemList problems;
  const tools::CommandLine line = BenchFlags().Parse(arguments, options, problems);
  options.version = line.version;
  if (options.version) return options;
  line.RefusePositional(problems);
  if (options.is_sharded() && options.trace_file.empty()) {
    problems.Add(std::string(
        "--slo_shard: expected --slo_trace=FILE beside it: shards are pooled by their traces"));
  }
  if (auto problem = Contradiction(options.api)) problems.Add(*std::move(problem));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return options;
}

std::string ForGoogleBenchmark(absl::string_view argument) {
  if (argument == "-h") return "--help";
  const absl::string_view name = argument.substr(0, argument.find('='));
  const std::string spelled =
      absl::StrReplaceAll(name.substr(std::min<size_t>(2, name.size())), {{"-", "_"}});
  if (!absl::StartsWith(name, "--") || !absl::StartsWith(spelled, "benchmark_")) {
    return std::string(argument);
  }
  return absl::StrCat("--", spelled, argument.substr(name.size()));
}

std::string BenchOptionsHelp() { return BenchFlags().Help(); }

}  // namespace slo::bench
