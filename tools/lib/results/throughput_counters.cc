#include "tools/lib/results/throughput_counters.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/dependent_mean.h"
#include "tools/lib/stats/equal_windows.h"

namespace slo::tools {
namespace {

// With fewer the error rates at the limit are above what the level says, when there is dependence.
constexpr size_t kMinWindows = 12;
// A disturbance that reaches into two windows makes neighbours alike; longer windows do so less.
constexpr double kDisturbancesPerWindow = 2;

// Windows that are long enough, in the unit of the given ones.
std::vector<double> MergedWindows(absl::Span<const double> rates, size_t windows) {
  std::vector<stats::Stretch> stretches;
  for (const double rate : rates) stretches.push_back({.length = 1, .count = rate});
  std::vector<double> merged = stats::EqualWindows(stretches, windows);
  const double given_per_merged = static_cast<double>(rates.size()) / static_cast<double>(windows);
  for (double& rate : merged) rate /= given_per_merged;
  return merged;
}

}  // namespace

double UnseenSeconds(double confidence, double longest_seconds) {
  return -std::log(1 - confidence) * longest_seconds;
}

void AddThroughputLimits(absl::Span<const double> window_runs_per_second,
                         absl::Duration window_length, const BoundOptions& bounds,
                         Counters& counters) {
  const double disturbance = absl::ToDoubleSeconds(bounds.longest_disturbance);
  const double seconds =
      absl::ToDoubleSeconds(window_length) * static_cast<double>(window_runs_per_second.size());
  const double windows = std::min(static_cast<double>(window_runs_per_second.size()),
                                  std::floor(seconds / (kDisturbancesPerWindow * disturbance)));
  if (!(windows >= static_cast<double>(kMinWindows))) return;
  const auto rate = stats::DependentMean(
      MergedWindows(window_runs_per_second, static_cast<size_t>(windows)), bounds.confidence);
  if (!rate.has_value() || rate->mean <= 0) return;
  const double reach = std::exp((rate->upper - rate->mean) / rate->mean);  // as a factor
  const double unseen_seconds = UnseenSeconds(bounds.confidence, disturbance);
  counters[BoundCounter(kRunsPerSecond, BoundSide::kLower)] =
      rate->mean / reach * seconds / (seconds + unseen_seconds);
  counters[BoundCounter(kRunsPerSecond, BoundSide::kUpper)] = rate->mean * reach;
}

}  // namespace slo::tools
