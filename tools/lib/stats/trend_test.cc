#include "tools/lib/stats/trend.h"

#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(MannKendallTest, CountsRisingAndFallingPairs) {
  // Pairs: 1-3 +, 1-2 +, 1-4 +, 3-2 -, 3-4 +, 2-4 +.
  const MannKendall test = MannKendallTest(std::vector<double>{1, 3, 2, 4});
  EXPECT_EQ(test.s, 4);
  EXPECT_NEAR(test.variance, 4.0 * 3 * 13 / 18, 1e-12);
  // With the continuity correction: 3 and -5 over the root of the variance.
  EXPECT_NEAR(test.p_increase, 0.154089774, 1e-9);
  EXPECT_NEAR(test.p_decrease, 0.955285320, 1e-9);
}

TEST(MannKendallTest, SwapsItsSidesWithTheDirectionOfTime) {
  const std::vector<double> series = {3, 1, 4, 1, 5, 9, 2, 6};
  const std::vector<double> reversed(series.rbegin(), series.rend());
  EXPECT_EQ(MannKendallTest(series).s, -MannKendallTest(reversed).s);
  EXPECT_EQ(MannKendallTest(series).variance, MannKendallTest(reversed).variance);
  EXPECT_EQ(MannKendallTest(series).p_increase, MannKendallTest(reversed).p_decrease);
}

TEST(MannKendallTest, TakesTiesOutOfTheVariance) {
  // Ties of two and of three: (5 x 4 x 15 - 2 x 1 x 9 - 3 x 2 x 11) / 18.
  EXPECT_NEAR(MannKendallTest(std::vector<double>{2, 1, 2, 1, 1}).variance, 12, 1e-12);
}

TEST(MannKendallTest, IsSureOfARisingSeries) {
  std::vector<double> rising;
  for (int i = 0; i < 20; ++i) rising.push_back(i);
  const MannKendall test = MannKendallTest(rising);
  EXPECT_EQ(test.s, 190);
  EXPECT_LT(test.p_increase, 1e-8);
  EXPECT_GT(test.p_decrease, 1 - 1e-8);
}

TEST(MannKendallTest, SaysNothingOfAConstantOrEmptySeries) {
  for (const std::vector<double>& series : {std::vector<double>{}, {1}, {2, 2, 2, 2}}) {
    const MannKendall test = MannKendallTest(series);
    EXPECT_EQ(test.s, 0);
    EXPECT_EQ(test.p_increase, 1);
    EXPECT_EQ(test.p_decrease, 1);
  }
}

TEST(TheilSen, IsTheSlopeOfALine) {
  const std::vector<double> line = {1, 3, 5, 7, 9, 11, 13, 15};
  const auto slope = TheilSen(line, 0.95);
  ASSERT_TRUE(slope.has_value());
  EXPECT_EQ(slope->slope, 2);
  EXPECT_EQ(slope->lower, 2);
  EXPECT_EQ(slope->upper, 2);
}

TEST(TheilSen, IsNotMovedByAWildObservation) {
  const std::vector<double> line = {1, 3, 5, 1'000, 9, 11, 13, 15, 17, 19};
  EXPECT_NEAR(TheilSen(line, 0.95)->slope, 2, 0.1);
}

TEST(TheilSen, HasTheOutermostSlopesForLimitsWhereThereAreFew) {
  const auto slope = TheilSen(std::vector<double>{0, 1, 4}, 0.9999);
  ASSERT_TRUE(slope.has_value());
  EXPECT_EQ(slope->lower, 1);
  EXPECT_EQ(slope->slope, 2);
  EXPECT_EQ(slope->upper, 3);
  EXPECT_EQ(TheilSen(std::vector<double>{5, 7}, 0.95)->slope, 2);
}

TEST(TheilSen, NeedsTwoObservations) {
  EXPECT_FALSE(TheilSen(std::vector<double>{1}, 0.95).has_value());
  EXPECT_FALSE(TheilSen({}, 0.95).has_value());
}

}  // namespace
}  // namespace slo::stats
