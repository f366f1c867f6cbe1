#include "tools/lib/stats/trend.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

// A line of slope 2 with a little up and down.
std::vector<double> Line(size_t count, double scatter) {
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) {
    values.push_back(2 * static_cast<double>(i) + scatter * std::sin(static_cast<double>(i * i)));
  }
  return values;
}

TEST(TheilSenSlope, IsTheSlopeOfALine) {
  EXPECT_EQ(TheilSenSlope(std::vector<double>{1, 3, 5, 7, 9, 11, 13, 15}), 2);
  EXPECT_EQ(TheilSenSlope(std::vector<double>{5, 7}), 2);
}

TEST(TheilSenSlope, IsNotMovedByAWildObservation) {
  EXPECT_NEAR(TheilSenSlope(std::vector<double>{1, 3, 5, 1'000, 9, 11, 13, 15, 17, 19}), 2, 0.1);
}

TEST(TrendOf, IsExactOnALine) {
  const auto trend = TrendOf(Line(8, 0), 0.95);
  ASSERT_TRUE(trend.has_value());
  EXPECT_EQ(trend->slope, 2);
  EXPECT_NEAR(trend->lower, 2, 1e-12);
  EXPECT_NEAR(trend->upper, 2, 1e-12);
  EXPECT_LT(trend->p_increase, 1e-12);
}

TEST(TrendOf, HasLimitsAroundTheSlopeThatGrowWithTheScatterAndTheLevel) {
  const auto trend = TrendOf(Line(24, 1), 0.95);
  EXPECT_LT(trend->lower, trend->slope);
  EXPECT_GT(trend->upper, trend->slope);
  EXPECT_NEAR(trend->upper - trend->slope, trend->slope - trend->lower, 1e-12);
  EXPECT_NEAR(trend->slope, 2, 0.05);
  EXPECT_LT(TrendOf(Line(24, 10), 0.95)->lower, trend->lower);
  EXPECT_LT(TrendOf(Line(24, 1), 0.9995)->lower, trend->lower);
}

TEST(TrendOf, IsNotMovedMuchByAWildObservation) {
  std::vector<double> series = Line(24, 1);
  const auto before = TrendOf(series, 0.95);
  series.back() += 1'000;
  const auto after = TrendOf(series, 0.95);
  EXPECT_NEAR(after->slope, before->slope, 0.05);
  EXPECT_NEAR(after->lower, before->lower, 0.2);
  EXPECT_NEAR(after->upper, before->upper, 0.2);
}

TEST(TrendOf, SwapsItsSidesWithTheDirectionOfTime) {
  const std::vector<double> series = {3, 1, 4, 1, 5, 9, 2, 6};
  const auto forward = TrendOf(series, 0.95);
  const auto backward = TrendOf(std::vector<double>(series.rbegin(), series.rend()), 0.95);
  EXPECT_NEAR(forward->slope, -backward->slope, 1e-12);
  EXPECT_NEAR(forward->lower, -backward->upper, 1e-12);
  EXPECT_NEAR(forward->p_increase, 1 - backward->p_increase, 1e-12);
}

TEST(TrendOf, SaysNothingOfAConstantSeries) {
  const auto trend = TrendOf(std::vector<double>(8, 4), 0.95);
  EXPECT_EQ(trend->slope, 0);
  EXPECT_EQ(trend->lower, 0);
  EXPECT_EQ(trend->upper, 0);
  EXPECT_EQ(trend->p_increase, 1);
}

// Where most windows are equal the median absolute deviation is zero, and nothing must be cut.
TEST(TrendOf, KeepsWhatScattersBesideManyEqualObservations) {
  const std::vector<double> series = {5, 5, 5, 9, 5, 5, 5, 5, 2, 5, 5, 5};
  const auto trend = TrendOf(series, 0.95);
  EXPECT_EQ(trend->slope, 0);
  EXPECT_LT(trend->lower, -0.1);
  EXPECT_GT(trend->upper, 0.1);
}

TEST(TrendOf, NeedsEightObservations) {
  EXPECT_FALSE(TrendOf(Line(7, 1), 0.95).has_value());
  EXPECT_TRUE(TrendOf(Line(8, 1), 0.95).has_value());
  EXPECT_FALSE(TrendOf({}, 0.95).has_value());
}

}  // namespace
}  // namespace slo::stats
