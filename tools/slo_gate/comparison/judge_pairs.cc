#include "tools/slo_gate/comparison/judge_pairs.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "tools/lib/stats/holm.h"

namespace slo::tools {
namespace {

const Waiver* WaiverInForce(const RegressionLimits& limits, absl::string_view benchmark,
                            absl::CivilDay today) {
  const Waiver* waiver = WaiverOf(limits, benchmark);
  return waiver != nullptr && today <= waiver->expires ? waiver : nullptr;
}

// The first value that is no time above zero.
std::optional<Defect> BadValue(const MetricPairs& metric, const std::string& name) {
  const auto find = [&](const std::vector<double>& values,
                        BuildSide side) -> std::optional<Defect> {
    for (size_t i = 0; i < values.size(); ++i) {
      if (std::isfinite(values[i]) && values[i] > 0) continue;
      Defect defect = {.reason = Reason::kNoTime,
                       .side = side,
                       .metric = name,
                       .pair = static_cast<int64_t>(i) + 1};
      if (std::isfinite(values[i])) defect.value = values[i];
      return defect;
    }
    return std::nullopt;
  };
  const auto in_base = find(metric.base, BuildSide::kBase);
  return in_base.has_value() ? in_base : find(metric.candidate, BuildSide::kCandidate);
}

// What speaks against judging the comparison at all, in the order in which a reader would ask.
std::optional<Defect> DefectOf(const MeasuredPairs& measured, const Tolerance* tolerance) {
  if (!measured.in_base || !measured.in_candidate) {
    return Defect{.reason = Reason::kMissing,
                  .absent = Absent::kBenchmark,
                  .side = measured.in_base ? BuildSide::kCandidate : BuildSide::kBase};
  }
  if (!measured.failures.empty()) {
    return Defect{.reason = Reason::kError, .message = measured.failures.front()};
  }
  if (tolerance == nullptr) return Defect{.reason = Reason::kNoTolerance};
  if (measured.base_time_unit != measured.candidate_time_unit) {
    return Defect{.reason = Reason::kUnitChanged,
                  .base_unit = measured.base_time_unit,
                  .candidate_unit = measured.candidate_time_unit};
  }
  if (measured.pairs() == 0) return std::nullopt;
  const auto metric = measured.metrics.find(tolerance->metric);
  if (metric == measured.metrics.end()) {
    return Defect{.reason = Reason::kNoTime, .metric = tolerance->metric};
  }
  return BadValue(metric->second, tolerance->metric);
}

void SetAllowance(const RegressionLimits& limits, absl::CivilDay today, JudgedChange& judged) {
  if (judged.tolerance != nullptr) {
    judged.allowance = AllowanceFor(*judged.tolerance, judged.file->against);
  }
  if (judged.comparison != Comparison::kChange) return;
  judged.waiver = WaiverInForce(limits, judged.benchmark, today);
  if (judged.waiver != nullptr && judged.waiver->ceiling.has_value() &&
      judged.waiver->ceiling->value > judged.allowance.value) {
    judged.allowance = *judged.waiver->ceiling;
  }
}

// `begun` once for each tolerance of its benchmark, or as it is where there is none.
std::vector<JudgedChange> ByTolerance(const JudgedChange& begun, const RegressionLimits& limits,
                                      absl::CivilDay today) {
  std::vector<const Tolerance*> tolerances = TolerancesOf(limits, begun.benchmark);
  if (tolerances.empty()) tolerances.push_back(nullptr);
  std::vector<JudgedChange> all(tolerances.size(), begun);
  for (size_t i = 0; i < all.size(); ++i) {
    all[i].tolerance = tolerances[i];
    SetAllowance(limits, today, all[i]);
  }
  return all;
}

std::vector<JudgedChange> Begin(const PairsFile& file, const MeasuredPairs& measured,
                                const RegressionLimits& limits, absl::CivilDay today) {
  std::vector<JudgedChange> all = ByTolerance({.file = &file,
                                               .measured = &measured,
                                               .benchmark = measured.benchmark,
                                               .comparison = measured.comparison},
                                              limits, today);
  for (JudgedChange& judged : all) {
    judged.defect = DefectOf(measured, judged.tolerance);
    if (judged.defect.has_value() || measured.pairs() == 0) continue;
    const MetricPairs& metric = measured.metrics.at(judged.metric());
    judged.log_ratios = LogRatios(metric.base, metric.candidate, judged.tolerance->better);
    judged.log_ratios.resize(static_cast<size_t>(PairsToJudge(file.analyses, measured.pairs())));
  }
  return all;
}

void Append(std::vector<JudgedChange> some, std::vector<JudgedChange>& all) {
  std::move(some.begin(), some.end(), std::back_inserter(all));
}

// Holm over the comparisons, of p-values that pay for their analyses already.
void AdjustTogether(double error, double PairedChange::*p_value, double JudgedChange::*adjusted,
                    std::vector<JudgedChange>& all) {
  std::vector<double> p_values;
  p_values.reserve(all.size());
  for (const JudgedChange& judged : all) {
    const auto analyses = static_cast<double>(PlanOf(*judged.file, error, all.size()).analyses);
    p_values.push_back(std::min(1.0, judged.change.*p_value * analyses));
  }
  const std::vector<double> together = stats::HolmAdjusted(p_values);
  for (size_t i = 0; i < all.size(); ++i) all[i].*adjusted = together[i];
}

}  // namespace

Reason JudgedChange::found() const {
  if (defect.has_value()) return defect->reason;
  switch (outcome) {
    case ChangeOutcome::kOk:
      return Reason::kOk;
    case ChangeOutcome::kImproved:
      return Reason::kImproved;
    case ChangeOutcome::kUndecided:
      return Reason::kUndecided;
    case ChangeOutcome::kRegressed:
      break;
  }
  return Reason::kRegressed;
}

bool JudgedChange::is_absent_on_purpose() const {
  return defect.has_value() && defect->reason == Reason::kMissing && waiver != nullptr &&
         !waiver->ceiling.has_value();
}

std::string JudgedChange::metric() const {
  return tolerance != nullptr ? tolerance->metric : "cpu_time";
}

std::vector<JudgedChange> BeginChanges(const PairsFile& file, const std::string& benchmark,
                                       const RegressionLimits& limits, absl::CivilDay today) {
  return ByTolerance({.file = &file, .benchmark = benchmark}, limits, today);
}

absl::CivilDay DayOf(const std::string& generated_at_utc) {
  absl::CivilDay day;
  absl::ParseCivilTime(generated_at_utc.substr(0, generated_at_utc.find('T')), &day);
  return day;
}

ErrorPlan PlanOf(const PairsFile& file, double error, size_t comparisons) {
  const auto family = static_cast<int64_t>(std::max<size_t>(comparisons, 1));
  const std::vector<int64_t> deciding = DecidingAnalyses(file.analyses, error, family);
  return {.error = error,
          .comparisons = family,
          .analyses = static_cast<int64_t>(std::max<size_t>(deciding.size(), 1))};
}

std::vector<JudgedChange> JudgePairs(const std::vector<PairsFile>& files,
                                     const RegressionLimits& limits, absl::CivilDay today) {
  std::vector<JudgedChange> all;
  for (const PairsFile& file : files) {
    std::set<absl::string_view> recorded;
    for (const MeasuredPairs& measured : file.measured) {
      if (measured.comparison == Comparison::kChange) recorded.insert(measured.benchmark);
      Append(Begin(file, measured, limits, today), all);
    }
    for (const std::string& benchmark : file.selected) {
      if (recorded.contains(benchmark)) continue;
      std::vector<JudgedChange> lost = BeginChanges(file, benchmark, limits, today);
      for (JudgedChange& judged : lost) {
        judged.defect = Defect{.reason = Reason::kMissing, .absent = Absent::kRecording};
      }
      Append(std::move(lost), all);
    }
  }
  const double error = 1 - limits.confidence;
  for (JudgedChange& judged : all) {
    judged.change =
        EvaluatePairs(judged.log_ratios, PlanOf(*judged.file, error, all.size()).share());
  }
  AdjustTogether(error, &PairedChange::p_increase, &JudgedChange::adjusted_p_increase, all);
  AdjustTogether(error, &PairedChange::p_decrease, &JudgedChange::adjusted_p_decrease, all);
  for (JudgedChange& judged : all) {
    if (judged.defect.has_value()) continue;
    judged.outcome = Decide(judged.change, judged.adjusted_p_increase, judged.adjusted_p_decrease,
                            judged.allowance.value, error);
  }
  return all;
}

}  // namespace slo::tools
