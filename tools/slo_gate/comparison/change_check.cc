#include "tools/slo_gate/comparison/change_check.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/text/percent.h"
#include "tools/slo_gate/comparison/outcome_reasons.h"

namespace slo::tools {
namespace {

std::string ChangeMetric(absl::string_view metric) { return absl::StrCat(metric, kChangeSuffix); }

double ConfidenceOf(const CheckContext& context) {
  return 1 - context.error / static_cast<double>(std::max<size_t>(context.comparisons, 1));
}

// "+0.12 % [-0.80 %, +1.10 %] over 32 pairs".
std::string Measured(const PairedChange& change, absl::string_view unit) {
  const std::string interval = change.interval.has_value()
                                   ? absl::StrCat(" [", ChangeText(change.interval->lower), ", ",
                                                  ChangeText(change.interval->upper), "]")
                                   : "";
  return absl::StrCat(ChangeText(change.change), interval, " over ", change.pairs, " ", unit);
}

std::string HowManyMore(const PairedChange& change, double tolerance, absl::string_view unit) {
  const auto pairs = PairsToDecide(change, tolerance);
  if (!pairs.has_value()) {
    return "it is too near to what is allowed for any number of them to decide";
  }
  return absl::StrCat(change.interval.has_value() ? "about " : "at least ", *pairs - change.pairs,
                      " more ", unit, " would decide");
}

std::string ReasonFor(const JudgedChange& judged, absl::string_view unit) {
  const PairedChange& change = judged.change;
  if (change.pairs == 0) return "no pair was measured: the collection ended before";
  const std::string measured = Measured(change, unit);
  switch (judged.outcome) {
    case ChangeOutcome::kOk:
      return absl::StrCat(measured, ": the upper limit is below ", judged.allowance.text);
    case ChangeOutcome::kImproved:
      return absl::StrCat(measured, ": shown to cost less");
    case ChangeOutcome::kUndecided:
      return absl::StrCat(measured, ": shown neither to be below ", judged.allowance.text,
                          " nor to be an increase beyond it; ",
                          HowManyMore(change, judged.allowance.value, unit));
    case ChangeOutcome::kRegressed:
      break;
  }
  return absl::StrCat(measured, ": shown to cost more (adjusted p ",
                      absl::StrFormat("%.1e", judged.adjusted_p_increase),
                      "), and estimated above ", judged.allowance.text);
}

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

// Everything but the outcome, the status and the reason.
Check Begin(const JudgedChange& judged) {
  const std::string metric = judged.tolerance != nullptr ? CostName(*judged.tolerance) : "cpu_time";
  Check check = {.id = judged.tolerance != nullptr ? judged.tolerance->id : "regression",
                 .metric = ChangeMetric(metric),
                 .kind = LimitKind::kMax,
                 .threshold = {.value = judged.allowance.value, .text = judged.allowance.text},
                 .rows = 1,
                 .why = judged.tolerance != nullptr ? judged.tolerance->why : "",
                 .change = ChangeDetail{.tolerance = judged.allowance.value}};
  if (judged.file->against == Against::kRelease) check.id += ".since_release";
  if (judged.waiver != nullptr && judged.tolerance != nullptr) {
    check.overridden =
        LimitOverride{.original_text = AllowanceFor(*judged.tolerance, judged.file->against).text,
                      .source = absl::StrCat("waiver by ", judged.waiver->owner, " until ",
                                             absl::FormatCivilTime(judged.waiver->expires))};
  }
  return check;
}

void AddMeasurement(const PairedChange& change, double adjusted_p_increase,
                    const CheckContext& context, Check& check) {
  check.samples = change.pairs;
  if (change.pairs == 0) return;
  check.actual = change.change;
  check.change->p_increase = adjusted_p_increase;
  if (!change.interval.has_value()) return;
  check.change->lower = change.interval->lower;
  check.change->upper = change.interval->upper;
  check.bound = change.interval->upper;
  check.confidence = ConfidenceOf(context);
  check.headroom = (1 + check.change->tolerance) / (1 + change.interval->upper);
  check.change->smallest_visible = SmallestVisibleChange(change, 1 - *check.confidence);
}

void SetOutcome(Reason outcome, CheckStatus status, std::string reason, Check& check) {
  check.change->outcome = std::string(Name(outcome));
  check.status = status;
  check.reason_code = outcome;
  check.reason = std::move(reason);
}

// What was measured is not to be trusted: nothing passes by it and nothing fails by it. A failure
// with a name, such as a missing benchmark, stays one, and controls stand for themselves, unless
// all is in doubt.
Check Trusted(Check check, bool is_control, const CheckContext& context) {
  if (!context.doubt.has_value()) return check;
  if (!context.doubt->is_about_all && (is_control || !check.samples.has_value())) return check;
  check.status = CheckStatus::kInvalid;
  check.reason_code = Reason::kNotTrusted;
  absl::StrAppend(&check.reason, "; not trusted: ", context.doubt->reason);
  return check;
}

// What the slowed control of a file is to find.
std::string PlantedText(const PairsFile& file) {
  return absl::StrCat("the slowdown planted by ", file.slowdown.value_or("arithmetic"));
}

Check QuietCheck(const JudgedChange& judged, const CheckContext& context) {
  Check check = Begin(judged);
  check.id = "quiet_control";
  check.why = "the base with itself: what is found here would be found in anything";
  AddMeasurement(judged.change, judged.adjusted_p_increase, context, check);
  const bool is_quiet = !judged.defect.has_value() && judged.change.pairs > 0 &&
                        judged.outcome != ChangeOutcome::kRegressed &&
                        judged.outcome != ChangeOutcome::kImproved;
  SetOutcome(is_quiet ? Reason::kQuiet : Reason::kNotQuiet,
             is_quiet ? CheckStatus::kPass : CheckStatus::kInvalid,
             judged.defect.has_value()
                 ? judged.defect_text
                 : absl::StrCat(judged.change.pairs == 0 ? "no pair was measured"
                                                         : Measured(judged.change, context.unit),
                                is_quiet ? ": nothing was found" : ": expected to find nothing"),
             check);
  return check;
}

Check SlowedCheck(const JudgedChange& judged, const std::string& planted,
                  const CheckContext& context) {
  Check check = Begin(judged);
  check.id = "slowed_control";
  check.why = "the base with itself made slower: a gate that misses this would miss a regression";
  const PairedChange& change = judged.change;
  AddMeasurement(change, judged.adjusted_p_increase, context, check);
  if (judged.defect.has_value()) {
    SetOutcome(Reason::kMissed, CheckStatus::kInvalid, judged.defect_text, check);
    return check;
  }
  const std::string measured =
      absl::StrCat(change.pairs == 0 ? "no pair was measured" : Measured(change, context.unit),
                   ": expected to find ", planted);
  if (judged.outcome == ChangeOutcome::kRegressed) {
    SetOutcome(Reason::kCaught, CheckStatus::kPass, absl::StrCat(measured, ", and found it"),
               check);
  } else if (judged.outcome == ChangeOutcome::kUndecided) {
    SetOutcome(Reason::kUndecided, CheckStatus::kInsufficient,
               absl::StrCat(measured, "; for that there are too few of them"), check);
  } else {
    SetOutcome(Reason::kMissed, CheckStatus::kInvalid, absl::StrCat(measured, ", and did not"),
               check);
  }
  return check;
}

// The quiet control, slowed by arithmetic, for binaries that cannot be slowed. It claims nothing
// about the builds, so it has no share in the error.
Check ComputedSlowedCheck(const JudgedChange& quiet, const CheckContext& context) {
  const double planted = 2 * quiet.allowance.value;
  JudgedChange slowed = quiet;
  for (double& ratio : slowed.log_ratios) ratio += std::log1p(planted);
  const ErrorPlan plan = {.error = context.error,
                          .comparisons = static_cast<int64_t>(context.comparisons),
                          .looks = static_cast<int64_t>(quiet.file->looks.size())};
  slowed.change = EvaluatePairs(slowed.log_ratios, plan.share());
  slowed.outcome = DecideByPlan(slowed.change, slowed.allowance.value, plan);
  slowed.adjusted_p_increase = std::min(1.0, slowed.change.p_increase * plan.error / plan.share());
  Check check = SlowedCheck(
      slowed, absl::StrCat(ChangeText(planted), ", planted in the quiet control's pairs"), context);
  check.confidence.reset();
  return check;
}

Check NoControlCheck() {
  Check check = {.id = "quiet_control",
                 .metric = ChangeMetric("cpu_time"),
                 .threshold = {.value = 0, .text = "0%"},
                 .rows = 1,
                 .why = "without a control nobody knows whether the comparison can be trusted",
                 .change = ChangeDetail{}};
  SetOutcome(Reason::kMissing, CheckStatus::kInvalid,
             "the file has no quiet control; paired_bench measures one with every collection",
             check);
  return check;
}

Check UndoubtedChangeCheck(const JudgedChange& judged, const std::vector<std::string>& debug_sides,
                           const CheckContext& context) {
  Check check = Begin(judged);
  if (judged.is_absent_on_purpose()) {
    SetOutcome(Reason::kWaived, CheckStatus::kPass,
               absl::StrCat("absent on one side, which the waiver means to be so: ",
                            judged.waiver->reason),
               check);
    return check;
  }
  if (judged.defect.has_value()) {
    SetOutcome(OutcomeOf(*judged.defect), CheckStatus::kFail, judged.defect_text, check);
    return check;
  }
  AddMeasurement(judged.change, judged.adjusted_p_increase, context, check);
  SetOutcome(OutcomeOf(judged.outcome), StatusOf(judged.outcome), ReasonFor(judged, context.unit),
             check);
  if (judged.outcome == ChangeOutcome::kUndecided) {
    const auto needed = PairsToDecide(judged.change, judged.allowance.value);
    if (needed.has_value()) check.change->more_pairs_needed = *needed - judged.change.pairs;
  }
  if (judged.outcome == ChangeOutcome::kRegressed &&
      judged.tolerance->severity == Severity::kWarn) {
    check.status = CheckStatus::kWarn;
    absl::StrAppend(&check.reason, "; a warning only, by its severity");
  }
  if (!debug_sides.empty()) {
    check.status = CheckStatus::kFail;
    check.reason_code = Reason::kDebugBuild;
    absl::StrAppend(&check.reason, "; ", absl::StrJoin(debug_sides, " and "),
                    ": a debug build (slo_build_type); only an optimised build counts");
  }
  return check;
}

}  // namespace

Check ChangeCheck(const JudgedChange& judged, const std::vector<std::string>& debug_sides,
                  const CheckContext& context) {
  return Trusted(UndoubtedChangeCheck(judged, debug_sides, context), /*is_control=*/false, context);
}

std::vector<std::pair<std::string, Check>> ControlChecks(const PairsFile& file,
                                                         const std::vector<JudgedChange>& judged,
                                                         const CheckContext& context) {
  std::vector<std::pair<std::string, Check>> checks;
  const auto add = [&](const std::string& name, Check check) {
    checks.emplace_back(absl::StrCat(kControlPrefix, name),
                        Trusted(std::move(check), /*is_control=*/true, context));
  };
  const JudgedChange* quiet = nullptr;
  bool has_slowed = false;
  for (const JudgedChange& one : judged) {
    if (one.file != &file || one.comparison == Comparison::kChange) continue;
    if (one.comparison == Comparison::kQuietControl) {
      quiet = &one;
      add(one.benchmark, QuietCheck(one, context));
    } else {
      has_slowed = true;
      add(one.benchmark, SlowedCheck(one, PlantedText(file), context));
    }
  }
  if (quiet == nullptr) {
    add(file.file, NoControlCheck());
  } else if (!has_slowed) {
    add(quiet->benchmark, ComputedSlowedCheck(*quiet, context));
  }
  return checks;
}

Check UnusedToleranceCheck(const Tolerance& tolerance, const CheckContext& context) {
  Check check = {
      .id = tolerance.id,
      .metric = ChangeMetric(CostName(tolerance)),
      .threshold = {.value = tolerance.max_increase.value, .text = tolerance.max_increase.text},
      .rows = 1,
      .why = tolerance.why,
      .change = ChangeDetail{.tolerance = tolerance.max_increase.value}};
  SetOutcome(Reason::kMissing, CheckStatus::kFail,
             "neither binary has a benchmark that the glob matches", check);
  return Trusted(std::move(check), /*is_control=*/false, context);
}

}  // namespace slo::tools
