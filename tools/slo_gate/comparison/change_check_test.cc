// What becomes of a decision on two builds as a check, from decisions that were made up.

#include "tools/slo_gate/comparison/change_check.h"

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const CheckContext kContext = {.error = 0.01, .comparisons = 4, .unit = "pairs"};

const PairsFile kFile = {.file = "pairs.json", .looks = {8, 16, 32}, .slowdown = "SLOW=10%"};

const Tolerance kTolerance = {.id = "times",
                              .benchmark = "*",
                              .metric = "cpu_time",
                              .max_increase = {.value = 0.25, .text = "25%"},
                              .max_increase_since_release = Allowance{.value = 0.5, .text = "50%"},
                              .why = "because"};

// 100 pairs, +12.5 % [0, +25 %]: undecided at a tolerance of 25 %.
JudgedChange MadeUpChange(ChangeOutcome outcome) {
  return {.file = &kFile,
          .benchmark = "BM_A",
          .tolerance = &kTolerance,
          .allowance = kTolerance.max_increase,
          .change = {.pairs = 100, .change = 0.125, .interval = ChangeInterval{0, 0.25}},
          .adjusted_p_increase = 0.5,
          .outcome = outcome};
}

TEST(ChangeCheck, SaysWhatWasMeasuredAgainstWhat) {
  const Check check = ChangeCheck(MadeUpChange(ChangeOutcome::kOk), {}, kContext);
  EXPECT_EQ(check.id, "times");
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_EQ(check.kind, LimitKind::kMax);
  EXPECT_EQ(check.threshold.value, 0.25);
  EXPECT_EQ(check.threshold.text, "25%");
  EXPECT_EQ(check.why, "because");
  EXPECT_EQ(check.rows, 1);
  EXPECT_EQ(check.samples, 100);
  EXPECT_EQ(check.actual, 0.125);
  EXPECT_EQ(check.bound, 0.25);
  EXPECT_DOUBLE_EQ(*check.confidence, 1 - 0.01 / 4);
  EXPECT_DOUBLE_EQ(*check.headroom, 1);
  EXPECT_EQ(check.change->tolerance, 0.25);
  EXPECT_EQ(check.change->lower, 0);
  EXPECT_EQ(check.change->upper, 0.25);
  EXPECT_EQ(check.change->p_increase, 0.5);
  EXPECT_EQ(check.change->smallest_visible,
            SmallestVisibleChange(MadeUpChange(ChangeOutcome::kOk).change, 1 - *check.confidence));
  EXPECT_FALSE(check.overridden.has_value());
}

TEST(ChangeCheck, HasTheHeadroomOfItsUpperLimit) {
  JudgedChange judged = MadeUpChange(ChangeOutcome::kOk);
  judged.change.interval = ChangeInterval{-0.5, 0};
  EXPECT_DOUBLE_EQ(*ChangeCheck(judged, {}, kContext).headroom, 1.25);
  judged.change.interval = ChangeInterval{0.5, 1.5};
  EXPECT_DOUBLE_EQ(*ChangeCheck(judged, {}, kContext).headroom, 0.5);
}

TEST(ChangeCheck, PassesFailsOrLeavesOpenByTheOutcome) {
  struct Row {
    ChangeOutcome outcome;
    CheckStatus status;
    const char* name;
  };
  for (const Row& row : {Row{ChangeOutcome::kOk, CheckStatus::kPass, "ok"},
                         Row{ChangeOutcome::kImproved, CheckStatus::kPass, "improved"},
                         Row{ChangeOutcome::kUndecided, CheckStatus::kInsufficient, "undecided"},
                         Row{ChangeOutcome::kRegressed, CheckStatus::kFail, "regressed"}}) {
    const Check check = ChangeCheck(MadeUpChange(row.outcome), {}, kContext);
    EXPECT_EQ(check.status, row.status) << row.name;
    EXPECT_EQ(check.change->outcome, row.name);
    EXPECT_EQ(check.change->more_pairs_needed.has_value(),
              row.outcome == ChangeOutcome::kUndecided);
    // Whatever it is, a debug build fails.
    const Check debug = ChangeCheck(MadeUpChange(row.outcome), {"base", "candidate"}, kContext);
    EXPECT_EQ(debug.status, CheckStatus::kFail) << row.name;
    EXPECT_THAT(debug.reason, HasSubstr("base and candidate: a debug build"));
  }
}

