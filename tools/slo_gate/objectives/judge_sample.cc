#include "tools/slo_gate/objectives/judge_sample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/lib/stats/batch_means.h"
#include "tools/lib/stats/median.h"
#include "tools/lib/stats/order_statistics.h"

namespace slo::tools {
namespace {

double MeanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// A value a process where there are several, else the rows'.
std::vector<double> SampleOf(const BenchmarkRows& benchmark, const Statistic& statistic,
                             const std::string& metric) {
  std::map<ProcessKey, std::vector<double>> by_process;
  for (const PlacedRow& placed : benchmark.rows) {
    by_process[ProcessOf(placed)].push_back(*placed.row->Find(metric));
  }
  if (by_process.size() == 1) return by_process.begin()->second;
  std::vector<double> sample;
  for (const auto& [process, values] : by_process) {
    sample.push_back(statistic.kind == Statistic::Kind::kMean ? MeanOf(values)
                                                              : stats::Median(values));
  }
  return sample;
}

// The nearest-rank definition of a percentile.
double ValueOf(const std::vector<double>& sorted, const Statistic& statistic) {
  if (statistic.kind == Statistic::Kind::kMean) return MeanOf(sorted);
  if (statistic.kind == Statistic::Kind::kMedian) return stats::MedianOfSorted(sorted);
  const auto rank = std::ceil(statistic.quantile * static_cast<double>(sorted.size()));
  return sorted[static_cast<size_t>(std::max(rank, 1.0)) - 1];
}

struct SampleBounds {
  std::optional<double> lower;
  std::optional<double> upper;
};

SampleBounds BoundsOf(const std::vector<double>& sorted, const Statistic& statistic,
                      double confidence) {
  if (statistic.kind == Statistic::Kind::kMean) {
    const auto interval = stats::BatchMeansInterval(sorted, confidence);
    if (!interval.has_value()) return {};
    return {interval->lower, interval->upper};
  }
  const auto size = static_cast<int64_t>(sorted.size());
  const auto at = [&](std::optional<int64_t> rank) {
    return rank.has_value() ? std::optional<double>(sorted[static_cast<size_t>(*rank) - 1])
                            : std::nullopt;
  };
  return {at(stats::QuantileLowerRank(size, statistic.quantile, confidence)),
          at(stats::QuantileUpperRank(size, statistic.quantile, confidence))};
}

// How many values have a bound on the side that can show a pass.
int64_t RowsNeeded(const Statistic& statistic, double confidence, const Check& check) {
  const auto least = static_cast<int64_t>(kMinSampleRows);
  if (statistic.kind == Statistic::Kind::kMean) return least;
  const bool is_max = check.kind == LimitKind::kMax;
  return std::max(least, stats::SmallestPassingSampleSize(
                             is_max ? statistic.quantile : 1 - statistic.quantile, confidence, 0));
}

}  // namespace

size_t SampleSize(const BenchmarkRows& benchmark) {
  std::set<ProcessKey> processes;
  for (const PlacedRow& placed : benchmark.rows) processes.insert(ProcessOf(placed));
  return processes.size() > 1 ? processes.size() : benchmark.rows.size();
}

Decision JudgeSample(const BenchmarkRows& benchmark, const Statistic& statistic,
                     const RowContext& context, Check& check) {
  for (const PlacedRow& placed : benchmark.rows) {
    const std::optional<Decision> unfit = WhyUnfit(*placed.row, context, check);
    if (unfit.has_value()) return *unfit;
  }
  std::vector<double> sample = SampleOf(benchmark, statistic, check.metric);
  std::sort(sample.begin(), sample.end());
  check.actual = ValueOf(sample, statistic);
  check.samples = static_cast<int64_t>(sample.size());
  const int64_t needed = RowsNeeded(statistic, context.required, check);
  if (*check.samples < needed) {
    if (context.point) return DecideByPoint(true, check);
    DetailOf(check).needed = Needed{Needed::Kind::kRows, needed};
    return {CheckStatus::kInsufficient, Reason::kTooFewRows};
  }
  check.confidence = context.required;
  const SampleBounds bounds = BoundsOf(sample, statistic, context.required);
  return DecideByBounds(BoundsFor(check, bounds.lower, bounds.upper), check);
}

Decision JudgeAggregate(const AggregateRow& aggregate, const Statistic& statistic,
                        const RowContext& context, Check& check) {
  if (statistic.is_each() || aggregate.aggregate_name != statistic.text) {
    return {CheckStatus::kInsufficient, Reason::kOnlyAggregates};
  }
  const ReportRow row = {.name = aggregate.name, .metrics = aggregate.metrics};
  const std::optional<Decision> unfit = WhyUnfit(row, context, check);
  return unfit.has_value() ? *unfit : DecideByPoint(context.point, check);
}

}  // namespace slo::tools
