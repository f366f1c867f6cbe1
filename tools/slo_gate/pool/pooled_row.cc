#include "tools/slo_gate/pool/pooled_row.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/latency_counters.h"
#include "tools/lib/results/throughput_counters.h"
#include "tools/lib/stats/equal_windows.h"

namespace slo::tools {
namespace {

enum class Rule { kSum, kLargest, kComputed, kLeftOut };

// Counts of a process, and of windows that the shards have in common.
constexpr std::array<absl::string_view, 5> kLargestCounts = {
    "thread_growth_count", "descriptor_growth_count", kWindowsCount, kProcessesCount,
    "unsteady_count"};
constexpr std::array<absl::string_view, 6> kComputed = {
    kSuccessRatio,       kSuccessOverDispersion, kSuccessBatchesCount,
    kRunTimeTrendPValue, kResponseDigest,        kResponseDigestRunsCount};
// How a shard was run; of all shards together neither means anything.
constexpr std::array<absl::string_view, 2> kOfOneProcess = {"iterations", "threads"};

Rule RuleOf(absl::string_view metric, const std::vector<TraceHistogram>& histograms) {
  const auto is_one_of = [&](const auto& names) {
    return std::find(names.begin(), names.end(), metric) != names.end();
  };
  const bool is_latency = std::any_of(
      histograms.begin(), histograms.end(),
      [&](const TraceHistogram& histogram) { return IsOfLatencies(metric, histogram.prefix); });
  const bool is_throughput_bound = metric == BoundCounter(kRunsPerSecond, BoundSide::kLower) ||
                                   metric == BoundCounter(kRunsPerSecond, BoundSide::kUpper);
  if (is_latency || is_throughput_bound || is_one_of(kComputed)) return Rule::kComputed;
  if (is_one_of(kOfOneProcess)) return Rule::kLeftOut;
  if (is_one_of(kLargestCounts)) return Rule::kLargest;
  const bool is_rate = metric == kRunsPerSecond || metric == kRequestsPerSecond;
  return is_rate || absl::EndsWith(metric, "_count") ? Rule::kSum : Rule::kLargest;
}

void AddSuccessRatio(Counters& counters) {
  const auto value = [&](const char* name) {
    const auto found = counters.find(name);
    return found != counters.end() ? std::optional<double>(found->second) : std::nullopt;
  };
  const std::optional<double> trials = value(kSuccessTrialsCount);
  if (!trials.has_value() || *trials <= 0) return;
  // Of an open loop, what was planned and did not complete has not succeeded.
  const double succeeded =
      value(kCompletedCount).value_or(*trials - value(kFailedCount).value_or(0));
  counters[kSuccessRatio] = succeeded / *trials;
}

// What a shard counted in each of its windows, and for how long it was busy in it. Nothing when
// that is not known of a window: when no run succeeded in it, or the trace does not say how many.
std::optional<std::vector<stats::Stretch>> BusyStretches(const TraceScenario& scenario) {
  std::vector<stats::Stretch> stretches;
  for (const TraceWindow& window : scenario.windows) {
    const double rate = window.runs_per_second.value_or(0);
    const auto succeeded = static_cast<double>(window.succeeded.value_or(0));
    if (!(rate > 0) || !(succeeded > 0)) return std::nullopt;
    stretches.push_back({.length = succeeded / rate, .count = succeeded});
  }
  return stretches;
}

// The shards' windows have equally many runs, and so each its own length. They are cut anew into
// windows of equal time, as a run of one program is; in such a window the shards' rates add up.
void AddThroughput(const std::vector<ShardRow>& rows, const BoundOptions& bounds,
                   Counters& counters) {
  size_t windows = rows[0].scenario->windows.size();
  for (const ShardRow& row : rows) windows = std::min(windows, row.scenario->windows.size());
  if (windows == 0) return;
  std::vector<double> rates(windows);
  absl::Duration shortest = absl::InfiniteDuration();
  for (const ShardRow& row : rows) {
    const auto stretches = BusyStretches(*row.scenario);
    if (!stretches.has_value()) return;
    double seconds = 0;
    for (const stats::Stretch& stretch : *stretches) seconds += stretch.length;
    const double window_seconds = seconds / static_cast<double>(windows);
    const std::vector<double> counts = stats::EqualWindows(*stretches, windows);
    for (size_t i = 0; i < windows; ++i) rates[i] += counts[i] / window_seconds;
    shortest = std::min(shortest, absl::Seconds(window_seconds));
  }
  AddThroughputLimits(rates, shortest, bounds, counters);
}

// Those from a planned start allow for all that are planned during a disturbance.
BoundOptions BoundsOf(const TraceHistogram& histogram, const BoundOptions& bounds,
                      const Counters& counters) {
  BoundOptions own = bounds;
  const auto planned = counters.find(kDisturbedRunsCount);
  if (histogram.prefix.empty() && planned != counters.end()) {
    own.disturbed_requests =
        std::max(own.disturbed_requests, static_cast<int64_t>(planned->second));
  }
  return own;
}

void AddLatencies(const TraceHistogram& histogram, const BoundOptions& bounds, Counters& counters) {
  constexpr double kNsPerUs = 1e3;
  // Without slots of every shard nothing is known about dependence.
  const stats::LatencySlots slots = histogram.slots.value_or(stats::LatencySlots());
  AddLatencyCounters(
      {.count = histogram.count,
       .at_rank_us =
           [&](int64_t rank) { return static_cast<double>(histogram.AtRank(rank)) / kNsPerUs; },
       .lowest_at_rank_us =
           [&](int64_t rank) {
             return static_cast<double>(histogram.LowestAtRank(rank)) / kNsPerUs;
           },
       .max_us = static_cast<double>(histogram.max_ns) / kNsPerUs,
       .slots = slots},
      histogram.prefix, bounds, counters);
}

TraceScenario MergedScenario(const std::vector<ShardRow>& rows) {
  std::vector<TraceFile> files;
  for (const ShardRow& row : rows) files.push_back({.scenarios = {*row.scenario}});
  return MergedScenarios(files)[0];
}

}  // namespace

ReportRow PoolRow(const std::vector<ShardRow>& rows, const BoundOptions& bounds) {
  ReportRow pooled = {.name = rows[0].row->name, .time_unit = "ns"};
  for (const ShardRow& row : rows) {
    if (row.row->error.has_value()) {
      if (!pooled.error.has_value()) pooled.error = "";
      absl::StrAppend(&*pooled.error, pooled.error->empty() ? "" : "; ", "shard ", row.shard, ": ",
                      *row.row->error);
    }
    if (pooled.label.empty()) pooled.label = row.row->label;
  }
  if (pooled.error.has_value()) return pooled;

  const TraceScenario scenario = MergedScenario(rows);
  Counters counters;
  for (const ShardRow& row : rows) {
    for (const auto& [metric, value] : row.row->metrics) {
      const Rule rule = RuleOf(metric, scenario.histograms);
      if (rule == Rule::kComputed || rule == Rule::kLeftOut) continue;
      const auto [known, is_new] = counters.emplace(metric, value);
      if (is_new) continue;
      known->second = rule == Rule::kSum ? known->second + value : std::max(known->second, value);
    }
  }
  AddSuccessRatio(counters);
  for (const TraceHistogram& histogram : scenario.histograms) {
    AddLatencies(histogram, BoundsOf(histogram, bounds, counters), counters);
  }
  if (scenario.trials.has_value()) AddSuccessDispersion(*scenario.trials, bounds, counters);
  AddThroughput(rows, bounds, counters);
  pooled.metrics = std::vector<RowMetrics::Named>(counters.begin(), counters.end());
  return pooled;
}

}  // namespace slo::tools
