#include "tools/lib/stats/welch.h"

#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(WelchDifference, IsSymmetricInItsSides) {
  const std::vector<double> a = {1, 2, 3, 4};
  const std::vector<double> b = {2, 4, 6};
  const auto one = WelchDifference(a, b, 0.95);
  const auto other = WelchDifference(b, a, 0.95);
  ASSERT_TRUE(one.has_value() && other.has_value());
  EXPECT_DOUBLE_EQ(one->difference, 1.5);
  EXPECT_DOUBLE_EQ(one->lower, -other->upper);
  EXPECT_NEAR(one->p_above + other->p_above, 1, 1e-12);
}

TEST(WelchDifference, RejectsAtTheLevelOfItsLimits) {
  const std::vector<double> a = {1.0, 1.1, 0.9, 1.0};
  const std::vector<double> b = {1.3, 1.4, 1.2, 1.3};
  const auto loose = WelchDifference(a, b, 0.95);
  ASSERT_TRUE(loose.has_value());
  EXPECT_GT(loose->lower, 0);
  EXPECT_LT(loose->p_above, 0.05);
  const auto strict = WelchDifference(a, b, 1 - loose->p_above / 2);
  EXPECT_LT(strict->lower, 0);
}

TEST(WelchDifference, SaysNothingWithoutScatter) {
  EXPECT_FALSE(WelchDifference({1.0}, {1.0, 2.0}, 0.95).has_value());
  EXPECT_FALSE(WelchDifference({1.0, 1.0}, {2.0, 2.0}, 0.95).has_value());
}

}  // namespace
}  // namespace slo::stats
