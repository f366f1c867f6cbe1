#include "bench/drive/capacity_search.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

// A system with a known capacity that every probe sees as it is.
ProbeOutcome Exact(const Probe& probe, double capacity) {
  return probe.rate <= capacity ? ProbeOutcome::kPasses : ProbeOutcome::kFails;
}

TEST(FindCapacity, BracketsAKnownCapacityWithinTheResolution) {
  for (const double capacity : {3.0, 999.0, 1'000.0, 1'001.0, 77'777.0}) {
    const Capacity found =
        FindCapacity({}, [&](const Probe& probe) { return Exact(probe, capacity); });
    ASSERT_TRUE(found.passes.has_value() && found.fails.has_value()) << capacity;
    EXPECT_LE(*found.passes, capacity);
    EXPECT_GT(*found.fails, capacity);
    EXPECT_LE(*found.fails, *found.passes * 1.05);
    EXPECT_TRUE(found.is_steady);
  }
}

TEST(FindCapacity, SaysWhenAnEndLiesBeyondWhatMayBeTried) {
  const Capacity high =
      FindCapacity({.highest_rate = 5'000}, [](const Probe&) { return ProbeOutcome::kPasses; });
  EXPECT_EQ(high.passes, 5'000);
  EXPECT_FALSE(high.fails.has_value());
  const Capacity low =
      FindCapacity({.lowest_rate = 500}, [](const Probe&) { return ProbeOutcome::kFails; });
  EXPECT_FALSE(low.passes.has_value());
  EXPECT_EQ(low.fails, 500);
}

TEST(FindCapacity, LeavesOutWhatCannotBeDecided) {
  const Capacity found = FindCapacity({}, [](const Probe& probe) {
    if (probe.rate > 9'000 && probe.rate < 12'000) return ProbeOutcome::kUndecided;
    return Exact(probe, 10'000);
  });
  EXPECT_LE(*found.passes, 9'000);
  EXPECT_GE(*found.fails, 12'000);
  EXPECT_LE(*found.fails / *found.passes, 12.0 / 9 * 1.05 * 1.05);
}

TEST(FindCapacity, AsksWithMoreArrivalsUntilItIsTold) {
  const Capacity found = FindCapacity({}, [](const Probe& probe) {
    return probe.arrivals < 100'000 ? ProbeOutcome::kUndecided : Exact(probe, 3'000);
  });
  EXPECT_LE(*found.passes, 3'000);
  EXPECT_GT(*found.fails, 3'000);
}

TEST(FindCapacity, EndsWhenNothingIsEverDecided) {
  int probes = 0;
  const Capacity found = FindCapacity({}, [&](const Probe&) {
    ++probes;
    return ProbeOutcome::kUndecided;
  });
  EXPECT_LE(probes, CapacityOptions{}.most_probes);
  EXPECT_EQ(found.probes, probes);
  EXPECT_FALSE(found.passes.has_value() || found.fails.has_value());
}

// After it was overloaded once, it manages a tenth of what it did before.
TEST(FindCapacity, SaysWhenTheSystemIsNotTheSameAllTheTime) {
  bool is_broken = false;
  const Capacity found = FindCapacity({}, [&](const Probe& probe) {
    const ProbeOutcome outcome = Exact(probe, is_broken ? 2'000 : 20'000);
    is_broken = is_broken || outcome == ProbeOutcome::kFails;
    return outcome;
  });
  EXPECT_FALSE(found.is_steady);
  EXPECT_LE(*found.passes, 2'000);
  EXPECT_GT(*found.fails, 16'000) << "which passed before";
}

}  // namespace
}  // namespace slo::bench
