#include "tools/stats/trend.h"

#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(MannKendallTest, CountsRisingAndFallingPairs) {
  // Pairs: 1-3 +, 1-2 +, 1-4 +, 3-2 -, 3-4 +, 2-4 +.
  const MannKendall test = MannKendallTest(std::vector<double>{1, 3, 2, 4});
  EXPECT_EQ(test.s, 4);
  EXPECT_NEAR(test.variance, 4.0 * 3 * 13 / 18, 1e-12);
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

TEST(TheilSen, NeedsTwoObservations) {
  EXPECT_FALSE(TheilSen(std::vector<double>{1}, 0.95).has_value());
  EXPECT_FALSE(TheilSen({}, 0.95).has_value());
}

}  // namespace
}  // namespace slo::stats
