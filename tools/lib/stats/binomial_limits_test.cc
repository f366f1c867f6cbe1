#include "tools/lib/stats/binomial_limits.h"

#include <cmath>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(ClopperPearsonLower, HasAClosedFormWhenAllSucceeded) {
  for (const int64_t n : {1, 16, 299, 10'000}) {
    EXPECT_NEAR(ClopperPearsonLower(n, n, 0.95), std::pow(0.05, 1.0 / static_cast<double>(n)),
                1e-12);
    EXPECT_EQ(ClopperPearsonUpper(n, n, 0.95), 1.0);
  }
  EXPECT_NEAR(ClopperPearsonLower(16, 16, 0.95), 0.829, 0.0005);
}

// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
// Medicine 17 (1998), table I, the Clopper-Pearson column: two-sided 95 %.
TEST(ClopperPearson, EqualsPublishedTwoSidedLimits) {
  struct Row {
    int64_t successes;
    int64_t trials;
    double lower;
    double upper;
  };
  for (const Row& row : {Row{81, 263, 0.2527, 0.3676}, Row{15, 148, 0.0578, 0.1617},
                         Row{0, 20, 0.0000, 0.1684}, Row{1, 29, 0.0009, 0.1776}}) {
    EXPECT_NEAR(ClopperPearsonLower(row.successes, row.trials, 0.975), row.lower, 5.1e-5)
        << row.successes << "/" << row.trials;
    EXPECT_NEAR(ClopperPearsonUpper(row.successes, row.trials, 0.975), row.upper, 5.1e-5)
        << row.successes << "/" << row.trials;
  }
}

TEST(DependentProportionLimits, AreExactWhereEveryTrialCounts) {
  const ProportionLimits limits = DependentProportionLimits(148 - 15, 148, 148, 0.975);
  EXPECT_EQ(limits.lower, ClopperPearsonLower(133, 148, 0.975));
  EXPECT_EQ(limits.upper, ClopperPearsonUpper(133, 148, 0.975));
}

TEST(DependentProportionLimits, RoundAgainstWhatEachClaims) {
  // 988 of 1,000 are 98.8 of 100.
  const ProportionLimits limits = DependentProportionLimits(988, 1'000, 100, 0.95);
  EXPECT_EQ(limits.lower, ClopperPearsonLower(98, 100, 0.95));
  EXPECT_EQ(limits.upper, ClopperPearsonUpper(99, 100, 0.95));
  // 990 are 99, to the last digit.
  const ProportionLimits whole = DependentProportionLimits(990, 1'000, 100, 0.95);
  EXPECT_EQ(whole.lower, ClopperPearsonLower(99, 100, 0.95));
  EXPECT_EQ(whole.upper, ClopperPearsonUpper(99, 100, 0.95));
  EXPECT_EQ(DependentProportionLimits(0, 1'000, 1, 0.95).lower, 0);
  EXPECT_EQ(DependentProportionLimits(1'000, 1'000, 1, 0.95).upper, 1);
}

TEST(ClopperPearson, StandsCountsAsLargeAsAFileCanState) {
  constexpr int64_t kTrials = 9'000'000'000'000'000;
  EXPECT_NEAR(ClopperPearsonLower(kTrials / 2, kTrials, 0.9999), 0.5, 1e-6);
  EXPECT_NEAR(ClopperPearsonUpper(1, kTrials, 0.9999), 0, 1e-6);
  EXPECT_NEAR(ClopperPearsonLower(kTrials - 1, kTrials, 0.9999), 1, 1e-6);
}

TEST(ClopperPearson, IsSymmetricInSuccessAndFailure) {
  EXPECT_NEAR(ClopperPearsonLower(3, 40, 0.99), 1 - ClopperPearsonUpper(37, 40, 0.99), 1e-12);
}

TEST(ClopperPearson, ReachesTheEndsWithoutSuccessOrFailure) {
  EXPECT_EQ(ClopperPearsonLower(0, 5, 0.95), 0.0);
  EXPECT_LT(ClopperPearsonLower(298, 298, 0.95), 0.99);
  EXPECT_GE(ClopperPearsonLower(299, 299, 0.95), 0.99);
}

}  // namespace
}  // namespace slo::stats
