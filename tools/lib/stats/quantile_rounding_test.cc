// Limits of dependent samples fall between observations: on the side that promises less, and no
// further than to the next one.

#include <cmath>
#include <optional>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tools/lib/stats/order_statistics.h"
#include "tools/lib/stats/quantile_limits.h"

namespace slo::stats {
namespace {

// Independent values, each repeated so many times in a row.
std::vector<uint32_t> Clusters(size_t count, size_t repeat, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<uint32_t> series;
  while (series.size() < count) {
    series.insert(series.end(), repeat, static_cast<uint32_t>(random()));
  }
  series.resize(count);
  return series;
}

std::optional<int64_t> RankOf(const std::optional<RankLimit>& limit) {
  return limit.has_value() ? std::optional<int64_t>(limit->rank) : std::nullopt;
}

// Observations that one of the effective sample stands for.
double ScaleOf(int64_t samples, const RankLimit& limit) {
  return static_cast<double>(samples) / static_cast<double>(limit.effective_samples);
}

// What the exact test says of a value with so many observations over it. A part of an effective
// observation counts as one against what is claimed.
QuantileTest UpperTest(int64_t samples, int64_t over, const RankLimit& limit, double quantile) {
  const double of_effective = std::ceil(static_cast<double>(over) / ScaleOf(samples, limit));
  return TestQuantileLimit(limit.effective_samples, static_cast<int64_t>(of_effective), quantile,
                           0.95);
}

QuantileTest LowerTest(int64_t samples, int64_t over, const RankLimit& limit, double quantile) {
  const double of_effective = std::floor(static_cast<double>(over) / ScaleOf(samples, limit));
  return TestQuantileLimit(limit.effective_samples, static_cast<int64_t>(of_effective), quantile,
                           0.95);
}

struct Tightness {
  int limits = 0;
  int tight = 0;  // one observation further would be no limit any more
};

// Every limit passes its own test; counts those that are as near as they can be.
void CheckLimits(int64_t samples, size_t repeat, double quantile, unsigned seed, Tightness& upper,
                 Tightness& lower) {
  const std::vector<uint32_t> series = Clusters(5'000, repeat, seed);
  const QuantileLimits limits =
      DependentQuantileLimits(samples, OverDispersion(series), quantile, 0.95);
  if (limits.upper.has_value()) {
    const int64_t over = samples - limits.upper->rank;
    ASSERT_EQ(UpperTest(samples, over, *limits.upper, quantile), QuantileTest::kPass)
        << samples << " " << repeat << " " << quantile << " " << seed;
    ++upper.limits;
    upper.tight += UpperTest(samples, over + 1, *limits.upper, quantile) != QuantileTest::kPass;
  }
  if (limits.lower.has_value()) {
    const int64_t over = samples - limits.lower->rank + 1;  // just below it
    ASSERT_EQ(LowerTest(samples, over, *limits.lower, quantile), QuantileTest::kFail)
        << samples << " " << repeat << " " << quantile << " " << seed;
    ++lower.limits;
    lower.tight += LowerTest(samples, over - 1, *limits.lower, quantile) != QuantileTest::kFail;
  }
}

TEST(DependentQuantileLimits, AreRoundedAgainstWhatTheyClaimAndNoFurther) {
  Tightness upper;
  Tightness lower;
  for (const int64_t samples : {5'000, 5'003, 7'919, 20'011}) {
    for (const size_t repeat : {2U, 3U, 7U, 11U}) {
      for (const double quantile : {0.5, 0.9, 0.95}) {
        for (unsigned seed = 1; seed <= 3; ++seed) {
          CheckLimits(samples, repeat, quantile, seed, upper, lower);
        }
      }
    }
  }
  EXPECT_EQ(upper.limits, 144);
  EXPECT_EQ(lower.limits, 144);
  // The others end where the next step's over-dispersion is a greater one.
  EXPECT_GT(upper.tight, 72);
  EXPECT_GT(lower.tight, 72);
}

TEST(DependentQuantileLimits, EncloseTheQuantilesOwnRank) {
  for (const size_t repeat : {1U, 5U, 25U}) {
    for (const double quantile : {0.5, 0.9, 0.99}) {
      const std::vector<uint32_t> series = Clusters(20'000, repeat, 4);
      const QuantileLimits limits =
          DependentQuantileLimits(20'000, OverDispersion(series), quantile, 0.95);
      ASSERT_TRUE(limits.lower.has_value()) << repeat << " " << quantile;
      EXPECT_LE(limits.lower->rank, quantile * 20'000);
      EXPECT_GE(limits.upper.value_or(RankLimit{.rank = 20'000}).rank, quantile * 20'000);
    }
  }
}

TEST(DependentQuantileLimits, LieFurtherApartAtAHigherLevelAndWithMoreDependence) {
  int64_t apart = 0;
  for (const size_t repeat : {1U, 4U, 16U}) {
    const std::vector<uint32_t> series = Clusters(20'000, repeat, 5);
    const OverDispersion dispersion(series);
    const QuantileLimits at_95 = DependentQuantileLimits(20'000, dispersion, 0.9, 0.95);
    const QuantileLimits at_99 = DependentQuantileLimits(20'000, dispersion, 0.9, 0.99);
    EXPECT_LT(at_99.lower->rank, at_95.lower->rank);
    EXPECT_GT(at_99.upper->rank, at_95.upper->rank);
    EXPECT_GT(at_95.upper->rank - at_95.lower->rank, apart);
    apart = at_95.upper->rank - at_95.lower->rank;
  }
}

// All but one: that every observation is over a value shows nothing here.
TEST(DependentQuantileLimits, OfASmallSampleAreTheClassicalOnesButTheSmallest) {
  // Too short a series to show any dependence.
  const std::vector<uint32_t> series = Clusters(59, 1, 6);
  for (int64_t samples = 2; samples <= 59; ++samples) {
    for (const double quantile : {0.1, 0.5, 0.95}) {
      const QuantileLimits limits =
          DependentQuantileLimits(samples, OverDispersion(series), quantile, 0.95);
      const auto upper = QuantileUpperRank(samples, quantile, 0.95);
      auto lower = QuantileLowerRank(samples, quantile, 0.95);
      if (lower == 1) lower.reset();
      EXPECT_EQ(RankOf(limits.upper), upper) << samples << " " << quantile;
      EXPECT_EQ(RankOf(limits.lower), lower) << samples << " " << quantile;
    }
  }
}

}  // namespace
}  // namespace slo::stats
