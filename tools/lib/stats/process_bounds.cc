#include "tools/lib/stats/process_bounds.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "tools/lib/stats/order_statistics.h"

namespace slo::stats {
namespace {

constexpr double kRankLevel = 0.95;

std::optional<MeanInterval> MeanBounds(absl::Span<const double> values, double confidence) {
  const bool takes_logs =
      std::all_of(values.begin(), values.end(), [](double value) { return value > 0; });
  if (!takes_logs) return BatchMeansInterval(values, confidence);
  std::vector<double> logs;
  for (const double value : values) logs.push_back(std::log(value));
  std::optional<MeanInterval> bounds = BatchMeansInterval(logs, confidence);
  if (!bounds.has_value()) return bounds;
  return MeanInterval{.mean = std::exp(bounds->mean),
                      .lower = std::exp(bounds->lower),
                      .upper = std::exp(bounds->upper)};
}

}  // namespace

std::optional<MeanInterval> ProcessBounds(absl::Span<const double> values, double confidence) {
  std::optional<MeanInterval> bounds = MeanBounds(values, confidence);
  if (!bounds.has_value()) return bounds;
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<int64_t>(sorted.size());
  const auto at = [&](int64_t rank) { return sorted[static_cast<size_t>(rank) - 1]; };
  const auto upper = QuantileUpperRank(count, 1 - kSlowProcesses, kRankLevel);
  const auto lower = QuantileLowerRank(count, kSlowProcesses, kRankLevel);
  bounds->upper = std::max(bounds->upper, at(upper.value_or(count)));
  bounds->lower = std::min(bounds->lower, at(lower.value_or(1)));
  return bounds;
}

}  // namespace slo::stats
