#include "tools/lib/stats/signed_rank.h"

#include <algorithm>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

// By the definition: every mean of two observations, each with itself too.
int64_t CountedOneByOne(const std::vector<double>& sample) {
  int64_t above = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    for (size_t j = i; j < sample.size(); ++j) above += sample[i] + sample[j] > 0 ? 1 : 0;
  }
  return above;
}

TEST(SignedRankStatistic, CountsTheWalshAveragesAboveZero) {
  for (const std::vector<double>& sample : std::vector<std::vector<double>>{
           {}, {1}, {-1}, {3, -1, 2}, {-3, -1, -2}, {0.5, -0.5, 0, 7}, {2, 2, -2, 1, -4, 9}}) {
    EXPECT_EQ(SignedRankStatistic(sample), CountedOneByOne(sample));
  }
  EXPECT_EQ(SignedRankStatistic({3.0, -1.0, 2.0}), 5);  // the ranks of 2 and 3
}

TEST(SignedRankStatistic, CountsTiesAndZerosAgainst) {
  EXPECT_EQ(SignedRankStatistic({0.0, 0.0}), 0);
  EXPECT_EQ(SignedRankStatistic({1.0, -1.0}), 1);
}

TEST(SignedRankDistribution, HasTheTailOfTheTables) {
  const SignedRankDistribution five(5);
  EXPECT_DOUBLE_EQ(five.UpperTail(15), 1.0 / 32);
  EXPECT_DOUBLE_EQ(five.UpperTail(14), 2.0 / 32);
  EXPECT_DOUBLE_EQ(five.UpperTail(12), 5.0 / 32);
  EXPECT_DOUBLE_EQ(five.UpperTail(0), 1);
  EXPECT_NEAR(SignedRankDistribution(10).UpperTail(45), 0.0420, 5e-5);  // Hollander, Wolfe, A.4
}

TEST(SignedRankDistribution, GivesNoCertaintyToNothing) {
  EXPECT_EQ(SignedRankDistribution(0).UpperTail(0), 1);
  EXPECT_EQ(SignedRankDistribution(0).LimitDepth(0.05), 0);
  EXPECT_EQ(SignedRankDistribution(4).LimitDepth(0.05), 0);
  EXPECT_EQ(SignedRankDistribution(5).LimitDepth(0.05), 1);
}

TEST(SignedRankDistribution, JoinsTheApproximationToTheExactTail) {
  // 100 observations have a mean of 2525 and a deviation of 290.8.
  const double exact = SignedRankDistribution(100).UpperTail(3400);
  const double beyond = SignedRankDistribution(101).UpperTail(3464);  // as far out
  EXPECT_NEAR(exact / beyond, 1.0, 0.1);
  EXPECT_LE(exact, 0.0014);
  EXPECT_EQ(SignedRankDistribution(200).LimitDepth(0.5), 10'050);
}

// Both from the definition; the approximation's with the continuity correction.
TEST(SignedRankDistribution, IsExactUpToAHundredObservations) {
  EXPECT_NEAR(SignedRankDistribution(100).UpperTail(3000), 0.0514827328, 1e-9);
  EXPECT_EQ(SignedRankDistribution(100).LimitDepth(0.001), 1635);
  EXPECT_NEAR(SignedRankDistribution(101).UpperTail(3000), 0.0754502545, 1e-9);
  EXPECT_EQ(SignedRankDistribution(101).LimitDepth(0.001), 1663);
}

TEST(SignedRankDistribution, HasTheTailOfThreeObservations) {
  const SignedRankDistribution three(3);
  const std::vector<double> eighths = {8, 7, 6, 5, 3, 2, 1};
  for (size_t t = 0; t < eighths.size(); ++t) {
    EXPECT_DOUBLE_EQ(three.UpperTail(static_cast<int64_t>(t)), eighths[t] / 8) << t;
  }
  EXPECT_EQ(three.UpperTail(-1), 1);
  EXPECT_DOUBLE_EQ(three.UpperTail(7), 1.0 / 8) << "there is none beyond the largest";
  for (const auto& [alpha, depth] :
       {std::pair(0.124, 0), {0.125, 1}, {0.249, 1}, {0.25, 2}, {0.375, 3}, {0.5, 3}}) {
    EXPECT_EQ(three.LimitDepth(alpha), depth) << alpha;
  }
  EXPECT_EQ(SignedRankDistribution(1).LimitDepth(0.5), 1);
}

TEST(SignedRankDistribution, AgreesWithItselfOnLimits) {
  // A limit at depth k is one that k - 1 averages or fewer lie beyond with a probability <= alpha.
  const SignedRankDistribution twenty(20);
  const int64_t depth = twenty.LimitDepth(0.01);
  EXPECT_LE(twenty.UpperTail(210 - (depth - 1)), 0.01);
  EXPECT_GT(twenty.UpperTail(210 - depth), 0.01);
}

}  // namespace
}  // namespace slo::stats
