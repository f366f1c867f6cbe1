#include "tools/slo_gate/comparison/control_checks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <variant>

#include "absl/strings/str_cat.h"
#include "tools/lib/results/metric.h"

namespace slo::tools {
namespace {

ComparisonDetail& DetailOf(Check& check) { return std::get<ComparisonDetail>(check.detail); }

Check QuietCheck(const JudgedChange& judged, const CheckContext& context) {
  Check check = MeasuredCheck(judged, context);
  check.id = "quiet_control";
  check.why = "the base with itself: what is found here would be found in anything";
  DetailOf(check).control = Control::kQuiet;
  const bool was_measured = !judged.defect.has_value() && judged.change.pairs > 0;
  if (was_measured && judged.outcome == ChangeOutcome::kOk) {
    SetFound(Reason::kQuiet, CheckStatus::kPass, context, check);
  } else if (was_measured && judged.outcome == ChangeOutcome::kUndecided) {
    SetFound(Reason::kUndecided, CheckStatus::kInsufficient, context, check);
  } else {
    SetFound(Reason::kNotQuiet, CheckStatus::kInvalid, context, check);
  }
  return check;
}

Check BeginSlowed(const JudgedChange& judged, const CheckContext& context) {
  Check check = MeasuredCheck(judged, context);
  check.id = "slowed_control";
  check.why = "the base with itself made slower: a gate that misses this would miss a regression";
  DetailOf(check).control = Control::kSlowed;
  return check;
}

void SetCaughtOrMissed(const JudgedChange& judged, const CheckContext& context, Check& check) {
  if (!judged.defect.has_value() && judged.outcome == ChangeOutcome::kRegressed) {
    SetFound(Reason::kCaught, CheckStatus::kPass, context, check);
  } else if (!judged.defect.has_value() && judged.change.pairs > 0 &&
             judged.outcome == ChangeOutcome::kUndecided) {
    SetFound(Reason::kUndecided, CheckStatus::kInsufficient, context, check);
  } else {
    SetFound(Reason::kMissed, CheckStatus::kInvalid, context, check);
  }
}

Check SlowedCheck(const JudgedChange& judged, const CheckContext& context) {
  Check check = BeginSlowed(judged, context);
  DetailOf(check).planted_by = judged.file->slowdown.value_or("");
  SetCaughtOrMissed(judged, context, check);
  return check;
}

// The quiet control, slowed by arithmetic, for binaries that cannot be slowed. It claims nothing
// about the builds, so it has no share in the error.
Check ComputedSlowedCheck(const JudgedChange& quiet, const CheckContext& context) {
  const double planted = 2 * quiet.allowance.value;
  JudgedChange slowed = quiet;
  for (double& ratio : slowed.log_ratios) ratio += std::log1p(planted);
  const ErrorPlan plan = PlanOf(*quiet.file, context.error, context.comparisons);
  slowed.change = EvaluatePairs(slowed.log_ratios, plan.share());
  slowed.outcome = DecideByPlan(slowed.change, slowed.allowance.value, plan);
  slowed.adjusted_p_increase = std::min(1.0, slowed.change.p_increase * plan.error / plan.share());
  Check check = BeginSlowed(slowed, context);
  check.confidence.reset();
  DetailOf(check).planted_change = planted;
  SetCaughtOrMissed(slowed, context, check);
  return check;
}

Check NoControlCheck(Control control, const CheckContext& context) {
  Check check = {.id = control == Control::kQuiet ? "quiet_control" : "slowed_control",
                 .metric = absl::StrCat("cpu_time", kChangeSuffix),
                 .threshold = {.value = 0, .text = "0%"},
                 .rows = 1,
                 .why = "without a control nobody knows whether the comparison can be trusted",
                 .detail = ComparisonDetail{
                     .method = context.method,
                     .control = control,
                     .defect = Defect{.reason = Reason::kMissing, .absent = Absent::kControl}}};
  SetFound(Reason::kMissing, CheckStatus::kInvalid, context, check);
  return check;
}

}  // namespace

std::vector<std::pair<std::string, Check>> ControlChecks(const PairsFile& file,
                                                         const std::vector<JudgedChange>& judged,
                                                         const CheckContext& context) {
  std::vector<std::pair<std::string, Check>> checks;
  const auto add = [&](const std::string& name, Check check) {
    checks.emplace_back(absl::StrCat(kControlPrefix, name), std::move(check));
  };
  std::vector<const JudgedChange*> quiet;  // one a metric
  bool has_slowed = false;
  for (const JudgedChange& one : judged) {
    if (one.file != &file || one.comparison == Comparison::kChange) continue;
    if (one.comparison == Comparison::kQuietControl) {
      quiet.push_back(&one);
      add(one.benchmark, QuietCheck(one, context));
    } else {
      has_slowed = true;
      add(one.benchmark, SlowedCheck(one, context));
    }
  }
  if (quiet.empty()) {
    add(file.file, NoControlCheck(Control::kQuiet, context));
  } else if (!has_slowed && file.slowdown.has_value()) {
    // It was measured, and what it showed is gone.
    add(file.file, NoControlCheck(Control::kSlowed, context));
  } else if (!has_slowed) {
    for (const JudgedChange* one : quiet) {
      add(one->benchmark, ComputedSlowedCheck(*one, context));
    }
  }
  return checks;
}

}  // namespace slo::tools
