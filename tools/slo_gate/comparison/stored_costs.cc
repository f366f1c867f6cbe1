#include "tools/slo_gate/comparison/stored_costs.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "tools/lib/stats/holm.h"
#include "tools/lib/stats/median.h"
#include "tools/lib/stats/welch.h"
#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {
namespace {

constexpr const char* kProcess = "process";

// What one side recorded of a benchmark: the values of each process.
struct SideValues {
  bool is_there = false;
  std::string error;
  std::map<std::pair<std::string, double>, std::vector<double>> by_process;
};

SideValues ValuesOf(const std::vector<Report>& reports, const std::string& benchmark,
                    const std::string& metric) {
  SideValues values;
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) {
      if (row.name != benchmark) continue;
      values.is_there = true;
      if (row.error.has_value()) values.error = *row.error;
      const double process = row.Find(kProcess).value_or(0);
      values.by_process[{report.file, std::isfinite(process) ? process : 0}].push_back(
          row.Find(metric).value_or(NAN));
    }
  }
  return values;
}

// An observation a process: the median of its repetitions.
std::vector<double> Observations(const SideValues& side) {
  std::vector<double> observations;
  for (const auto& [process, values] : side.by_process) {
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    observations.push_back(stats::MedianOfSorted(sorted));
  }
  return observations;
}

bool AllAreTimes(const SideValues& side) {
  for (const auto& [process, values] : side.by_process) {
    for (const double value : values) {
      if (!std::isfinite(value) || !(value > 0)) return false;
    }
  }
  return true;
}

std::optional<Defect> DefectOf(const SideValues& base, const SideValues& candidate,
                               const Tolerance* tolerance) {
  if (!base.is_there || !candidate.is_there) {
    return Defect{.reason = Reason::kMissing,
                  .absent = Absent::kBenchmark,
                  .side = base.is_there ? BuildSide::kCandidate : BuildSide::kBase};
  }
  if (!base.error.empty() || !candidate.error.empty()) {
    return Defect{.reason = Reason::kError,
                  .message = base.error.empty() ? candidate.error : base.error};
  }
  if (tolerance == nullptr) return Defect{.reason = Reason::kNoTolerance};
  if (!AllAreTimes(base) || !AllAreTimes(candidate)) {
    return Defect{.reason = Reason::kNoTime, .metric = tolerance->metric};
  }
  return std::nullopt;
}

std::vector<double> Logarithms(std::vector<double> values) {
  for (double& value : values) value = std::log(value);
  return values;
}

// Welch's interval and tests in the form in which changes are decided.
PairedChange EvaluateSides(const std::vector<double>& base, const std::vector<double>& candidate,
                           double error) {
  PairedChange change = {.pairs = static_cast<int64_t>(std::min(base.size(), candidate.size()))};
  const auto interval = stats::WelchDifference(Logarithms(base), Logarithms(candidate), 1 - error);
  if (!interval.has_value()) return change;
  change.change = std::expm1(interval->difference);
  change.interval = {.lower = std::expm1(interval->lower), .upper = std::expm1(interval->upper)};
  change.p_increase = interval->p_above;
  change.p_decrease = 1 - interval->p_above;
  return change;
}

std::set<std::string> NamesOf(const std::vector<Report>& reports) {
  std::set<std::string> names;
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) names.insert(row.name);
  }
  return names;
}

std::vector<double> Adjusted(const std::vector<JudgedChange>& all, double PairedChange::*p_value) {
  std::vector<double> p_values;
  p_values.reserve(all.size());
  for (const JudgedChange& judged : all) p_values.push_back(judged.change.*p_value);
  return stats::HolmAdjusted(p_values);
}

}  // namespace

std::vector<Scenario> JudgeStoredCosts(const std::vector<Report>& reports, const Report& baseline,
                                       const RegressionLimits& limits,
                                       const std::string& generated_at_utc) {
  const std::vector<Report> base = {baseline};
  std::set<std::string> names = NamesOf(reports);
  names.merge(NamesOf(base));
  const PairsFile comparison = {.against = Against::kStored, .looks = {1}};
  const CheckContext context = {
      .error = 1 - limits.confidence, .comparisons = names.size(), .method = Method::kProcesses};
  std::vector<JudgedChange> all;
  for (const std::string& name : names) {
    JudgedChange judged = BeginChange(comparison, name, limits, DayOf(generated_at_utc));
    const std::string metric = judged.tolerance != nullptr ? judged.tolerance->metric : "cpu_time";
    const SideValues base_values = ValuesOf(base, name, metric);
    const SideValues values = ValuesOf(reports, name, metric);
    judged.defect = DefectOf(base_values, values, judged.tolerance);
    if (!judged.defect.has_value()) {
      std::vector<double> before = Observations(base_values);
      std::vector<double> after = Observations(values);
      if (judged.tolerance->better == Better::kMore) std::swap(before, after);
      judged.change =
          EvaluateSides(before, after, context.error / static_cast<double>(names.size()));
    }
    all.push_back(std::move(judged));
  }
  const std::vector<double> p_increase = Adjusted(all, &PairedChange::p_increase);
  const std::vector<double> p_decrease = Adjusted(all, &PairedChange::p_decrease);
  ScenarioList scenarios;
  for (size_t i = 0; i < all.size(); ++i) {
    JudgedChange& judged = all[i];
    judged.adjusted_p_increase = p_increase[i];
    judged.adjusted_p_decrease = p_decrease[i];
    if (!judged.defect.has_value()) {
      judged.outcome = Decide(judged.change, p_increase[i], p_decrease[i], judged.allowance.value,
                              context.error);
    }
    scenarios.Add(judged.benchmark, ChangeCheck(judged, {}, context));
  }
  return std::move(scenarios).Take();
}

}  // namespace slo::tools
