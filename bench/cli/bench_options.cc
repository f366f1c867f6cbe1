#include "bench/cli/bench_options.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "bench/cli/api_flags.h"
#include "bench/cli/fault_flag.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::bench {
namespace {

struct IntFlag {
  absl::string_view name;
  int64_t BenchOptions::*member;
  int64_t smallest;
  int64_t largest;
  absl::string_view meaning;
};

constexpr std::array<IntFlag, 8> kIntFlags = {{
    {"slo_load_runs", &BenchOptions::load_runs, 1, 10'000'000, "runs of BM_LoadBurst"},
    {"slo_soak_runs", &BenchOptions::soak_runs, 1, 10'000'000, "runs of BM_SustainedSoak"},
    {"slo_steps_per_run", &BenchOptions::steps_per_run, 1, 1'000,
     "steps of each run in BM_LoadBurst and BM_SustainedSoak"},
    {"slo_soak_pace_ms", &BenchOptions::soak_pace_ms, 0, 60'000,
     "milliseconds between the starts of two soak runs"},
    {"slo_open_rate", &BenchOptions::open_rate, 1, 10'000'000,
     "runs a second that BM_OpenLoad plans to start"},
    {"slo_open_runs", &BenchOptions::open_runs, 1, 10'000'000, "runs of each BM_OpenLoad"},
    {"slo_open_workers", &BenchOptions::open_workers, 1, 256, "threads of BM_OpenLoad"},
    {"slo_seed", &BenchOptions::seed, 0, 1'000'000'000'000,
     "decides the order of requests where a workflow leaves a choice, arrivals, faults"},
}};

constexpr absl::string_view kTraceFlag = "slo_trace";
constexpr absl::string_view kShardFlag = "slo_shard";
constexpr int64_t kMostShards = 256;

struct RatioFlag {
  absl::string_view name;
  double BenchOptions::*member;
  double smallest;
  double largest;
  absl::string_view meaning;
};

constexpr std::array<RatioFlag, 2> kRatioFlags = {{
    {"slo_confidence", &BenchOptions::confidence, 0.5, 0.999999,
     "one-sided level of each published confidence limit"},
    {"slo_capacity_success_ratio", &BenchOptions::capacity_success_ratio, 0.01, 0.9999,
     "share of the planned runs that BM_Capacity wants to succeed"},
}};

struct TimeFlag {
  absl::string_view name;
  absl::Duration BenchOptions::*member;
  absl::Duration smallest;
  absl::Duration largest;
  absl::string_view example;
  absl::string_view meaning;
};

// A function: durations of Abseil are no constant expressions here.
const std::array<TimeFlag, 3>& TimeFlags() {
  static const std::array<TimeFlag, 3> kFlags = {{
      {"slo_load_duration", &BenchOptions::load_duration, absl::Seconds(1), absl::Hours(48), "10s",
       "length of BM_LoadBurst instead of its runs"},
      {"soak_duration", &BenchOptions::soak_duration, absl::Seconds(1), absl::Hours(48), "10m",
       "length of BM_SustainedSoak instead of its runs"},
      {"slo_capacity_p99", &BenchOptions::capacity_p99, absl::Microseconds(1), absl::Minutes(1),
       "5ms", "adds BM_Capacity: the highest rate at which 99 % of the runs keep this latency"},
  }};
  return kFlags;
}

// Google Benchmark's own flags: only to suggest the nearest when one is mistyped.
constexpr std::array<absl::string_view, 18> kBenchmarkFlags = {
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
    "v",
    "help"};

std::vector<absl::string_view> KnownFlags() {
  std::vector<absl::string_view> names;
  for (const IntFlag& flag : kIntFlags) names.push_back(flag.name);
  for (const RatioFlag& flag : kRatioFlags) names.push_back(flag.name);
  for (const TimeFlag& flag : TimeFlags()) names.push_back(flag.name);
  for (const absl::string_view name : ApiFlagNames()) names.push_back(name);
  names.push_back(kFaultFlag);
  names.push_back(kTraceFlag);
  names.push_back(kShardFlag);
  names.insert(names.end(), kBenchmarkFlags.begin(), kBenchmarkFlags.end());
  return names;
}

std::string UnknownArgument(absl::string_view argument) {
  absl::string_view name = argument.substr(0, argument.find('='));
  if (!absl::ConsumePrefix(&name, "--")) {
    return absl::StrCat("\"", argument, "\": expected a flag (--name=value); see --help");
  }
  return absl::StrCat("--", name, ": unknown flag", tools::DidYouMean(name, KnownFlags(), "--"),
                      " see --help");
}

// Nothing when `value` is in range; else what is wrong with it.
std::optional<std::string> SetInt(const IntFlag& flag, absl::string_view value,
                                  BenchOptions& options) {
  int64_t number = 0;
  if (absl::SimpleAtoi(value, &number) && number >= flag.smallest && number <= flag.largest) {
    options.*flag.member = number;
    return std::nullopt;
  }
  return absl::StrCat("--", flag.name, ": expected an integer from ", flag.smallest, " to ",
                      flag.largest, ", found \"", value, "\"");
}

std::optional<std::string> SetRatio(const RatioFlag& flag, absl::string_view value,
                                    BenchOptions& options) {
  double ratio = 0;
  if (absl::SimpleAtod(value, &ratio) && ratio >= flag.smallest && ratio <= flag.largest) {
    options.*flag.member = ratio;
    return std::nullopt;
  }
  return absl::StrCat("--", flag.name, ": expected a number from ", flag.smallest, " to ",
                      flag.largest, ", found \"", value, "\"");
}

std::optional<std::string> SetTime(const TimeFlag& flag, absl::string_view value,
                                   BenchOptions& options) {
  absl::Duration time;
  if (absl::ParseDuration(value, &time) && time >= flag.smallest && time <= flag.largest) {
    options.*flag.member = time;
    return std::nullopt;
  }
  return absl::StrCat(
      "--", flag.name, ": expected a time from ", absl::FormatDuration(flag.smallest), " to ",
      absl::FormatDuration(flag.largest), " such as ", flag.example, ", found \"", value, "\"");
}

std::optional<std::string> SetShard(absl::string_view value, BenchOptions& options) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(value, absl::MaxSplits('/', 1));
  int64_t shard = 0;
  int64_t shards = 0;
  if (absl::SimpleAtoi(parts.first, &shard) && absl::SimpleAtoi(parts.second, &shards) &&
      shard >= 1 && shard <= shards && shards <= kMostShards) {
    options.shard = shard;
    options.shards = shards;
    return std::nullopt;
  }
  return absl::StrCat("--", kShardFlag, ": expected I/N with 1 <= I <= N <= ", kMostShards,
                      " such as 2/4, found \"", value, "\"");
}