TEST(ChangeCheck, SaysHowManyMorePairsWouldDecide) {
  JudgedChange judged = MadeUpChange(ChangeOutcome::kUndecided);
  // The limit is as far away as it may be: one more is the least.
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change->more_pairs_needed, 1);
  judged.change.interval->upper = 0.3125;
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change->more_pairs_needed, 125);
  EXPECT_THAT(ChangeCheck(judged, {}, kContext).reason, HasSubstr("about 125 more pairs"));
  judged.change.change = 0.25;
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change->more_pairs_needed, std::nullopt);
  EXPECT_THAT(ChangeCheck(judged, {}, kContext).reason, HasSubstr("too near to what is allowed"));
  judged.change = {.pairs = 5, .change = 0.1, .pairs_for_interval = 14};
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change->more_pairs_needed, 9);
  EXPECT_THAT(ChangeCheck(judged, {}, kContext).reason, HasSubstr("at least 9 more pairs"));
}

TEST(ChangeCheck, HasNoBoundWithoutAnIntervalAndNoValueWithoutPairs) {
  JudgedChange judged = MadeUpChange(ChangeOutcome::kUndecided);
  judged.change = {.pairs = 5, .change = 0.1, .pairs_for_interval = 14};
  const Check few = ChangeCheck(judged, {}, kContext);
  EXPECT_EQ(few.samples, 5);
  EXPECT_EQ(few.actual, 0.1);
  EXPECT_EQ(few.change->p_increase, 0.5);
  EXPECT_EQ(few.bound, std::nullopt);
  EXPECT_EQ(few.confidence, std::nullopt);
  EXPECT_EQ(few.headroom, std::nullopt);
  EXPECT_EQ(few.change->smallest_visible, std::nullopt);
  judged.change = {.pairs_for_interval = 14};
  const Check none = ChangeCheck(judged, {}, kContext);
  EXPECT_EQ(none.samples, 0);
  EXPECT_EQ(none.actual, std::nullopt);
  EXPECT_EQ(none.change->p_increase, std::nullopt);
  EXPECT_EQ(none.status, CheckStatus::kInsufficient);
  EXPECT_THAT(none.reason, HasSubstr("no pair was measured"));
}

TEST(ChangeCheck, OnlyWarnsOfARegressionByItsSeverity) {
  Tolerance warning = kTolerance;
  warning.severity = Severity::kWarn;
  const auto with_warning = [&](ChangeOutcome outcome) {
    JudgedChange judged = MadeUpChange(outcome);
    judged.tolerance = &warning;
    return judged;
  };
  const Check check = ChangeCheck(with_warning(ChangeOutcome::kRegressed), {}, kContext);
  EXPECT_EQ(check.status, CheckStatus::kWarn);
  EXPECT_EQ(check.change->outcome, "regressed");
  EXPECT_EQ(check.reason_code, Reason::kRegressed);
  EXPECT_EQ(ChangeCheck(with_warning(ChangeOutcome::kRegressed), {"base"}, kContext).status,
            CheckStatus::kFail);
  EXPECT_EQ(ChangeCheck(with_warning(ChangeOutcome::kUndecided), {}, kContext).status,
            CheckStatus::kInsufficient);
}

TEST(ChangeCheck, NamesAComparisonWithTheRelease) {
  PairsFile release = kFile;
  release.against = Against::kRelease;
  JudgedChange judged = MadeUpChange(ChangeOutcome::kOk);
  judged.file = &release;
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).id, "times.since_release");
}

TEST(ChangeCheck, ShowsTheToleranceThatAWaiverReplaced) {
  const Waiver waiver = {.benchmark = "*",
                         .reason = "r",
                         .owner = "o",
                         .ceiling = Allowance{.value = 1, .text = "100%"},
                         .expires = absl::CivilDay(2026, 12, 31)};
  JudgedChange judged = MadeUpChange(ChangeOutcome::kOk);
  judged.waiver = &waiver;
  judged.allowance = *waiver.ceiling;
  const Check check = ChangeCheck(judged, {}, kContext);
  EXPECT_EQ(check.threshold.value, 1);
  ASSERT_TRUE(check.overridden.has_value());
  EXPECT_EQ(check.overridden->original_text, "25%");
  EXPECT_EQ(check.overridden->source, "waiver by o until 2026-12-31");
  PairsFile release = kFile;
  release.against = Against::kRelease;
  judged.file = &release;
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).overridden->original_text, "50%");
}

TEST(ChangeCheck, FailsADefectByItsNameUnlessTheAbsenceIsWaived) {
  const Waiver absent = {.benchmark = "*", .reason = "new", .owner = "o"};
  JudgedChange judged = MadeUpChange(ChangeOutcome::kUndecided);
  for (const PairsDefect defect : {PairsDefect::kMissing, PairsDefect::kError, PairsDefect::kNoTime,
                                   PairsDefect::kUnitChanged, PairsDefect::kNoTolerance}) {
    judged.defect = defect;
    judged.defect_text = "text";
    judged.waiver = nullptr;
    const Check check = ChangeCheck(judged, {}, kContext);
    EXPECT_EQ(check.status, CheckStatus::kFail);
    EXPECT_EQ(check.change->outcome, Name(defect));
    EXPECT_EQ(check.reason, "text");
    EXPECT_EQ(check.samples, std::nullopt);
    judged.waiver = &absent;
    EXPECT_EQ(ChangeCheck(judged, {}, kContext).status,
              defect == PairsDefect::kMissing ? CheckStatus::kPass : CheckStatus::kFail);
  }
}

