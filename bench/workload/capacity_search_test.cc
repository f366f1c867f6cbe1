#include "bench/workload/capacity_search.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "bench/workload/arrival_schedule.h"
#include "bench/workload/split_mix.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::workload {
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

// ---- Two servers with exponential service times, fed by Poisson arrivals ----

constexpr double kServiceRate = 1'000;  // of each server
constexpr double kObjectiveSeconds = 0.008;

// That a run takes longer than kObjectiveSeconds, waiting included. Source: D. Gross, C. M. Harris,
// "Fundamentals of Queueing Theory", M/M/c, with Erlang's C for two servers.
double TailOfTwoServers(double rate) {
  const double a = rate / kServiceRate;
  const double x = kServiceRate * kObjectiveSeconds * (1 - a);
  const double waiting =
      std::abs(x) < 1e-9 ? kServiceRate * kObjectiveSeconds : -std::expm1(-x) / (1 - a);
  const double erlang_c = a * a / (2 - a) / (1 + a + a * a / (2 - a));
  return std::exp(-kServiceRate * kObjectiveSeconds) * (1 + erlang_c * waiting);
}

double CapacityOfTwoServers() {
  double below = 1;
  double above = 2 * kServiceRate - 1;
  while (above - below > 1e-6) {
    const double rate = (below + above) / 2;
    (TailOfTwoServers(rate) <= 0.01 ? below : above) = rate;
  }
  return below;
}

ProbeOutcome ProbeTwoServers(const Probe& probe, uint64_t seed) {
  const std::vector<int64_t> arrivals = PlanArrivals({.rate_per_second = probe.rate,
                                                      .arrivals = probe.arrivals,
                                                      .seed = MixBits(seed) + probe.seed});
  SplitMix64 random(MixBits(seed + 1'000) + probe.seed);
  std::array<int64_t, 2> free_at = {};
  LatencyRecorder from_planned;
  for (const int64_t arrival : arrivals) {
    int64_t& server = free_at[0] <= free_at[1] ? free_at[0] : free_at[1];
    const double uniform = (static_cast<double>(random.Next() >> 11U) + 1) * 0x1.0p-53;
    const auto service = static_cast<int64_t>(-std::log(uniform) / kServiceRate * 1e9);
    server = std::max(server, arrival) + service;
    from_planned.RecordNanoseconds(server - arrival);
  }
  return JudgeProbe(from_planned, probe.arrivals, probe.arrivals,
                    {.p99 = absl::Seconds(kObjectiveSeconds)}, probe.confidence);
}

// The sanitizers are here for errors of another kind.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr uint64_t kSeeds = 5;
#else
constexpr uint64_t kSeeds = 100;
#endif

TEST(FindCapacity, BracketsThatOfTwoSimulatedServersInAtLeast95Of100Seeds) {
  const double capacity = CapacityOfTwoServers();
  EXPECT_NEAR(TailOfTwoServers(capacity), 0.01, 1e-9);
  int bracketed = 0;
  double widest = 1;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Capacity found =
        FindCapacity({.start_rate = 100, .most_arrivals = 32'768},
                     [&](const Probe& probe) { return ProbeTwoServers(probe, seed); });
    ASSERT_TRUE(found.passes.has_value() && found.fails.has_value()) << seed;
    bracketed += *found.passes <= capacity && capacity < *found.fails ? 1 : 0;
    widest = std::max(widest, *found.fails / *found.passes);
  }
  EXPECT_GE(bracketed, kSeeds * 95 / 100);
  EXPECT_LE(widest, 1.6) << "a bracket of everything says nothing";
  std::printf("capacity %.0f: bracketed %d of %d, widest %.3f\n", capacity, bracketed,
              static_cast<int>(kSeeds), widest);
}

}  // namespace
}  // namespace slo::workload
