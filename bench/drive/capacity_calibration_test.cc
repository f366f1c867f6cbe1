// How often the bracket of FindCapacity() holds the capacity of a system whose capacity is known.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "absl/time/time.h"
#include "bench/drive/arrival_schedule.h"
#include "bench/drive/capacity_search.h"
#include "bench/record/latency_recorder.h"
#include "gtest/gtest.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::bench {
namespace {

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
                                                      .seed = stats::MixBits(seed) + probe.seed});
  stats::SplitMix64 random(stats::MixBits(seed + 1'000) + probe.seed);
  std::array<int64_t, 2> free_at = {};
  LatencyRecorder from_planned(0);
  stats::TrialSlots trials;
  for (const int64_t arrival : arrivals) {
    int64_t& server = free_at[0] <= free_at[1] ? free_at[0] : free_at[1];
    const double uniform = (static_cast<double>(random.Next() >> 11U) + 1) * 0x1.0p-53;
    const auto service = static_cast<int64_t>(-std::log(uniform) / kServiceRate * 1e9);
    server = std::max(server, arrival) + service;
    from_planned.RecordNanoseconds(server - arrival, arrival);
    trials.CountTrials(arrival);
  }
  return JudgeProbe({.from_planned = from_planned,
                     .trials = trials,
                     .completed = probe.arrivals,
                     .planned = probe.arrivals},
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
}  // namespace slo::bench