TEST(ChangeCheck, WithoutAToleranceHasANameOfItsOwn) {
  JudgedChange judged = {.file = &kFile, .benchmark = "BM_A", .defect = PairsDefect::kNoTolerance};
  const Check check = ChangeCheck(judged, {}, kContext);
  EXPECT_EQ(check.id, "regression");
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_EQ(check.change->outcome, "no_tolerance");
}

// ---- Controls ----

JudgedChange Control(Comparison comparison, ChangeOutcome outcome) {
  JudgedChange judged = MadeUpChange(outcome);
  judged.comparison = comparison;
  return judged;
}

std::vector<std::pair<std::string, Check>> ChecksOf(const std::vector<JudgedChange>& judged) {
  return ControlChecks(kFile, judged, kContext);
}

TEST(QuietControl, IsQuietUnlessSomethingWasFoundOrNothingMeasured) {
  const JudgedChange slowed = Control(Comparison::kSlowedControl, ChangeOutcome::kRegressed);
  const auto quiet = [&](const JudgedChange& judged) {
    return ChecksOf({judged, slowed})[0].second;
  };
  for (const auto& [outcome, status] : {std::pair(ChangeOutcome::kOk, CheckStatus::kPass),
                                        {ChangeOutcome::kUndecided, CheckStatus::kPass},
                                        {ChangeOutcome::kImproved, CheckStatus::kInvalid},
                                        {ChangeOutcome::kRegressed, CheckStatus::kInvalid}}) {
    const Check check = quiet(Control(Comparison::kQuietControl, outcome));
    EXPECT_EQ(check.status, status) << Name(outcome);
    EXPECT_EQ(check.change->outcome, status == CheckStatus::kPass ? "quiet" : "not_quiet");
    EXPECT_EQ(check.id, "quiet_control");
    EXPECT_EQ(check.samples, 100);
    EXPECT_TRUE(check.confidence.has_value());
  }
  JudgedChange unfit = Control(Comparison::kQuietControl, ChangeOutcome::kUndecided);
  unfit.change = {};
  EXPECT_EQ(quiet(unfit).status, CheckStatus::kInvalid) << "nothing measured is not quiet";
  unfit = Control(Comparison::kQuietControl, ChangeOutcome::kOk);
  unfit.defect = PairsDefect::kError;
  unfit.defect_text = "crash";
  EXPECT_EQ(quiet(unfit).status, CheckStatus::kInvalid);
  EXPECT_EQ(quiet(unfit).reason, "crash");
}

TEST(SlowedControl, MustBeFound) {
  const JudgedChange quiet = Control(Comparison::kQuietControl, ChangeOutcome::kOk);
  const auto slowed = [&](const JudgedChange& judged) {
    return ChecksOf({quiet, judged})[1].second;
  };
  struct Row {
    ChangeOutcome outcome;
    CheckStatus status;
    const char* name;
  };
  for (const Row& row : {Row{ChangeOutcome::kRegressed, CheckStatus::kPass, "caught"},
                         Row{ChangeOutcome::kUndecided, CheckStatus::kInsufficient, "undecided"},
                         Row{ChangeOutcome::kOk, CheckStatus::kInvalid, "missed"},
                         Row{ChangeOutcome::kImproved, CheckStatus::kInvalid, "missed"}}) {
    const Check check = slowed(Control(Comparison::kSlowedControl, row.outcome));
    EXPECT_EQ(check.status, row.status) << row.name;
    EXPECT_EQ(check.change->outcome, row.name);
    EXPECT_EQ(check.id, "slowed_control");
    EXPECT_THAT(check.reason, HasSubstr("the slowdown planted by SLOW=10%"));
    EXPECT_THAT(check.reason, Not(HasSubstr("no pair was measured")));
  }
  JudgedChange none = Control(Comparison::kSlowedControl, ChangeOutcome::kUndecided);
  none.change = PairedChange{};
  EXPECT_THAT(slowed(none).reason, HasSubstr("no pair was measured"));
  JudgedChange unfit = Control(Comparison::kSlowedControl, ChangeOutcome::kRegressed);
  unfit.defect = PairsDefect::kMissing;
  EXPECT_EQ(slowed(unfit).status, CheckStatus::kInvalid);
  EXPECT_EQ(slowed(unfit).change->outcome, "missed");
}

