// What becomes of a decision on two builds as a check, from decisions that were made up.

#include "tools/slo_gate/comparison/change_check.h"

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/made_up_change_testing.h"

namespace slo::tools {
namespace {

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
  EXPECT_EQ(check.change()->tolerance, 0.25);
  EXPECT_EQ(check.change()->lower, 0);
  EXPECT_EQ(check.change()->upper, 0.25);
  EXPECT_EQ(check.change()->p_increase, 0.5);
  EXPECT_EQ(check.change()->smallest_visible,
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
    Reason found;
  };
  const std::vector<BuildSide> both = {BuildSide::kBase, BuildSide::kCandidate};
  for (const Row& row :
       {Row{ChangeOutcome::kOk, CheckStatus::kPass, Reason::kOk},
        Row{ChangeOutcome::kImproved, CheckStatus::kPass, Reason::kImproved},
        Row{ChangeOutcome::kUndecided, CheckStatus::kInsufficient, Reason::kUndecided},
        Row{ChangeOutcome::kRegressed, CheckStatus::kFail, Reason::kRegressed}}) {
    const Check check = ChangeCheck(MadeUpChange(row.outcome), {}, kContext);
    EXPECT_EQ(check.status, row.status) << Name(row.found);
    EXPECT_EQ(check.reason, row.found);
    EXPECT_EQ(check.change()->outcome, row.found);
    EXPECT_EQ(check.change()->more_pairs_needed.has_value(),
              row.outcome == ChangeOutcome::kUndecided);
    // Whatever it is, a debug build fails.
    const Check debug = ChangeCheck(MadeUpChange(row.outcome), both, kContext);
    EXPECT_EQ(debug.status, CheckStatus::kFail) << Name(row.found);
    EXPECT_EQ(debug.reason, Reason::kDebugBuild);
    EXPECT_EQ(debug.change()->debug_sides, both);
  }
}

TEST(ChangeCheck, SaysHowManyMorePairsWouldDecide) {
  JudgedChange judged = MadeUpChange(ChangeOutcome::kUndecided);
  // The limit is as far away as it may be: one more is the least.
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change()->more_pairs_needed, 1);
  judged.change.interval->upper = 0.3125;
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change()->more_pairs_needed, 125);
  judged.change.change = 0.25;
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change()->more_pairs_needed, std::nullopt);
  judged.change = {.pairs = 5, .change = 0.1, .pairs_for_interval = 14};
  EXPECT_EQ(ChangeCheck(judged, {}, kContext).change()->more_pairs_needed, 9);
}

TEST(ChangeCheck, HasNoBoundWithoutAnIntervalAndNoValueWithoutPairs) {
  JudgedChange judged = MadeUpChange(ChangeOutcome::kUndecided);
  judged.change = {.pairs = 5, .change = 0.1, .pairs_for_interval = 14};
  const Check few = ChangeCheck(judged, {}, kContext);
  EXPECT_EQ(few.samples, 5);
  EXPECT_EQ(few.actual, 0.1);
  EXPECT_EQ(few.change()->p_increase, 0.5);
  EXPECT_EQ(few.bound, std::nullopt);
  EXPECT_EQ(few.confidence, std::nullopt);
  EXPECT_EQ(few.headroom, std::nullopt);
  EXPECT_EQ(few.change()->smallest_visible, std::nullopt);
  judged.change = {.pairs_for_interval = 14};
  const Check none = ChangeCheck(judged, {}, kContext);
  EXPECT_EQ(none.samples, 0);
  EXPECT_EQ(none.actual, std::nullopt);
  EXPECT_EQ(none.change()->p_increase, std::nullopt);
  EXPECT_EQ(none.status, CheckStatus::kInsufficient);
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
  EXPECT_EQ(check.change()->outcome, Reason::kRegressed);
  EXPECT_EQ(check.reason, Reason::kRegressed);
  EXPECT_EQ(
      ChangeCheck(with_warning(ChangeOutcome::kRegressed), {BuildSide::kBase}, kContext).status,
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
  for (const Reason defect : {Reason::kMissing, Reason::kError, Reason::kNoTime,
                              Reason::kUnitChanged, Reason::kNoTolerance}) {
    judged.defect = Defect{.reason = defect, .message = "text"};
    judged.waiver = nullptr;
    const Check check = ChangeCheck(judged, {}, kContext);
    EXPECT_EQ(check.status, CheckStatus::kFail);
    EXPECT_EQ(check.change()->outcome, defect);
    EXPECT_EQ(check.change()->defect, judged.defect);
    EXPECT_EQ(check.samples, std::nullopt);
    judged.waiver = &absent;
    EXPECT_EQ(ChangeCheck(judged, {}, kContext).status,
              defect == Reason::kMissing ? CheckStatus::kPass : CheckStatus::kFail);
  }
}

TEST(ChangeCheck, WithoutAToleranceHasANameOfItsOwn) {
  const JudgedChange judged = {
      .file = &kFile, .benchmark = "BM_A", .defect = Defect{.reason = Reason::kNoTolerance}};
  const Check check = ChangeCheck(judged, {}, kContext);
  EXPECT_EQ(check.id, "regression");
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_EQ(check.change()->outcome, Reason::kNoTolerance);
}

TEST(UnusedTolerance, FailsByItsName) {
  const Check check = UnusedToleranceCheck(kTolerance, kContext);
  EXPECT_EQ(check.id, "times");
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_EQ(check.status, CheckStatus::kFail);
  EXPECT_EQ(check.change()->outcome, Reason::kMissing);
  EXPECT_EQ(check.change()->tolerance, 0.25);
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

}  // namespace
}  // namespace slo::tools
