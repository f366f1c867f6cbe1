#include "tools/lib/stats/hodges_lehmann.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(HodgesLehmann, IsTheMedianOfPairwiseMeans) {
  // Walsh averages of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6.
  const auto interval = HodgesLehmann(std::vector<double>{1, 2, 6}, 0.5);
  ASSERT_TRUE(interval.has_value());
  EXPECT_EQ(interval->location, 2.75);
}

TEST(HodgesLehmann, HasNoLimitsForAFewObservations) {
  EXPECT_FALSE(HodgesLehmann(std::vector<double>{1, 2, 3, 4}, 0.95).has_value());
  EXPECT_TRUE(HodgesLehmann(std::vector<double>{1, 2, 3, 4, 5}, 0.95).has_value());
  EXPECT_FALSE(HodgesLehmann(std::vector<double>(10, 1.0), 0.9995).has_value());
  EXPECT_TRUE(HodgesLehmann(std::vector<double>(11, 1.0), 0.9995).has_value());
  EXPECT_FALSE(HodgesLehmann({}, 0.95).has_value());
}

// M. Hollander, D. A. Wolfe, table of the signed-rank distribution: P(T <= 10) = 0.0420 and
// P(T <= 11) = 0.0527 for n = 10, so that the limit at 95 % is the 11th average from the end.
TEST(HodgesLehmann, TakesTheTabledRank) {
  const std::vector<double> sample = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
  std::vector<double> averages;
  for (size_t i = 0; i < sample.size(); ++i) {
    for (size_t j = i; j < sample.size(); ++j) averages.push_back((sample[i] + sample[j]) / 2);
  }
  std::sort(averages.begin(), averages.end());
  const auto interval = HodgesLehmann(sample, 0.95);
  ASSERT_TRUE(interval.has_value());
  EXPECT_EQ(interval->lower, averages[10]);
  EXPECT_EQ(interval->upper, averages[averages.size() - 11]);
}

TEST(HodgesLehmann, ApproximatesLargeSamplesWithoutAJump) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  std::vector<double> sample;
  while (sample.size() < 100) sample.push_back(normal(random));
  const double exact = HodgesLehmann(sample, 0.95)->upper - HodgesLehmann(sample, 0.95)->lower;
  sample.push_back(normal(random));
  const double approximate =
      HodgesLehmann(sample, 0.95)->upper - HodgesLehmann(sample, 0.95)->lower;
  EXPECT_NEAR(approximate / exact, 1, 0.05);
}

}  // namespace
}  // namespace slo::stats
