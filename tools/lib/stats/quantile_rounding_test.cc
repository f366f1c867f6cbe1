// Limits of dependent samples fall between observations: on the side that promises less, and no
// further than to the next one.

#include <cmath>
#include <cstdint>
#include <optional>
#include <random>

#include "gtest/gtest.h"
#include "tools/lib/stats/latency_slots.h"
#include "tools/lib/stats/order_statistics.h"
#include "tools/lib/stats/quantile_limits.h"

namespace slo::stats {
namespace {

// Independent lengths, each repeated so many times in a row.
LatencySlots Clusters(int64_t count, int64_t repeat, unsigned seed) {
  std::mt19937 random(seed);
  LatencySlots slots;
  int64_t length = 0;
  for (int64_t i = 0; i < count; ++i) {
    if (i % repeat == 0) length = static_cast<int64_t>(random());
    slots.Record(i * 1'000'000, length);
  }
  return slots;
}

// Observations that one of the effective sample stands for.
double ScaleOf(int64_t samples, const RankLimit& limit) {
  return static_cast<double>(samples) / static_cast<double>(limit.effective_samples);
}

// Of the division of whole numbers: c times a scale, over that scale, is c.
constexpr double kRounding = 1e-9;

// What the exact test says of a value with so many observations over it. A part of an effective
// observation counts as one against what is claimed.
QuantileTest UpperTest(int64_t samples, int64_t over, const RankLimit& limit, double quantile) {
  const double of_effective =
      std::ceil(static_cast<double>(over) / ScaleOf(samples, limit) - kRounding);
  return TestQuantileLimit(limit.effective_samples, static_cast<int64_t>(of_effective), quantile,
                           0.95);
}

QuantileTest LowerTest(int64_t samples, int64_t over, const RankLimit& limit, double quantile) {
  const double of_effective =
      std::floor(static_cast<double>(over) / ScaleOf(samples, limit) + kRounding);
  return TestQuantileLimit(limit.effective_samples, static_cast<int64_t>(of_effective), quantile,
                           0.95);
}

struct Tightness {
  int limits = 0;
  int tight = 0;  // one observation further would be no limit any more
};

// Every limit passes its own test; counts those that are as near as they can be.
void CheckLimits(int64_t samples, int64_t repeat, double quantile, unsigned seed, Tightness& upper,
                 Tightness& lower) {
  const LatencySlots slots = Clusters(samples, repeat, seed);
  const QuantileLimits limits =
      DependentQuantileLimits(samples, OverDispersion(slots.slots()), quantile, {});
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
    for (const int64_t repeat : {2, 3, 7, 11}) {
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
  for (const int64_t repeat : {1, 5, 25}) {
    for (const double quantile : {0.5, 0.9, 0.99}) {
      const LatencySlots slots = Clusters(20'000, repeat, 4);
      const QuantileLimits limits =
          DependentQuantileLimits(20'000, OverDispersion(slots.slots()), quantile, {});
      ASSERT_TRUE(limits.lower.has_value()) << repeat << " " << quantile;
      EXPECT_LE(limits.lower->rank, quantile * 20'000);
      EXPECT_GE(limits.upper.value_or(RankLimit{.rank = 20'000}).rank, quantile * 20'000);
    }
  }
}

TEST(DependentQuantileLimits, LieFurtherApartAtAHigherLevelAndWithMoreDependence) {
  int64_t apart = 0;
  for (const int64_t repeat : {1, 4, 16}) {
    const LatencySlots slots = Clusters(20'000, repeat, 5);
    const OverDispersion dispersion(slots.slots());
    const QuantileLimits at_95 = DependentQuantileLimits(20'000, dispersion, 0.9, {});
    const QuantileLimits at_99 =
        DependentQuantileLimits(20'000, dispersion, 0.9, {.confidence = 0.99});
    EXPECT_LT(at_99.lower->rank, at_95.lower->rank);
    EXPECT_GT(at_99.upper->rank, at_95.upper->rank);
    EXPECT_GT(at_95.upper->rank - at_95.lower->rank, apart);
    apart = at_95.upper->rank - at_95.lower->rank;
  }
}

}  // namespace
}  // namespace slo::stats
