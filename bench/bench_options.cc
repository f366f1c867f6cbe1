#include "bench/bench_options.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "tools/cli/nearest_name.h"

namespace slo::bench {
namespace {

struct IntFlag {
  absl::string_view name;
  int64_t BenchOptions::*member;
  int64_t smallest;
  int64_t largest;
  absl::string_view meaning;
};

constexpr std::array<IntFlag, 5> kIntFlags = {{
    {"slo_load_runs", &BenchOptions::load_runs, 1, 10'000'000, "runs of BM_LoadBurst"},
    {"slo_soak_runs", &BenchOptions::soak_runs, 1, 10'000'000, "runs of BM_SustainedSoak"},
    {"slo_steps_per_run", &BenchOptions::steps_per_run, 1, 1'000,
     "steps of each run in BM_LoadBurst and BM_SustainedSoak"},
    {"slo_soak_pace_ms", &BenchOptions::soak_pace_ms, 0, 60'000,
     "milliseconds between the starts of two soak runs"},
    {"slo_seed", &BenchOptions::seed, 0, 1'000'000'000'000,
     "decides the order of requests where a workflow leaves a choice"},
}};

constexpr absl::string_view kConfidenceFlag = "slo_confidence";
constexpr double kSmallestConfidence = 0.5;
constexpr double kLargestConfidence = 0.999999;

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
  names.push_back(kConfidenceFlag);
  names.insert(names.end(), kBenchmarkFlags.begin(), kBenchmarkFlags.end());
  return names;
}

std::string UnknownArgument(absl::string_view argument) {
  absl::string_view name = argument.substr(0, argument.find('='));
  if (!absl::ConsumePrefix(&name, "--")) {
    return absl::StrCat("\"", argument, "\": expected a flag (--name=value); see --help");
  }
  return absl::StrCat("--", name, ": unknown flag", cli::DidYouMean(name, KnownFlags(), "--"),
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

std::optional<std::string> SetConfidence(absl::string_view value, BenchOptions& options) {
  double level = 0;
  if (absl::SimpleAtod(value, &level) && level >= kSmallestConfidence &&
      level <= kLargestConfidence) {
    options.confidence = level;
    return std::nullopt;
  }
  return absl::StrCat("--", kConfidenceFlag, ": expected a level from ", kSmallestConfidence,
                      " to ", absl::StrCat(kLargestConfidence), ", found \"", value, "\"");
}

std::optional<std::string> Apply(absl::string_view argument, BenchOptions& options) {
  const size_t equals = argument.find('=');
  absl::string_view name = argument.substr(0, equals);
  if (equals == absl::string_view::npos || !absl::ConsumePrefix(&name, "--")) {
    return UnknownArgument(argument);
  }
  const absl::string_view value = argument.substr(equals + 1);
  if (name == kConfidenceFlag) return SetConfidence(value, options);
  for (const IntFlag& flag : kIntFlags) {
    if (name == flag.name) return SetInt(flag, value, options);
  }
  return UnknownArgument(argument);
}

}  // namespace

absl::StatusOr<BenchOptions> ParseBenchOptions(absl::Span<const absl::string_view> arguments) {
  BenchOptions options;
  std::vector<std::string> problems;
  for (const absl::string_view argument : arguments) {
    if (auto problem = Apply(argument, options)) problems.push_back(*std::move(problem));
  }
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
  absl::StrAppend(&help, "  --", kConfidenceFlag,
                  "=LEVEL  one-sided level of each published confidence limit (",
                  kSmallestConfidence, " to ", kLargestConfidence, "; default ",
                  defaults.confidence, ")\n");
  return help;
}

}  // namespace slo::bench