TEST(ControlChecks, AreThoseOfTheFileAndNoChanges) {
  const PairsFile other = {.file = "other.json"};
  JudgedChange of_other = Control(Comparison::kQuietControl, ChangeOutcome::kRegressed);
  of_other.file = &other;
  const auto checks = ChecksOf({of_other, MadeUpChange(ChangeOutcome::kRegressed),
                                Control(Comparison::kQuietControl, ChangeOutcome::kOk),
                                Control(Comparison::kSlowedControl, ChangeOutcome::kRegressed)});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].first, "control: BM_A");
  EXPECT_EQ(checks[0].second.change->outcome, "quiet");
  EXPECT_EQ(checks[1].second.change->outcome, "caught");
}

TEST(ControlChecks, AreInvalidWithoutAQuietOne) {
  const auto checks = ChecksOf({Control(Comparison::kSlowedControl, ChangeOutcome::kRegressed)});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[1].first, "control: pairs.json");
  EXPECT_EQ(checks[1].second.id, "quiet_control");
  EXPECT_EQ(checks[1].second.status, CheckStatus::kInvalid);
  EXPECT_EQ(checks[1].second.change->outcome, "missing");
  EXPECT_EQ(ChecksOf({}).size(), 1U);
}

// The quiet control with so many pairs that scatter by next to nothing.
Check Computed(int pairs, int spread_in_thousandths = 0) {
  JudgedChange quiet = Control(Comparison::kQuietControl, ChangeOutcome::kOk);
  for (int i = 0; i < pairs; ++i) {
    quiet.log_ratios.push_back((i % 2 == 0 ? 1e-3 : -1e-3) * spread_in_thousandths + 1e-9 * i);
  }
  const auto checks = ChecksOf({quiet});
  EXPECT_EQ(checks.size(), 2U);
  return checks[1].second;
}

TEST(ComputedControl, IsTwiceWhatIsToleratedPlantedInTheQuietOne) {
  const Check check = Computed(16);
  EXPECT_EQ(check.id, "slowed_control");
  EXPECT_NEAR(*check.actual, 0.5, 1e-6);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  EXPECT_EQ(check.change->outcome, "caught");
  EXPECT_EQ(check.confidence, std::nullopt) << "it claims nothing about the builds";
  EXPECT_THAT(check.reason, HasSubstr("+50"));
}

TEST(ComputedControl, PaysForComparisonsAndLooks) {
  // All increases: 2^-n, times four comparisons of three looks each, must come to 1 % at most.
  EXPECT_NEAR(*Computed(16).change->p_increase, 12 * std::exp2(-16), 1e-15);
  EXPECT_EQ(Computed(11).status, CheckStatus::kPass);
  EXPECT_EQ(Computed(10).status, CheckStatus::kInsufficient);
  EXPECT_EQ(Computed(2).change->p_increase, 1) << "no more than certainty";
  EXPECT_EQ(Computed(0).status, CheckStatus::kInsufficient);
}

TEST(ComputedControl, IsUndecidedWhereTheQuietOneScattersTooMuch) {
  EXPECT_EQ(Computed(16, 200).change->outcome, "caught");
  EXPECT_EQ(Computed(16, 2'000).change->outcome, "undecided");
}

TEST(UnusedTolerance, FailsByItsName) {
  const Check check = UnusedToleranceCheck(kTolerance, kContext);
  EXPECT_EQ(check.id, "times");
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_EQ(check.status, CheckStatus::kFail);
  EXPECT_EQ(check.change->outcome, "missing");
  EXPECT_EQ(check.change->tolerance, 0.25);
  EXPECT_EQ(check.threshold.text, "25%");
  EXPECT_EQ(check.why, "because");
  EXPECT_EQ(check.rows, 1);
}

TEST(ChangeCheck, SpendsTheWholeErrorWhereThereIsOneComparison) {
  for (const auto& [comparisons, confidence] :
       {std::pair<size_t, double>(0, 0.99), {1, 0.99}, {2, 0.995}, {10, 0.999}}) {
    const CheckContext context = {.error = 0.01, .comparisons = comparisons};
    EXPECT_DOUBLE_EQ(*ChangeCheck(MadeUpChange(ChangeOutcome::kOk), {}, context).confidence,
                     confidence);
  }
}

TEST(ControlChecks, WithoutAQuietOneClaimNothing) {
  const Check check = ChecksOf({})[0].second;
  EXPECT_EQ(check.threshold.value, 0);
  EXPECT_EQ(check.change->tolerance, 0);
  EXPECT_EQ(check.rows, 1);
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_EQ(check.samples, std::nullopt);
}

}  // namespace
}  // namespace slo::tools
