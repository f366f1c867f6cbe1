#include "tools/slo_gate/objectives/required_level.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "tools/lib/results/counter_names.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/judge_processes.h"
#include "tools/slo_gate/objectives/judge_sample.h"

namespace slo::tools {
namespace {

bool HasBound(const PlacedRow& placed, const std::string& metric) {
  return placed.report->origin() == Origin::kOurs &&
         (placed.row->Find(BoundCounter(metric, BoundSide::kUpper)).has_value() ||
          placed.row->Find(BoundCounter(metric, BoundSide::kLower)).has_value());
}

// Whether the sample is large enough, or was before something was lost.
bool IsSample(const BenchmarkRows& benchmark) {
  const auto announces_enough = [](const PlacedRow& placed) {
    return placed.row->repetitions.value_or(1) >= static_cast<int64_t>(kMinSampleRows);
  };
  return SampleSize(benchmark) >= kMinSampleRows || LacksProcess(benchmark.rows) ||
         std::any_of(benchmark.rows.begin(), benchmark.rows.end(), announces_enough);
}

bool CarriesConfidence(const Match& match) {
  const auto& [objective, benchmark] = match;
  if (!objective->statistic.is_each()) return IsSample(*benchmark);
  if (AreProcesses(*benchmark)) return true;
  const std::string& metric = objective->metric;
  return std::any_of(benchmark->rows.begin(), benchmark->rows.end(), [&](const PlacedRow& placed) {
    return tools::CarriesConfidence(metric, placed.report->origin()) || HasBound(placed, metric);
  });
}

}  // namespace

std::vector<LimitKind> KindsOf(const Objective& objective) {
  std::vector<LimitKind> kinds;
  if (objective.max.has_value()) kinds.push_back(LimitKind::kMax);
  if (objective.min.has_value()) kinds.push_back(LimitKind::kMin);
  return kinds;
}

double RequiredLevel(const std::vector<Match>& matches, const std::vector<Missing>& missing,
                     const std::vector<Report>& reports, double family_confidence) {
  size_t checks = 0;
  for (const Match& match : matches) {
    if (CarriesConfidence(match)) checks += KindsOf(*match.objective).size();
  }
  const bool has_ours = std::any_of(reports.begin(), reports.end(), [](const Report& report) {
    return report.origin() == Origin::kOurs;
  });
  for (const auto& [objective, found] : missing) {
    if (!has_ours || !tools::CarriesConfidence(objective->metric, Origin::kOurs)) continue;
    const auto expected = static_cast<size_t>(std::max<int64_t>(objective->rows, 1));
    checks += KindsOf(*objective).size() * (expected - found);
  }
  return 1 - (1 - family_confidence) / static_cast<double>(std::max<size_t>(checks, 1));
}

}  // namespace slo::tools
