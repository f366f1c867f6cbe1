// What is stated before anything was computed: nothing, and no certainty.

#include "gtest/gtest.h"
#include "tools/lib/stats/batch_means.h"
#include "tools/lib/stats/hodges_lehmann.h"
#include "tools/lib/stats/quantile_limits.h"
#include "tools/lib/stats/trend.h"
#include "tools/lib/stats/welch.h"

namespace slo::stats {
namespace {

TEST(IntervalDefaults, AreZero) {
  const MeanInterval mean;
  EXPECT_EQ(mean.mean, 0);
  EXPECT_EQ(mean.lower, 0);
  EXPECT_EQ(mean.upper, 0);
  const LocationInterval location;
  EXPECT_EQ(location.location, 0);
  EXPECT_EQ(location.lower, 0);
  EXPECT_EQ(location.upper, 0);
  const Trend slope;
  EXPECT_EQ(slope.slope, 0);
  EXPECT_EQ(slope.lower, 0);
  EXPECT_EQ(slope.upper, 0);
  const RankLimit rank;
  EXPECT_EQ(rank.rank, 0);
  EXPECT_EQ(rank.effective_samples, 0);
}

TEST(TestDefaults, RejectNothing) {
  const DifferenceInterval difference;
  EXPECT_EQ(difference.difference, 0);
  EXPECT_EQ(difference.lower, 0);
  EXPECT_EQ(difference.upper, 0);
  EXPECT_EQ(difference.p_above, 1);
  EXPECT_EQ(Trend().p_increase, 1);
}

}  // namespace
}  // namespace slo::stats
