#include "tools/lib/changes/paired_change.h"

#include <cmath>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

// Pairs around a change, with a scatter as it was measured on shared machines.
std::vector<double> Pairs(int count, double change, double scatter = 0.023, unsigned seed = 1) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise(std::log1p(change), scatter);
  std::vector<double> ratios;
  for (int i = 0; i < count; ++i) ratios.push_back(noise(random));
  return ratios;
}

constexpr ErrorPlan kPlan = {.error = 0.01, .comparisons = 10, .analyses = 6};

ChangeOutcome OutcomeOf(const std::vector<double>& ratios, double tolerance) {
  return DecideByPlan(EvaluatePairs(ratios, kPlan.share()), tolerance, kPlan);
}

TEST(EvaluatePairs, EstimatesTheChangeBetweenItsLimits) {
  const PairedChange change = EvaluatePairs(Pairs(64, 0.05), 1e-4);
  ASSERT_TRUE(change.interval.has_value());
  EXPECT_EQ(change.pairs, 64);
  EXPECT_NEAR(change.change, 0.05, 0.01);
  EXPECT_LT(change.interval->lower, change.change);
  EXPECT_GT(change.interval->upper, change.change);
  EXPECT_LT(change.p_increase, 1e-9);
  EXPECT_GT(change.p_decrease, 0.999);
}

TEST(EvaluatePairs, SwapsWithItsSides) {
  const std::vector<double> base = {100, 104, 98, 101, 99, 103, 97, 100};
  const std::vector<double> candidate = {106, 108, 103, 108, 104, 109, 101, 107};
  const PairedChange one = EvaluatePairs(LogRatios(base, candidate), 0.05);
  const PairedChange other = EvaluatePairs(LogRatios(candidate, base), 0.05);
  EXPECT_NEAR((1 + one.change) * (1 + other.change), 1, 1e-12);
  EXPECT_EQ(one.p_increase, other.p_decrease);
  EXPECT_NEAR((1 + one.interval->lower) * (1 + other.interval->upper), 1, 1e-12);
}

TEST(EvaluatePairs, HasNoIntervalWithoutEnoughPairs) {
  EXPECT_FALSE(EvaluatePairs(Pairs(13, 0.2), 1e-4).interval.has_value());
  EXPECT_TRUE(EvaluatePairs(Pairs(14, 0.2), 1e-4).interval.has_value());
  EXPECT_EQ(EvaluatePairs({}, 1e-4).pairs, 0);
  EXPECT_EQ(EvaluatePairs({}, 1e-4).p_increase, 1);
}

TEST(DecideByPlan, TellsTheFourOutcomesApart) {
  EXPECT_EQ(OutcomeOf(Pairs(64, 0.0), 0.03), ChangeOutcome::kOk);
  EXPECT_EQ(OutcomeOf(Pairs(64, 0.06), 0.03), ChangeOutcome::kRegressed);
  EXPECT_EQ(OutcomeOf(Pairs(64, -0.06), 0.03), ChangeOutcome::kImproved);
  EXPECT_EQ(OutcomeOf(Pairs(16, 0.02), 0.03), ChangeOutcome::kUndecided);
}

TEST(DecideByPlan, NeverTakesNothingForOk) {
  EXPECT_EQ(OutcomeOf({}, 0.03), ChangeOutcome::kUndecided);
  EXPECT_EQ(OutcomeOf(std::vector<double>(5, 0.0), 0.03), ChangeOutcome::kUndecided);
}

TEST(DecideByPlan, LeavesASmallCertainIncreaseWithinTheTolerance) {
  // Shown to be above zero, and shown to be below the tolerance: that is what tolerated means.
  EXPECT_EQ(OutcomeOf(Pairs(500, 0.01), 0.03), ChangeOutcome::kOk);
  EXPECT_EQ(OutcomeOf(Pairs(500, 0.01), 0.005), ChangeOutcome::kRegressed);
}

TEST(DecideByPlan, KeepsItsErrorWhenNothingChanged) {
  // 2,000 gates of one comparison that is looked at four times: 1 % of them may cry wolf.
  const ErrorPlan plan = {.error = 0.01, .comparisons = 1, .analyses = 4};
  int regressed = 0;
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    const std::vector<double> all = Pairs(96, 0.0, 0.023, seed);
    for (const size_t pairs : {12U, 24U, 48U, 96U}) {
      const PairedChange change =
          EvaluatePairs(absl::MakeConstSpan(all).first(pairs), plan.share());
      if (DecideByPlan(change, 0.0, plan) != ChangeOutcome::kRegressed) continue;
      ++regressed;
      break;
    }
  }
  EXPECT_LE(regressed, 33);  // 1 % and three standard errors
  EXPECT_GE(regressed, 2);   // it is not deaf
}

TEST(PairsToDecide, GrowsAsTheChangeNearsTheTolerance) {
  const PairedChange near_zero = EvaluatePairs(Pairs(16, 0.0), kPlan.share());
  const auto few = PairsToDecide(near_zero, 0.03);
  const auto many = PairsToDecide(near_zero, near_zero.change + 0.005);
  ASSERT_TRUE(few.has_value() && many.has_value());
  EXPECT_GT(*few, 16);
  EXPECT_GT(*many, *few);
  EXPECT_FALSE(PairsToDecide(near_zero, near_zero.change).has_value());
}

TEST(PairsToDecide, AreThoseOfTheSmallestIntervalWhereThereIsNone) {
  for (const double error : {0.25, 1e-2, 1e-4, 1e-5}) {
    const PairedChange few = EvaluatePairs(Pairs(1, 0.0), error);
    const auto enough = static_cast<int>(PairsToDecide(few, 0.03).value());
    EXPECT_TRUE(EvaluatePairs(Pairs(enough, 0.0), error).interval.has_value()) << error;
    EXPECT_FALSE(EvaluatePairs(Pairs(enough - 1, 0.0), error).interval.has_value()) << error;
  }
}

TEST(SmallestVisibleChange, ShrinksWithTheRootOfThePairs) {
  const auto few = SmallestVisibleChange(EvaluatePairs(Pairs(64, 0.0), 1e-4), 1e-4);
  const auto many = SmallestVisibleChange(EvaluatePairs(Pairs(1'024, 0.0), 1e-4), 1e-4);
  ASSERT_TRUE(few.has_value() && many.has_value());
  EXPECT_NEAR(*few / *many, 4, 1);
}

TEST(LogRatios, AreOfWhatGotWorse) {
  EXPECT_NEAR(LogRatios({2.0}, {4.0})[0], std::log(2), 1e-12);
  EXPECT_NEAR(LogRatios({2.0}, {4.0}, Better::kMore)[0], -std::log(2), 1e-12);
}

}  // namespace
}  // namespace slo::tools
