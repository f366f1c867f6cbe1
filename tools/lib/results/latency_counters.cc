#include "tools/lib/results/latency_counters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/dependence.h"
#include "tools/lib/stats/quantile_limits.h"

namespace slo::tools {
namespace {

struct Percentile {
  absl::string_view name;
  double quantile;
  bool has_limits;
};

constexpr std::array<Percentile, 3> kPercentiles = {{
    {"p50", 0.50, false},
    {"p95", 0.95, true},
    {"p99", 0.99, true},
}};

// The nearest-rank definition: the smallest value with at least quantile * n values up to it.
int64_t NearestRank(int64_t count, double quantile) {
  return std::max<int64_t>(1, std::llround(std::ceil(quantile * static_cast<double>(count))));
}

}  // namespace

void AddLatencyCounters(const LatencySample& sample, absl::string_view prefix,
                        const BoundOptions& bounds, Counters& counters) {
  counters[SamplesCounter(prefix)] = static_cast<double>(sample.count);
  if (sample.count == 0) return;
  const stats::OverDispersion dispersion(sample.slots.slots());
  for (const Percentile& percentile : kPercentiles) {
    const std::string name = LatencyCounter(prefix, percentile.name);
    counters[name] = sample.at_rank_us(NearestRank(sample.count, percentile.quantile));
    if (!percentile.has_limits) continue;
    const stats::QuantileLimits limits =
        stats::DependentQuantileLimits(sample.count, dispersion, percentile.quantile,
                                       {.confidence = bounds.confidence,
                                        .disturbed = bounds.disturbed_requests,
                                        .processes = bounds.processes});
    const auto add_bound = [&](BoundSide side, const std::optional<stats::RankLimit>& limit) {
      if (!limit.has_value()) return;
      counters[BoundCounter(name, side)] = side == BoundSide::kLower
                                               ? sample.lowest_at_rank_us(limit->rank)
                                               : sample.at_rank_us(limit->rank);
      counters[EffectiveSamplesCounter(name, side)] = static_cast<double>(limit->effective_samples);
    };
    add_bound(BoundSide::kLower, limits.lower);
    add_bound(BoundSide::kUpper, limits.upper);
  }
  counters[LatencyCounter(prefix, "max")] = sample.max_us;
}

int64_t DisturbedArrivals(const BoundOptions& bounds, double arrivals_per_second) {
  const double planned_meanwhile =
      std::ceil(absl::ToDoubleSeconds(bounds.longest_disturbance) * arrivals_per_second);
  return std::max(bounds.disturbed_requests, static_cast<int64_t>(planned_meanwhile));
}

void AddSuccessDispersion(const stats::TrialSlots& trials, const BoundOptions& bounds,
                          Counters& counters) {
  const auto dispersion = stats::DispersionOfFailures(trials, bounds.confidence);
  if (!dispersion.has_value()) return;
  counters[kSuccessOverDispersion] = dispersion->factor;
  counters[kSuccessBatchesCount] = static_cast<double>(dispersion->batches);
}

}  // namespace slo::tools
