#include "tools/lib/stats/quantile_limits.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tools/lib/stats/latency_slots.h"
#include "tools/lib/stats/order_statistics.h"

namespace slo::stats {
namespace {

constexpr int64_t kEveryNs = 1'000'000;

// Lengths of the given order in time.
LatencySlots LatenciesEvery(const std::vector<int64_t>& lengths) {
  LatencySlots slots;
  for (size_t i = 0; i < lengths.size(); ++i) {
    slots.Record(static_cast<int64_t>(i) * kEveryNs, lengths[i]);
  }
  return slots;
}

// 1,000 .. 1,000 + n - 1 in an order without clusters.
std::vector<int64_t> SpreadLengths(int64_t n) {
  // Steps of the golden ratio spread most evenly.
  const int64_t step = n * 61'803 / 100'000 | 1;
  std::vector<int64_t> lengths;
  for (int64_t i = 0; i < n; ++i) lengths.push_back(1'000 + i * step % n);
  return lengths;
}

std::vector<int64_t> RepeatedLengths(size_t count, size_t repeat) {
  std::mt19937_64 random(1);
  std::vector<int64_t> lengths;
  while (lengths.size() < count) {
    lengths.insert(lengths.end(), repeat, static_cast<int64_t>(random() >> 34U));
  }
  lengths.resize(count);
  return lengths;
}

QuantileLimits LimitsOf(const std::vector<int64_t>& lengths, double quantile,
                        const SampleAllowance& allowance = {}) {
  const LatencySlots slots = LatenciesEvery(lengths);
  return DependentQuantileLimits(static_cast<int64_t>(lengths.size()),
                                 OverDispersion(slots.slots()), quantile, allowance);
}

TEST(DependentQuantileLimits, AreTheClassicalOnesWithoutClusters) {
  for (const int64_t n : {10'000, 16'000, 100'000}) {
    for (const double quantile : {0.5, 0.95, 0.99}) {
      const QuantileLimits limits = LimitsOf(SpreadLengths(n), quantile);
      ASSERT_TRUE(limits.lower.has_value() && limits.upper.has_value());
      EXPECT_EQ(limits.lower->rank, QuantileLowerRank(n, quantile, 0.95)) << n << " " << quantile;
      EXPECT_EQ(limits.upper->rank, QuantileUpperRank(n, quantile, 0.95)) << n << " " << quantile;
      EXPECT_EQ(limits.upper->effective_samples, n);
    }
  }
}

TEST(DependentQuantileLimits, LieFurtherApartWithClusters) {
  const QuantileLimits limits = LimitsOf(RepeatedLengths(50'000, 10), 0.99);
  ASSERT_TRUE(limits.lower.has_value() && limits.upper.has_value());
  EXPECT_LT(limits.upper->effective_samples, 10'000);
  EXPECT_GT(limits.upper->rank, *QuantileUpperRank(50'000, 0.99, 0.95) + 50);
  EXPECT_LT(limits.lower->rank, *QuantileLowerRank(50'000, 0.99, 0.95) - 50);
}

TEST(DependentQuantileLimits, CountASampleAtMostAsSoManyOfTheLongestDisturbance) {
  const QuantileLimits limits = LimitsOf(SpreadLengths(10'000), 0.9, {.disturbed = 10});
  EXPECT_EQ(limits.upper->effective_samples, 1'000);
  EXPECT_EQ(limits.upper->rank, 10 * *QuantileUpperRank(1'000, 0.9, 0.95));
  // Just below the limit ten more are over a value.
  EXPECT_EQ(limits.lower->rank, 10 * (*QuantileLowerRank(1'000, 0.9, 0.95) - 1) + 1);
  EXPECT_FALSE(LimitsOf(SpreadLengths(10'000), 0.99, {.disturbed = 40}).upper.has_value())
      << "250 of 299";
}

// A machine that is slower by half for half of the time: its p95 is as uncertain as which half that
// is, but values that lie clearly above both halves are not.
TEST(DependentQuantileLimits, JudgeAValueByTheClustersAboveThatValue) {
  std::mt19937 random(1);
  std::uniform_int_distribution<int64_t> noise(0, 50);
  std::vector<int64_t> lengths;
  for (int i = 0; i < 20'000; ++i) lengths.push_back((i < 10'000 ? 1'000 : 1'500) + noise(random));
  for (size_t i = 7; i < lengths.size(); i += 200) lengths[i] = 5'000;
  const QuantileLimits limits = LimitsOf(lengths, 0.95);
  ASSERT_TRUE(limits.upper.has_value());
  std::sort(lengths.begin(), lengths.end());
  EXPECT_LE(lengths[static_cast<size_t>(limits.upper->rank) - 1], 1'550);
}

TEST(DependentQuantileLimits, AreAbsentWhereTheSampleIsTooSmall) {
  EXPECT_TRUE(LimitsOf(SpreadLengths(60), 0.95).upper.has_value());
  EXPECT_FALSE(LimitsOf(SpreadLengths(60), 0.96).upper.has_value());
  EXPECT_FALSE(LimitsOf({}, 0.95).lower.has_value());
}

// Neither bound, although 59 of which none is over a value would prove a p95.
TEST(DependentQuantileLimits, AreAbsentWhereNothingIsKnownAboutDependence) {
  EXPECT_FALSE(LimitsOf(SpreadLengths(59), 0.95).upper.has_value());
  EXPECT_FALSE(LimitsOf(SpreadLengths(59), 0.5).lower.has_value());
  EXPECT_TRUE(LimitsOf(SpreadLengths(60), 0.5).lower.has_value());
}

// The proof in quantile_limits.h, by counting: what K processes let pass together.
TEST(DependentQuantileLimits, OfProcessesAreSharesOfThoseOfAllTogether) {
  constexpr int64_t kSamples = 1'000;
  for (const int64_t processes : {2, 5, 10}) {
    for (const double quantile : {0.9, 0.99}) {
      const QuantileLimits share =
          LimitsOf(SpreadLengths(kSamples), quantile, {.processes = processes});
      ASSERT_TRUE(share.upper.has_value() && share.lower.has_value());
      EXPECT_EQ(share.upper->effective_samples, kSamples) << "what this process contributes";
      const int64_t over = processes * (kSamples - share.upper->rank);
      EXPECT_EQ(TestQuantileLimit(processes * kSamples, over, quantile, 0.95), QuantileTest::kPass);
      EXPECT_NE(TestQuantileLimit(processes * kSamples, over + processes, quantile, 0.95),
                QuantileTest::kPass)
          << "no further than it must be";
      const int64_t at_least = processes * (kSamples - share.lower->rank + 1);
      EXPECT_EQ(TestQuantileLimit(processes * kSamples, at_least, quantile, 0.95),
                QuantileTest::kFail);
      const QuantileLimits alone = LimitsOf(SpreadLengths(kSamples), quantile);
      EXPECT_LE(share.upper->rank, alone.upper->rank);
      EXPECT_GE(share.lower->rank, alone.lower->rank);
    }
  }
}

// The largest of the upper limits of K processes bounds the quantile of all, and the smallest of
// the lower ones does, as often as the level says.
TEST(DependentQuantileLimits, OfProcessesHoldTogetherAtTheLevel) {
  constexpr int kTrials = 400;
  constexpr int64_t kProcesses = 5;
  constexpr int64_t kSamples = 400;
  constexpr double kQuantile = 0.95;
  constexpr int64_t kMost = 1'000'000;
  std::mt19937_64 random(7);
  std::uniform_int_distribution<int64_t> uniform(1, kMost);
  int too_low = 0;
  int too_high = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    int64_t largest_upper = 0;
    int64_t smallest_lower = kMost;
    for (int64_t process = 0; process < kProcesses; ++process) {
      std::vector<int64_t> lengths;
      for (int64_t i = 0; i < kSamples; ++i) lengths.push_back(uniform(random));
      const QuantileLimits limits = LimitsOf(lengths, kQuantile, {.processes = kProcesses});
      std::sort(lengths.begin(), lengths.end());
      ASSERT_TRUE(limits.upper.has_value() && limits.lower.has_value());
      largest_upper = std::max(largest_upper, lengths[static_cast<size_t>(limits.upper->rank) - 1]);
      smallest_lower =
          std::min(smallest_lower, lengths[static_cast<size_t>(limits.lower->rank) - 1]);
    }
    too_low += static_cast<double>(largest_upper) < kQuantile * kMost ? 1 : 0;
    too_high += static_cast<double>(smallest_lower) > kQuantile * kMost ? 1 : 0;
  }
  const double most = kTrials * (0.05 + 3 * std::sqrt(0.05 * 0.95 / kTrials));
  EXPECT_LE(too_low, most);
  EXPECT_LE(too_high, most);
}

}  // namespace
}  // namespace slo::stats
