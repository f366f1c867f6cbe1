#include "tools/slo_gate/comparison/change_check.h"

#include <algorithm>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "tools/lib/results/metric.h"

namespace slo::tools {
namespace {

CheckStatus StatusOf(ChangeOutcome outcome) {
  switch (outcome) {
    case ChangeOutcome::kOk:
    case ChangeOutcome::kImproved:
      return CheckStatus::kPass;
    case ChangeOutcome::kUndecided:
      return CheckStatus::kInsufficient;
    case ChangeOutcome::kRegressed:
      break;
  }
  return CheckStatus::kFail;
}

void AddMeasurement(const JudgedChange& judged, const CheckContext& context, Check& check,
                    ComparisonDetail& detail) {
  const PairedChange& change = judged.change;
  check.samples = change.pairs;
  if (change.pairs == 0) return;
  check.actual = change.change;
  detail.p_increase = judged.adjusted_p_increase;
  if (!change.interval.has_value()) return;
  const double comparisons = static_cast<double>(std::max<size_t>(context.comparisons, 1));
  detail.lower = change.interval->lower;
  detail.upper = change.interval->upper;
  check.bound = change.interval->upper;
  check.confidence = 1 - context.error / comparisons;
  check.headroom = (1 + judged.allowance.value) / (1 + change.interval->upper);
  detail.smallest_visible = SmallestVisibleChange(change, 1 - *check.confidence);
}

}  // namespace

Check MeasuredCheck(const JudgedChange& judged, const CheckContext& context) {
  const Tolerance* tolerance = judged.tolerance;
  Check check = {.id = tolerance != nullptr ? tolerance->id : "regression",
                 .metric = absl::StrCat(tolerance != nullptr ? CostName(*tolerance) : "cpu_time",
                                        kChangeSuffix),
                 .kind = LimitKind::kMax,
                 .threshold = {.value = judged.allowance.value, .text = judged.allowance.text},
                 .rows = 1,
                 .why = tolerance != nullptr ? tolerance->why : ""};
  if (judged.file->against == Against::kRelease) check.id += ".since_release";
  if (judged.waiver != nullptr && tolerance != nullptr) {
    check.overridden =
        LimitOverride{.original_text = AllowanceFor(*tolerance, judged.file->against).text,
                      .source = absl::StrCat("waiver by ", judged.waiver->owner, " until ",
                                             absl::FormatCivilTime(judged.waiver->expires))};
  }
  ComparisonDetail detail = {
      .method = context.method, .tolerance = judged.allowance.value, .defect = judged.defect};
  if (!judged.defect.has_value()) AddMeasurement(judged, context, check, detail);
  check.detail = std::move(detail);
  return check;
}

void SetFound(Reason found, CheckStatus status, const CheckContext& context, Check& check) {
  auto& detail = std::get<ComparisonDetail>(check.detail);
  detail.outcome = found;
  check.reason = found;
  check.status = status;
  if (!context.doubt.has_value()) return;
  const bool stands = detail.control != Control::kNone || !check.samples.has_value();
  if (*context.doubt != Doubt::kGateDefective && stands) return;
  detail.doubt = context.doubt;
  check.reason = Reason::kNotTrusted;
  check.status = CheckStatus::kInvalid;
}

Check ChangeCheck(const JudgedChange& judged, const std::vector<BuildSide>& debug_sides,
                  const CheckContext& context) {
  Check check = MeasuredCheck(judged, context);
  auto& detail = std::get<ComparisonDetail>(check.detail);
  if (judged.is_absent_on_purpose()) {
    detail.waiver_reason = judged.waiver->reason;
    SetFound(Reason::kWaived, CheckStatus::kPass, context, check);
  } else if (judged.defect.has_value()) {
    SetFound(judged.found(), CheckStatus::kFail, context, check);
  } else if (!debug_sides.empty()) {
    detail.debug_sides = debug_sides;
    SetFound(judged.found(), CheckStatus::kFail, context, check);
    if (!detail.doubt.has_value()) check.reason = Reason::kDebugBuild;
  } else {
    if (judged.outcome == ChangeOutcome::kUndecided) {
      const auto needed = PairsToDecide(judged.change, judged.allowance.value);
      if (needed.has_value()) detail.more_pairs_needed = *needed - judged.change.pairs;
    }
    const bool only_warns = judged.outcome == ChangeOutcome::kRegressed &&
                            judged.tolerance->severity == Severity::kWarn;
    SetFound(judged.found(), only_warns ? CheckStatus::kWarn : StatusOf(judged.outcome), context,
             check);
  }
  return check;
}

Check NothingComparedCheck(Method method) {
  return {.id = "benchmarks",
          .metric = "context",
          .threshold = {.text = "some"},
          .status = CheckStatus::kFail,
          .rows = 1,
          .reason = Reason::kNothingCompared,
          .why = "a comparison of nothing shows nothing",
          .detail = ComparisonDetail{.method = method, .outcome = Reason::kNothingCompared}};
}

Check UnusedToleranceCheck(const Tolerance& tolerance, const CheckContext& context) {
  Check check = {
      .id = tolerance.id,
      .metric = absl::StrCat(CostName(tolerance), kChangeSuffix),
      .threshold = {.value = tolerance.max_increase.value, .text = tolerance.max_increase.text},
      .rows = 1,
      .why = tolerance.why,
      .detail =
          ComparisonDetail{.method = context.method,
                           .tolerance = tolerance.max_increase.value,
                           .defect = Defect{.reason = Reason::kMissing, .absent = Absent::kMatch}}};
  SetFound(Reason::kMissing, CheckStatus::kFail, context, check);
  return check;
}

}  // namespace slo::tools
