// Controls as checks, from decisions that were made up.

#include "tools/slo_gate/comparison/control_checks.h"

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

JudgedChange ControlOf(Comparison comparison, ChangeOutcome outcome) {
  JudgedChange judged = MadeUpChange(outcome);
  judged.comparison = comparison;
  return judged;
}

std::vector<std::pair<std::string, Check>> ChecksOf(const std::vector<JudgedChange>& judged) {
  return ControlChecks(kFile, judged, kContext);
}

TEST(QuietControl, IsQuietWhenItWasShownToCostNoMore) {
  const JudgedChange slowed = ControlOf(Comparison::kSlowedControl, ChangeOutcome::kRegressed);
  const auto quiet = [&](const JudgedChange& judged) {
    return ChecksOf({judged, slowed})[0].second;
  };
  for (const auto& [outcome, status] : {std::pair(ChangeOutcome::kOk, CheckStatus::kPass),
                                        {ChangeOutcome::kUndecided, CheckStatus::kInsufficient},
                                        {ChangeOutcome::kImproved, CheckStatus::kInvalid},
                                        {ChangeOutcome::kRegressed, CheckStatus::kInvalid}}) {
    const Check check = quiet(ControlOf(Comparison::kQuietControl, outcome));
    EXPECT_EQ(check.status, status) << Name(outcome);
    EXPECT_EQ(check.change()->outcome, status == CheckStatus::kPass           ? Reason::kQuiet
                                       : status == CheckStatus::kInsufficient ? Reason::kUndecided
                                                                              : Reason::kNotQuiet);
    EXPECT_EQ(check.id, "quiet_control");
    EXPECT_EQ(check.samples, 100);
    EXPECT_TRUE(check.confidence.has_value());
  }
  JudgedChange unfit = ControlOf(Comparison::kQuietControl, ChangeOutcome::kUndecided);
  unfit.change = {};
  EXPECT_EQ(quiet(unfit).status, CheckStatus::kInvalid) << "nothing measured is not quiet";
  unfit = ControlOf(Comparison::kQuietControl, ChangeOutcome::kOk);
  unfit.defect = Defect{.reason = Reason::kError, .message = "crash"};
  EXPECT_EQ(quiet(unfit).status, CheckStatus::kInvalid);
  EXPECT_EQ(quiet(unfit).change()->defect->message, "crash");
}

TEST(SlowedControl, MustBeFound) {
  const JudgedChange quiet = ControlOf(Comparison::kQuietControl, ChangeOutcome::kOk);
  const auto slowed = [&](const JudgedChange& judged) {
    return ChecksOf({quiet, judged})[1].second;
  };
  struct Row {
    ChangeOutcome outcome;
    CheckStatus status;
    Reason found;
  };
  for (const Row& row :
       {Row{ChangeOutcome::kRegressed, CheckStatus::kPass, Reason::kCaught},
        Row{ChangeOutcome::kUndecided, CheckStatus::kInsufficient, Reason::kUndecided},
        Row{ChangeOutcome::kOk, CheckStatus::kInvalid, Reason::kMissed},
        Row{ChangeOutcome::kImproved, CheckStatus::kInvalid, Reason::kMissed}}) {
    const Check check = slowed(ControlOf(Comparison::kSlowedControl, row.outcome));
    EXPECT_EQ(check.status, row.status) << Name(row.found);
    EXPECT_EQ(check.change()->outcome, row.found);
    EXPECT_EQ(check.change()->control, Control::kSlowed);
    EXPECT_EQ(check.id, "slowed_control");
    EXPECT_EQ(check.change()->planted_by, "SLOW=10%");
    EXPECT_EQ(check.samples, 100);
  }
  JudgedChange none = ControlOf(Comparison::kSlowedControl, ChangeOutcome::kUndecided);
  none.change = PairedChange{};
  EXPECT_EQ(slowed(none).samples, 0);
  EXPECT_EQ(slowed(none).actual, std::nullopt);
  JudgedChange unfit = ControlOf(Comparison::kSlowedControl, ChangeOutcome::kRegressed);
  unfit.defect = Defect{.reason = Reason::kMissing};
  EXPECT_EQ(slowed(unfit).status, CheckStatus::kInvalid);
  EXPECT_EQ(slowed(unfit).change()->outcome, Reason::kMissed);
}

