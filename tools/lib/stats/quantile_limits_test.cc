#include "tools/lib/stats/quantile_limits.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tools/lib/stats/order_statistics.h"

namespace slo::stats {
namespace {

// 0 .. n - 1 in an order without clusters; 389 must not divide n.
std::vector<uint32_t> Spread(uint32_t n) {
  std::vector<uint32_t> series;
  for (uint32_t i = 0; i < n; ++i) series.push_back(static_cast<uint32_t>(uint64_t{i} * 389 % n));
  return series;
}

QuantileLimits Limits(int64_t samples, const std::vector<uint32_t>& series, double quantile) {
  return DependentQuantileLimits(samples, OverDispersion(series), quantile, 0.95);
}

TEST(DependentQuantileLimits, AreTheClassicalOnesWithoutClusters) {
  for (const uint32_t n : {10'000U, 16'000U, 100'000U}) {
    for (const double quantile : {0.5, 0.95, 0.99}) {
      const QuantileLimits limits = Limits(n, Spread(n), quantile);
      ASSERT_TRUE(limits.lower.has_value() && limits.upper.has_value());
      EXPECT_EQ(limits.lower->rank, QuantileLowerRank(n, quantile, 0.95)) << n << " " << quantile;
      EXPECT_EQ(limits.upper->rank, QuantileUpperRank(n, quantile, 0.95)) << n << " " << quantile;
      EXPECT_EQ(limits.upper->effective_samples, n);
    }
  }
}

TEST(DependentQuantileLimits, LieFurtherApartWithClusters) {
  std::mt19937 random(1);
  std::vector<uint32_t> series;
  while (series.size() < 50'000) series.insert(series.end(), 10, static_cast<uint32_t>(random()));
  const QuantileLimits limits = Limits(50'000, series, 0.99);
  ASSERT_TRUE(limits.lower.has_value() && limits.upper.has_value());
  EXPECT_LT(limits.upper->effective_samples, 10'000);
  EXPECT_GT(limits.upper->rank, *QuantileUpperRank(50'000, 0.99, 0.95) + 50);
  EXPECT_LT(limits.lower->rank, *QuantileLowerRank(50'000, 0.99, 0.95) - 50);
}

// A machine that is slower by a few percent for half of the time: its p95 is as uncertain as which
// half that is, but values that lie clearly above both halves are not.
TEST(DependentQuantileLimits, JudgeAValueByTheClustersAboveThatValue) {
  std::mt19937 random(1);
  std::uniform_int_distribution<uint32_t> noise(0, 50);
  std::vector<uint32_t> series;
  for (int i = 0; i < 20'000; ++i) series.push_back((i < 10'000 ? 1'000 : 1'100) + noise(random));
  for (size_t i = 7; i < series.size(); i += 200) series[i] = 5'000;
  const QuantileLimits limits = Limits(20'000, series, 0.95);
  ASSERT_TRUE(limits.upper.has_value());
  std::sort(series.begin(), series.end());
  EXPECT_LE(series[static_cast<size_t>(limits.upper->rank) - 1], 1'150);
}

TEST(DependentQuantileLimits, AreAbsentWhereTheSampleIsTooSmall) {
  EXPECT_FALSE(Limits(58, Spread(58), 0.95).upper.has_value());
  EXPECT_TRUE(Limits(59, Spread(59), 0.95).upper.has_value());
  EXPECT_FALSE(Limits(0, {}, 0.95).lower.has_value());
  EXPECT_FALSE(Limits(1, Spread(1), 0.95).upper.has_value());
}

TEST(DependentQuantileLimits, TakeTheWholeSampleForWhatItsBeginningShows) {
  const QuantileLimits limits = Limits(100'000, Spread(10'000), 0.99);
  ASSERT_TRUE(limits.upper.has_value());
  EXPECT_EQ(limits.upper->rank, QuantileUpperRank(100'000, 0.99, 0.95));
}

// Series of a linear congruential generator, each value so many times in a row. The limits are
// those of another implementation of the same steps, in Python, with sums for the binomial
// distribution.
TEST(DependentQuantileLimits, EqualThoseOfAnotherImplementation) {
  struct Row {
    int64_t samples;
    size_t recorded;
    size_t repeat;
    double quantile;
    RankLimit lower;
    RankLimit upper;
  };
  for (const Row& row : {
           Row{3'000, 3'000, 2, 0.5, {1'445, 2'120}, {1'566, 1'502}},
           Row{3'000, 3'000, 2, 0.75, {2'193, 1'497}, {2'310, 1'368}},
           Row{3'000, 3'000, 2, 0.9, {2'666, 2'079}, {2'735, 1'941}},
           Row{3'000, 3'000, 2, 0.99, {2'956, 1'542}, {2'985, 1'542}},
           Row{3'000, 3'000, 5, 0.5, {1'396, 600}, {1'608, 556}},
           Row{3'000, 3'000, 5, 0.75, {2'173, 841}, {2'332, 722}},
           Row{3'000, 3'000, 5, 0.9, {2'650, 932}, {2'750, 1'007}},
           Row{3'000, 3'000, 5, 0.99, {2'945, 654}, {2'995, 580}},
           Row{5'003, 3'000, 7, 0.5, {2'372, 1'061}, {2'630, 1'092}},
           Row{5'003, 3'000, 7, 0.75, {3'621, 843}, {3'882, 825}},
           Row{5'003, 3'000, 7, 0.9, {4'373, 476}, {4'610, 585}},
           Row{5'003, 3'000, 7, 0.99, {4'903, 496}, {5'003, 422}},
           Row{2'000, 2'000, 1, 0.5, {963, 2'000}, {1'042, 1'692}},
           Row{2'000, 2'000, 1, 0.75, {1'468, 2'000}, {1'534, 1'904}},
       }) {
    std::vector<uint32_t> series;
    uint32_t state = 1;
    while (series.size() < row.recorded) {
      state = state * 1'664'525U + 1'013'904'223U;
      series.insert(series.end(), row.repeat, state >> 16U);
    }
    series.resize(row.recorded);
    const QuantileLimits limits = Limits(row.samples, series, row.quantile);
    ASSERT_TRUE(limits.lower.has_value() && limits.upper.has_value());
    EXPECT_EQ(limits.lower->rank, row.lower.rank) << row.repeat << " " << row.quantile;
    EXPECT_EQ(limits.upper->rank, row.upper.rank) << row.repeat << " " << row.quantile;
    EXPECT_EQ(limits.lower->effective_samples, row.lower.effective_samples) << row.repeat;
    EXPECT_EQ(limits.upper->effective_samples, row.upper.effective_samples) << row.repeat;
  }
}

}  // namespace
}  // namespace slo::stats
