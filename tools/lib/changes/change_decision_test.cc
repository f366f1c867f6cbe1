// Decisions at their boundaries, from changes with figures that were made up for them.

#include <cmath>
#include <optional>
#include <vector>

#include "gtest/gtest.h"
#include "tools/lib/changes/paired_change.h"

namespace slo::tools {
namespace {

constexpr double kError = 0.01;
constexpr double kTolerance = 0.25;  // exact in binary, as is 1 / 1.25 - 1 to the last bit of it
constexpr double kImprovement = 1 / 1.25 - 1;

struct MadeUp {
  double change = 0;
  std::optional<ChangeInterval> interval = ChangeInterval{-1, 1};
  double p_increase = 1;
  double p_decrease = 1;
};

ChangeOutcome MadeUpOutcome(const MadeUp& made_up) {
  const PairedChange change = {
      .pairs = 100, .change = made_up.change, .interval = made_up.interval};
  return Decide(change, made_up.p_increase, made_up.p_decrease, kTolerance, kError);
}

double JustAbove(double value) { return std::nextafter(value, 10); }
double JustBelow(double value) { return std::nextafter(value, -10); }

TEST(Decide, CallsRegressedWhatIsSignificantAndAboveTheTolerance) {
  EXPECT_EQ(MadeUpOutcome({.change = JustAbove(kTolerance), .p_increase = kError}),
            ChangeOutcome::kRegressed);
  EXPECT_EQ(MadeUpOutcome({.change = kTolerance, .p_increase = kError}), ChangeOutcome::kUndecided);
  EXPECT_EQ(MadeUpOutcome({.change = 0.5, .p_increase = JustAbove(kError)}),
            ChangeOutcome::kUndecided);
  EXPECT_EQ(MadeUpOutcome({.change = 0.5, .interval = std::nullopt, .p_increase = kError}),
            ChangeOutcome::kRegressed)
      << "for that no interval is needed";
}

TEST(Decide, CallsImprovedWhatIsSignificantAndAsFarBelow) {
  EXPECT_EQ(MadeUpOutcome({.change = JustBelow(kImprovement), .p_decrease = kError}),
            ChangeOutcome::kImproved);
  EXPECT_EQ(MadeUpOutcome({.change = kImprovement, .p_decrease = kError}),
            ChangeOutcome::kUndecided);
  EXPECT_EQ(MadeUpOutcome({.change = -0.5, .p_decrease = JustAbove(kError)}),
            ChangeOutcome::kUndecided);
  EXPECT_EQ(MadeUpOutcome({.change = -0.5, .interval = std::nullopt, .p_decrease = kError}),
            ChangeOutcome::kUndecided);
}

TEST(Decide, CallsOkWhatHasItsUpperLimitBelowTheTolerance) {
  EXPECT_EQ(MadeUpOutcome({.interval = ChangeInterval{-1, JustBelow(kTolerance)}}),
            ChangeOutcome::kOk);
  EXPECT_EQ(MadeUpOutcome({.interval = ChangeInterval{-1, kTolerance}}), ChangeOutcome::kUndecided);
  EXPECT_EQ(MadeUpOutcome({.interval = std::nullopt}), ChangeOutcome::kUndecided);
}

TEST(Decide, CallsASmallSignificantDecreaseOk) {
  EXPECT_EQ(
      MadeUpOutcome({.change = -0.1, .interval = ChangeInterval{-0.15, -0.05}, .p_decrease = 0}),
      ChangeOutcome::kOk);
}

TEST(DecideByPlan, MultipliesByComparisonsAndAnalyses) {
  // 1 % over 10 comparisons of 6 analyses: 60 p-values of at most 1 / 6,000.
  constexpr ErrorPlan kPlan = {.error = 0.01, .comparisons = 10, .analyses = 6};
  EXPECT_DOUBLE_EQ(kPlan.share(), 0.01 / 60);
  const auto decide = [&](double change, double p_increase, double p_decrease) {
    return DecideByPlan({.pairs = 100,
                         .change = change,
                         .interval = ChangeInterval{-1, 1},
                         .p_increase = p_increase,
                         .p_decrease = p_decrease},
                        kTolerance, kPlan);
  };
  EXPECT_EQ(decide(0.5, 0.00016, 1), ChangeOutcome::kRegressed);
  EXPECT_EQ(decide(0.5, 0.00017, 1), ChangeOutcome::kUndecided);
  EXPECT_EQ(decide(-0.5, 1, 0.00016), ChangeOutcome::kImproved);
  EXPECT_EQ(decide(-0.5, 1, 0.00017), ChangeOutcome::kUndecided);
}

TEST(LogRatios, AreOfTheCandidateOverTheBase) {
  const std::vector<double> ratios =
      LogRatios(std::vector<double>{1, 4}, std::vector<double>{2, 2});
  ASSERT_EQ(ratios.size(), 2U);
  EXPECT_DOUBLE_EQ(ratios[0], std::log(2));
  EXPECT_DOUBLE_EQ(ratios[1], -std::log(2));
}

TEST(EvaluatePairs, EqualsAnExampleByHand) {
  // Three increases: T = 6 with a probability of 1/8. The averages of two range from 0.1 to 0.3,
  // with 0.2 in the middle.
  const std::vector<double> ratios = {0.3, 0.1, 0.2};
  const PairedChange change = EvaluatePairs(ratios, 0.125);
  EXPECT_EQ(change.pairs, 3);
  EXPECT_EQ(change.pairs_for_interval, 3);
  EXPECT_NEAR(change.change, std::expm1(0.2), 1e-12);
  ASSERT_TRUE(change.interval.has_value());
  EXPECT_NEAR(change.interval->lower, std::expm1(0.1), 1e-12);
  EXPECT_NEAR(change.interval->upper, std::expm1(0.3), 1e-12);
  EXPECT_DOUBLE_EQ(change.p_increase, 0.125);
  EXPECT_DOUBLE_EQ(change.p_decrease, 1);
  // Just below an eighth three are one too few; the estimate and the tests stay.
  const PairedChange without = EvaluatePairs(ratios, 0.124);
  EXPECT_EQ(without.pairs_for_interval, 4);
  EXPECT_FALSE(without.interval.has_value());
  EXPECT_NEAR(without.change, std::expm1(0.2), 1e-12);
  EXPECT_DOUBLE_EQ(without.p_increase, 0.125);
}

TEST(EvaluatePairs, KnowsNothingFromNoPairs) {
  const PairedChange change = EvaluatePairs({}, 1e-4);
  EXPECT_EQ(change.change, 0);
  EXPECT_EQ(change.p_increase, 1);
  EXPECT_EQ(change.p_decrease, 1);
  EXPECT_EQ(change.pairs_for_interval, 14);
}

TEST(EvaluatePairs, DoesNotDependOnTheOrderOfThePairs) {
  const PairedChange one = EvaluatePairs(std::vector<double>{0.1, -0.2, 0.4, 0.3, 0.05}, 0.1);
  const PairedChange other = EvaluatePairs(std::vector<double>{0.4, 0.05, 0.3, 0.1, -0.2}, 0.1);
  EXPECT_EQ(one.change, other.change);
  EXPECT_EQ(one.interval->lower, other.interval->lower);
  EXPECT_EQ(one.interval->upper, other.interval->upper);
  EXPECT_EQ(one.p_increase, other.p_increase);
}

PairedChange MeasuredChange(int64_t pairs, double change, double lower, double upper) {
  return {.pairs = pairs, .change = change, .interval = ChangeInterval{lower, upper}};
}

TEST(PairsToDecide, EqualsExamplesByHand) {
  // The limit is 0.75 away and may be 0.5: 1.5 times as near takes 2.25 times the pairs.
  EXPECT_EQ(PairsToDecide(MeasuredChange(100, 0.25, -9, 1), 0.75), 225);
  EXPECT_EQ(PairsToDecide(MeasuredChange(100, 0.5, -0.25, 9), 0.25), 225);
  // 101 x 2.25 is 227.25; a part of a pair is one.
  EXPECT_EQ(PairsToDecide(MeasuredChange(101, 0.25, -9, 1), 0.75), 228);
  // Near enough already: one more is the least.
  EXPECT_EQ(PairsToDecide(MeasuredChange(100, 0.25, -9, 0.5), 0.75), 101);
  EXPECT_EQ(PairsToDecide(MeasuredChange(100, 0.5, 0.25, 9), 0.25), 101);
}

TEST(PairsToDecide, HasNoAnswerAtTheToleranceOrBeyondAReasonableNumber) {
  EXPECT_EQ(PairsToDecide(MeasuredChange(100, 0.75, -9, 1), 0.75), std::nullopt);
  EXPECT_EQ(PairsToDecide(MeasuredChange(25'000, 0, -9, 1), 0.5), 100'000);
  EXPECT_EQ(PairsToDecide(MeasuredChange(25'001, 0, -9, 1), 0.5), std::nullopt);
}

TEST(PairsToDecide, AsksForAnIntervalFirst) {
  PairedChange change = {.pairs = 5, .pairs_for_interval = 14};
  EXPECT_EQ(PairsToDecide(change, 0.03), 14);
  change.pairs = 13;
  EXPECT_EQ(PairsToDecide(change, 0.03), 14);
  change.pairs = 14;
  EXPECT_EQ(PairsToDecide(change, 0.03), 15);
}

TEST(SmallestVisibleChange, EqualsExamplesByHand) {
  const PairedChange change = MeasuredChange(100, 0, -0.125, 0.375);
  // Half of the width is 0.25. At an error of 10 % the power of 90 % takes as much again.
  EXPECT_NEAR(*SmallestVisibleChange(change, 0.1), 0.5, 1e-12);
  EXPECT_NEAR(*SmallestVisibleChange(change, 0.05), 0.25 * 1.7791280297, 1e-9);
  EXPECT_EQ(SmallestVisibleChange({.pairs = 3}, 0.1), std::nullopt);
}

TEST(ChangeOutcomeName, IsTheOneInTheEvidence) {
  EXPECT_EQ(Name(ChangeOutcome::kOk), "ok");
  EXPECT_EQ(Name(ChangeOutcome::kImproved), "improved");
  EXPECT_EQ(Name(ChangeOutcome::kUndecided), "undecided");
  EXPECT_EQ(Name(ChangeOutcome::kRegressed), "regressed");
}

TEST(DecidingAnalyses, LeaveOutWhatIsTooSmallToDecide) {
  // 16 pairs have a p-value of 1.5e-5 at least; 0.01 of 93 comparisons and 7 analyses is 1.536e-5.
  const std::vector<int64_t> planned = {16, 32, 64, 128, 256, 512, 1'024};
  EXPECT_EQ(DecidingAnalyses(planned, 0.01, 93), planned);
  EXPECT_EQ(DecidingAnalyses(planned, 0.01, 94),
            std::vector<int64_t>(planned.begin() + 1, planned.end()));
  // The last stays, whatever it can decide.
  EXPECT_EQ(DecidingAnalyses(std::vector<int64_t>{2, 3}, 0.01, 1), std::vector<int64_t>{3});
  EXPECT_EQ(DecidingAnalyses(std::vector<int64_t>{}, 0.01, 1), std::vector<int64_t>{});
}

TEST(PairsToJudge, AreThoseOfTheLastPlannedAnalysis) {
  const std::vector<int64_t> planned = {16, 32, 64};
  for (const auto& [pairs, judged] :
       {std::pair(0, 0), {15, 15}, {16, 16}, {31, 16}, {32, 32}, {63, 32}, {64, 64}, {65, 64}}) {
    EXPECT_EQ(PairsToJudge(planned, pairs), judged) << pairs;
  }
  EXPECT_EQ(PairsToJudge({}, 7), 7);
}

}  // namespace
}  // namespace slo::tools