TEST(ControlChecks, AreThoseOfTheFileAndNoChanges) {
  const PairsFile other = {.file = "other.json"};
  JudgedChange of_other = ControlOf(Comparison::kQuietControl, ChangeOutcome::kRegressed);
  of_other.file = &other;
  const auto checks = ChecksOf({of_other, MadeUpChange(ChangeOutcome::kRegressed),
                                ControlOf(Comparison::kQuietControl, ChangeOutcome::kOk),
                                ControlOf(Comparison::kSlowedControl, ChangeOutcome::kRegressed)});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].first, "control: BM_A");
  EXPECT_EQ(checks[0].second.change()->outcome, Reason::kQuiet);
  EXPECT_EQ(checks[1].second.change()->outcome, Reason::kCaught);
}

TEST(ControlChecks, AreInvalidWithoutAQuietOne) {
  const auto checks = ChecksOf({ControlOf(Comparison::kSlowedControl, ChangeOutcome::kRegressed)});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[1].first, "control: pairs.json");
  EXPECT_EQ(checks[1].second.id, "quiet_control");
  EXPECT_EQ(checks[1].second.status, CheckStatus::kInvalid);
  EXPECT_EQ(checks[1].second.change()->outcome, Reason::kMissing);
  EXPECT_EQ(ChecksOf({}).size(), 1U);
}

// The quiet control with so many pairs that scatter by next to nothing.
Check Computed(int pairs, int spread_in_thousandths = 0) {
  JudgedChange quiet = ControlOf(Comparison::kQuietControl, ChangeOutcome::kOk);
  for (int i = 0; i < pairs; ++i) {
    quiet.log_ratios.push_back((i % 2 == 0 ? 1e-3 : -1e-3) * spread_in_thousandths + 1e-9 * i);
  }
  PairsFile file = kFile;
  file.slowdown.reset();
  quiet.file = &file;
  const auto checks = ControlChecks(file, {quiet}, kContext);
  EXPECT_EQ(checks.size(), 2U);
  return checks[1].second;
}

TEST(SlowedControl, IsMissedWhereTheFileSaysWhatSlowedItAndHasNone) {
  const auto checks = ChecksOf({ControlOf(Comparison::kQuietControl, ChangeOutcome::kOk)});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[1].second.id, "slowed_control");
  EXPECT_EQ(checks[1].second.status, CheckStatus::kInvalid);
  EXPECT_EQ(checks[1].second.change()->defect->absent, Absent::kControl);
}

TEST(ComputedControl, IsTwiceWhatIsToleratedPlantedInTheQuietOne) {
  const Check check = Computed(16);
  EXPECT_EQ(check.id, "slowed_control");
  EXPECT_NEAR(*check.actual, 0.5, 1e-6);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  EXPECT_EQ(check.change()->outcome, Reason::kCaught);
  EXPECT_EQ(check.confidence, std::nullopt) << "it claims nothing about the builds";
  EXPECT_EQ(check.change()->planted_change, 0.5);
}

TEST(ComputedControl, PaysForComparisonsAndAnalyses) {
  // All increases: 2^-n, times four comparisons of two analyses each, must come to 1 % at most. The
  // first of the three, after 8 pairs, cannot decide: 2^-8 is more than 0.01 / 4 / 3.
  EXPECT_NEAR(*Computed(16).change()->p_increase, 8 * std::exp2(-16), 1e-15);
  EXPECT_EQ(Computed(10).status, CheckStatus::kPass);
  EXPECT_EQ(Computed(9).status, CheckStatus::kInsufficient);
  EXPECT_EQ(Computed(2).change()->p_increase, 1) << "no more than certainty";
  EXPECT_EQ(Computed(0).status, CheckStatus::kInvalid) << "no pair shows nothing";
}

TEST(ComputedControl, IsUndecidedWhereTheQuietOneScattersTooMuch) {
  EXPECT_EQ(Computed(16, 200).change()->outcome, Reason::kCaught);
  EXPECT_EQ(Computed(16, 2'000).change()->outcome, Reason::kUndecided);
}

TEST(ControlChecks, WithoutAQuietOneClaimNothing) {
  const Check check = ChecksOf({})[0].second;
  EXPECT_EQ(check.threshold.value, 0);
  EXPECT_EQ(check.change()->tolerance, 0);
  EXPECT_EQ(check.rows, 1);
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_EQ(check.samples, std::nullopt);
}

}  // namespace
}  // namespace slo::tools
