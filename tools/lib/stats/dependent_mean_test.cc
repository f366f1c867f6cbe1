#include "tools/lib/stats/dependent_mean.h"

#include <cmath>
#include <limits>
#include <vector>

#include "gtest/gtest.h"
#include "tools/lib/stats/autocorrelation.h"
#include "tools/lib/stats/batch_means.h"

namespace slo::stats {
namespace {

TEST(DependentMean, HasTheLimitsOfAHandComputedCase) {
  // 9, 11, 9, 11, ...: no dependence is allowed for. The error of the mean of eight is
  // sqrt(8 / 7 / 8), and t(0.95, 5) = 2.015048.
  const std::vector<double> windows = {9, 11, 9, 11, 9, 11, 9, 11};
  const auto interval = DependentMean(windows, 0.95);
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->mean, 10);
  EXPECT_NEAR(interval->lower, 10 - 2.015048 / std::sqrt(7.0), 1e-6);
  EXPECT_NEAR(interval->upper, 10 + 2.015048 / std::sqrt(7.0), 1e-6);
}

TEST(DependentMean, IsWiderThanThatOfIndependentWindows) {
  const std::vector<double> windows = {8, 8.5, 9, 9.2, 10, 10.4, 11, 11.5, 12, 11, 10, 9};
  const auto dependent = DependentMean(windows, 0.95);
  const auto independent = BatchMeansInterval(windows, 0.95);
  EXPECT_DOUBLE_EQ(dependent->mean, independent->mean);
  EXPECT_LT(dependent->lower, 2 * independent->lower - independent->mean);
  EXPECT_GT(dependent->upper, 2 * independent->upper - independent->mean);
}

TEST(DependentMean, IsAPointWhenAllWindowsAgree) {
  const std::vector<double> windows(8, 3);
  EXPECT_EQ(DependentMean(windows, 0.99)->lower, 3);
  EXPECT_EQ(DependentMean(windows, 0.99)->upper, 3);
}

TEST(DependentMean, NeedsEightWindowsAllFinite) {
  EXPECT_EQ(kMinDependentWindows, 8);
  EXPECT_EQ(DependentMean(std::vector<double>(7, 3), 0.95), std::nullopt);
  EXPECT_EQ(DependentMean({}, 0.95), std::nullopt);
  std::vector<double> windows(8, 3);
  windows[4] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(DependentMean(windows, 0.95), std::nullopt);
}

}  // namespace
}  // namespace slo::stats
