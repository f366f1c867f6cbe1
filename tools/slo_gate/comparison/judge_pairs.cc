#include "tools/slo_gate/comparison/judge_pairs.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/lib/stats/holm.h"

namespace slo::tools {
namespace {

const Waiver* WaiverInForce(const RegressionLimits& limits, absl::string_view benchmark,
                            absl::CivilDay today) {
  const Waiver* waiver = WaiverOf(limits, benchmark);
  return waiver != nullptr && today <= waiver->expires ? waiver : nullptr;
}

void SetDefect(PairsDefect defect, std::string text, JudgedChange& judged) {
  judged.defect = defect;
  judged.defect_text = std::move(text);
}

// The first value that is none, as "candidate, pair 3: expected a time above zero, found 0".
std::string BadValue(const MetricPairs& metric) {
  const auto find = [](const std::vector<double>& values, absl::string_view side) -> std::string {
    for (size_t i = 0; i < values.size(); ++i) {
      if (std::isfinite(values[i]) && values[i] > 0) continue;
      return absl::StrCat(side, ", pair ", i + 1, ": expected a value above zero, found ",
                          std::isfinite(values[i]) ? absl::StrCat(values[i]) : "none");
    }
    return "";
  };
  const std::string bad = find(metric.base, "base");
  return bad.empty() ? find(metric.candidate, "candidate") : bad;
}

// What speaks against judging the comparison at all, in the order in which a reader would ask.
void FindDefect(JudgedChange& judged) {
  const MeasuredPairs* measured = judged.measured;
  if (!measured->in_base || !measured->in_candidate) {
    return SetDefect(PairsDefect::kMissing,
                     absl::StrCat("the ", measured->in_base ? "candidate" : "base",
                                  " does not have it; a waiver with the ceiling \"absent\" says "
                                  "where that is meant"),
                     judged);
  }
  if (!measured->failures.empty()) {
    return SetDefect(PairsDefect::kError, measured->failures.front(), judged);
  }
  if (judged.tolerance == nullptr) {
    return SetDefect(PairsDefect::kNoTolerance,
                     "no tolerance's glob matches; one with the benchmark \"*\" at the end takes "
                     "the rest",
                     judged);
  }
  if (measured->base_time_unit != measured->candidate_time_unit) {
    return SetDefect(PairsDefect::kUnitChanged,
                     absl::StrCat("the base prints ", measured->base_time_unit, ", the candidate ",
                                  measured->candidate_time_unit),
                     judged);
  }
  const auto metric = measured->metrics.find(judged.tolerance->metric);
  if (measured->pairs() > 0 && metric == measured->metrics.end()) {
    return SetDefect(PairsDefect::kNoTime,
                     absl::StrCat("the metric ", judged.tolerance->metric, " was not recorded"),
                     judged);
  }
  if (measured->pairs() == 0) return;
  std::string bad = BadValue(metric->second);
  if (!bad.empty()) SetDefect(PairsDefect::kNoTime, std::move(bad), judged);
}

void SetAllowance(const RegressionLimits& limits, absl::CivilDay today, JudgedChange& judged) {
  judged.tolerance = ToleranceOf(limits, judged.benchmark);
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

JudgedChange Begin(const PairsFile& file, const MeasuredPairs& measured,
                   const RegressionLimits& limits, absl::CivilDay today) {
  JudgedChange judged = {.file = &file,
                         .measured = &measured,
                         .benchmark = measured.benchmark,
                         .comparison = measured.comparison};
  SetAllowance(limits, today, judged);
  FindDefect(judged);
  if (!judged.defect.has_value() && measured.pairs() > 0) {
    const MetricPairs& metric = measured.metrics.at(judged.tolerance->metric);
    judged.log_ratios = LogRatios(metric.base, metric.candidate, judged.tolerance->better);
  }
  return judged;
}

// Holm over the comparisons, of p-values that pay for their looks already.
void AdjustTogether(double PairedChange::*p_value, double JudgedChange::*adjusted,
                    std::vector<JudgedChange>& all) {
  std::vector<double> p_values;
  p_values.reserve(all.size());
  for (const JudgedChange& judged : all) {
    const auto looks = static_cast<double>(judged.file->looks.size());
    p_values.push_back(std::min(1.0, judged.change.*p_value * looks));
  }
  const std::vector<double> together = stats::HolmAdjusted(p_values);
  for (size_t i = 0; i < all.size(); ++i) all[i].*adjusted = together[i];
}

}  // namespace

absl::string_view Name(PairsDefect defect) {
  switch (defect) {
    case PairsDefect::kMissing:
      return "missing";
    case PairsDefect::kError:
      return "error";
    case PairsDefect::kNoTime:
      return "no_time";
    case PairsDefect::kUnitChanged:
      return "unit_changed";
    case PairsDefect::kNoTolerance:
      break;
  }
  return "no_tolerance";
}

bool JudgedChange::is_absent_on_purpose() const {
  return defect == PairsDefect::kMissing && waiver != nullptr && !waiver->ceiling.has_value();
}

JudgedChange BeginChange(const PairsFile& file, std::string benchmark,
                         const RegressionLimits& limits, absl::CivilDay today) {
  JudgedChange judged = {.file = &file, .benchmark = std::move(benchmark)};
  SetAllowance(limits, today, judged);
  return judged;
}

absl::CivilDay DayOf(const std::string& generated_at_utc) {
  absl::CivilDay day;
  absl::ParseCivilTime(generated_at_utc.substr(0, generated_at_utc.find('T')), &day);
  return day;
}

double ShareOf(const PairsFile& file, const RegressionLimits& limits, size_t comparisons) {
  return ErrorPlan{.error = 1 - limits.confidence,
                   .comparisons = static_cast<int64_t>(std::max<size_t>(comparisons, 1)),
                   .looks = static_cast<int64_t>(std::max<size_t>(file.looks.size(), 1))}
      .share();
}

std::vector<JudgedChange> JudgePairs(const std::vector<PairsFile>& files,
                                     const RegressionLimits& limits, absl::CivilDay today) {
  std::vector<JudgedChange> all;
  for (const PairsFile& file : files) {
    std::set<absl::string_view> recorded;
    for (const MeasuredPairs& measured : file.measured) {
      if (measured.comparison == Comparison::kChange) recorded.insert(measured.benchmark);
      all.push_back(Begin(file, measured, limits, today));
    }
    for (const std::string& benchmark : file.selected) {
      if (recorded.contains(benchmark)) continue;
      all.push_back(BeginChange(file, benchmark, limits, today));
      SetDefect(PairsDefect::kMissing, "selected, and nothing of it is in the file", all.back());
    }
  }
  for (JudgedChange& judged : all) {
    judged.change = EvaluatePairs(judged.log_ratios, ShareOf(*judged.file, limits, all.size()));
  }
  AdjustTogether(&PairedChange::p_increase, &JudgedChange::adjusted_p_increase, all);
  AdjustTogether(&PairedChange::p_decrease, &JudgedChange::adjusted_p_decrease, all);
  for (JudgedChange& judged : all) {
    if (judged.defect.has_value()) continue;
    judged.outcome = Decide(judged.change, judged.adjusted_p_increase, judged.adjusted_p_decrease,
                            judged.allowance.value, 1 - limits.confidence);
  }
  return all;
}

}  // namespace slo::tools