std::optional<std::string> SetFaults(absl::string_view value, BenchOptions& options) {
  auto faults = ParseFaults(value);
  if (!faults.ok()) return std::string(faults.status().message());
  options.faults.insert(options.faults.end(), faults->begin(), faults->end());
  absl::StrAppend(&options.faults_text, options.faults_text.empty() ? "" : ",", value);
  return std::nullopt;
}

std::optional<std::string> Apply(absl::string_view argument, BenchOptions& options) {
  const size_t equals = argument.find('=');
  absl::string_view name = argument.substr(0, equals);
  if (equals == absl::string_view::npos || !absl::ConsumePrefix(&name, "--")) {
    return UnknownArgument(argument);
  }
  const absl::string_view value = argument.substr(equals + 1);
  if (name == kFaultFlag) return SetFaults(value, options);
  if (ApiFlag flag = ApplyApiFlag(name, value, options.api); flag.is_known) return flag.problem;
  if (name == kShardFlag) return SetShard(value, options);
  if (name == kTraceFlag) {
    options.trace_file = std::string(value);
    if (!value.empty()) return std::nullopt;
    return absl::StrCat("--", kTraceFlag, ": expected the name of a JSON file, found nothing");
  }
  for (const IntFlag& flag : kIntFlags) {
    if (name == flag.name) return SetInt(flag, value, options);
  }
  for (const RatioFlag& flag : kRatioFlags) {
    if (name == flag.name) return SetRatio(flag, value, options);
  }
  for (const TimeFlag& flag : TimeFlags()) {
    if (name == flag.name) return SetTime(flag, value, options);
  }
  return UnknownArgument(argument);
}

bool Has(absl::Span<const absl::string_view> arguments, absl::string_view flag) {
  return std::any_of(arguments.begin(), arguments.end(), [&](absl::string_view argument) {
    return absl::ConsumePrefix(&argument, "--") && absl::ConsumePrefix(&argument, flag) &&
           absl::StartsWith(argument, "=");
  });
}

// What counts where no flag says otherwise.
BenchOptions DefaultsFor(absl::Span<const absl::string_view> arguments) {
  BenchOptions options;
  // A database or a network hop is not asked for what memory can do.
  if (Has(arguments, "store") || Has(arguments, "transport")) {
    options.open_rate = 500;
    options.open_runs = 2'000;
  }
  if (!Has(arguments, "target")) return options;
  options = TargetDefaults();
  if (Has(arguments, "slo_load_runs")) options.load_duration = absl::ZeroDuration();
  if (Has(arguments, "slo_soak_runs")) options.soak_duration = absl::ZeroDuration();
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
  std::vector<std::string> problems;
  for (const absl::string_view argument : arguments) {
    if (auto problem = Apply(argument, options)) problems.push_back(*std::move(problem));
  }
  if (options.is_sharded() && options.trace_file.empty()) {
    problems.push_back(absl::StrCat("--", kShardFlag, ": expected --", kTraceFlag,
                                    "=FILE beside it: shards are pooled by their traces"));
  }
  if (auto problem = Contradiction(options.api)) problems.push_back(*std::move(problem));
  if (!problems.empty()) return absl::InvalidArgumentError(absl::StrJoin(problems, "\n"));
  return options;
}

std::string BenchOptionsHelp() {
  const BenchOptions defaults;
  std::string help;
  for (const IntFlag& flag : kIntFlags) {
    absl::StrAppend(&help, "  --", flag.name, "=N  ", flag.meaning, " (", flag.smallest, " to ",
                    flag.largest, "; default ", defaults.*flag.member, ")\n");
  }
  for (const RatioFlag& flag : kRatioFlags) {
    absl::StrAppend(&help, "  --", flag.name, "=X  ", flag.meaning, " (", flag.smallest, " to ",
                    flag.largest, "; default ", defaults.*flag.member, ")\n");
  }
  for (const TimeFlag& flag : TimeFlags()) {
    absl::StrAppend(&help, "  --", flag.name, "=TIME  ", flag.meaning, " (",
                    absl::FormatDuration(flag.smallest), " to ", absl::FormatDuration(flag.largest),
                    ", such as ", flag.example, ")\n");
  }
  absl::StrAppend(
      &help, "  --", kTraceFlag,
      "=FILE  histograms and windows of load, open load and soak: FILE as JSON, and "
      "beside it, as\n      .hlog, the histograms as a log of HdrHistogram\n  --",
      kShardFlag,
      "=I/N  this is the I-th of N programs whose results slo_gate pools; needs a trace\n",
      FaultHelp(), "\nThe API that is measured:\n", ApiFlagsHelp());
  return help;
}

}  // namespace slo::bench
