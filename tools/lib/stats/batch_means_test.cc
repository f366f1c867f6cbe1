#include "tools/lib/stats/batch_means.h"

#include <cmath>
#include <limits>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(BatchMeansInterval, EqualsTheTextbookInterval) {
  // Five batches, mean 10, standard deviation 1.5811; t(0.95, 4) = 2.131847.
  const std::vector<double> means = {8, 9, 10, 11, 12};
  const auto interval = BatchMeansInterval(means, 0.95);
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->mean, 10);
  EXPECT_NEAR(interval->lower, 10 - 2.131847 * 0.7071068, 1e-5);
  EXPECT_NEAR(interval->upper, 10 + 2.131847 * 0.7071068, 1e-5);
}

TEST(BatchMeansInterval, IsAPointWhenAllBatchesAgree) {
  const std::vector<double> means = {3, 3, 3};
  EXPECT_EQ(BatchMeansInterval(means, 0.99)->lower, 3);
  EXPECT_EQ(BatchMeansInterval(means, 0.99)->upper, 3);
}

TEST(BatchMeansInterval, NeedsTwoBatches) {
  const std::vector<double> one = {3};
  EXPECT_EQ(BatchMeansInterval({}, 0.95), std::nullopt);
  EXPECT_EQ(BatchMeansInterval(one, 0.95), std::nullopt);
}

TEST(BatchMeansInterval, RefusesBatchesThatAreNotFinite) {
  const std::vector<double> means = {1, std::numeric_limits<double>::infinity()};
  EXPECT_EQ(BatchMeansInterval(means, 0.95), std::nullopt);
}

}  // namespace
}  // namespace slo::stats
