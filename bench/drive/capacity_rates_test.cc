// Which rates a search for capacity asks, in which order, and what a probe says.

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "bench/drive/capacity_search.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

struct Searched {
  Capacity found;
  std::vector<double> rates;
  std::vector<Probe> probes;
};

Searched SearchWith(const CapacityOptions& options,
                    absl::FunctionRef<ProbeOutcome(double rate, int64_t arrivals)> answer) {
  Searched searched;
  searched.found = FindCapacity(options, [&](const Probe& probe) {
    searched.rates.push_back(probe.rate);
    searched.probes.push_back(probe);
    return answer(probe.rate, probe.arrivals);
  });
  EXPECT_EQ(searched.found.probes, static_cast<int>(searched.rates.size()));
  return searched;
}

auto SystemOf(double capacity) {
  return [capacity](double rate, int64_t /*arrivals*/) {
    return rate <= capacity ? ProbeOutcome::kPasses : ProbeOutcome::kFails;
  };
}

void ExpectRates(const Searched& searched, const std::vector<double>& expected) {
  EXPECT_THAT(searched.rates, ::testing::Pointwise(::testing::DoubleNear(1e-6), expected));
}

TEST(FindCapacity, DoublesThenStepsDownThenHalvesThenAsksBothEndsAgain) {
  const Searched searched = SearchWith({}, SystemOf(3'000));
  // Geometric means of the ends from the sixth on.
  ExpectRates(searched, {1'000, 2'000, 4'000, 3'200, 2'560, 2'862.167011199731, 3'026.3731488101625,
                         2'943.12510609133, 3'026.3731488101625, 2'943.12510609133});
  EXPECT_NEAR(*searched.found.passes, 2'943.12510609133, 1e-6);
  EXPECT_NEAR(*searched.found.fails, 3'026.3731488101625, 1e-6);
}

TEST(FindCapacity, StepsDownFromAStartThatFails) {
  const Searched searched = SearchWith({}, SystemOf(700));
  ExpectRates(searched, {1'000, 800, 640, 715.5417527999327, 676.717608601961, 695.8589683331143,
                         715.5417527999327, 695.8589683331143});
}

TEST(FindCapacity, AsksNothingBelowTheLowestRate) {
  ExpectRates(SearchWith({.start_rate = 1.5}, SystemOf(0.5)), {1.5, 1.2, 1, 1});
  ExpectRates(SearchWith({.lowest_rate = 500}, SystemOf(1)), {1'000, 800, 640, 512, 500, 500});
}

TEST(FindCapacity, AsksNothingAboveTheHighestRate) {
  ExpectRates(SearchWith({.highest_rate = 5'000}, SystemOf(1e9)),
              {1'000, 2'000, 4'000, 5'000, 5'000});
  ExpectRates(SearchWith({.highest_rate = 4'000}, SystemOf(1e9)), {1'000, 2'000, 4'000, 4'000});
  const Searched high_start = SearchWith({.start_rate = 100, .highest_rate = 50}, SystemOf(10));
  ExpectRates(high_start,
              {50, 40, 32, 25.6, 20.48, 16.384, 13.1072, 10.48576, 8.388608, 9.378748862299279,
               9.916819534021142, 10.197322668085851, 10.197322668085851, 9.916819534021142});
}

TEST(FindCapacity, IsContentWithTheResolutionThatIsAskedFor) {
  const Searched searched = SearchWith({.resolution = 0.3}, SystemOf(1'000));
  ExpectRates(searched, {1'000, 2'000, 1'600, 1'280, 1'024, 1'024, 1'000});
}

TEST(FindCapacity, EndsWithItsProbesWhereverItIs) {
  const std::vector<double> all = {1'000,
                                   2'000,
                                   4'000,
                                   3'200,
                                   2'560,
                                   2'862.167011199731,
                                   3'026.3731488101625,
                                   2'943.12510609133,
                                   3'026.3731488101625,
                                   2'943.12510609133};
  for (int most = 1; most <= 10; ++most) {
    ExpectRates(SearchWith({.most_probes = most}, SystemOf(3'000)),
                {all.begin(), all.begin() + most});
  }
}

TEST(FindCapacity, AsksWithFourTimesTheArrivalsUpToTheMost) {
  const Searched searched =
      SearchWith({.first_arrivals = 100, .most_arrivals = 1'600, .most_probes = 7},
                 [](double, int64_t) { return ProbeOutcome::kUndecided; });
  ExpectRates(searched, {1'000, 1'000, 1'000, 2'000, 2'000, 2'000, 4'000});
  std::vector<int64_t> arrivals;
  for (const Probe& probe : searched.probes) arrivals.push_back(probe.arrivals);
  EXPECT_EQ(arrivals, (std::vector<int64_t>{100, 400, 1'600, 100, 400, 1'600, 100}));
}

TEST(FindCapacity, StopsAskingAboutARateOnceItIsTold) {
  const Searched searched = SearchWith({.most_probes = 12}, [](double rate, int64_t arrivals) {
    return arrivals < 100'000 ? ProbeOutcome::kUndecided
           : rate <= 1'500    ? ProbeOutcome::kPasses
                              : ProbeOutcome::kFails;
  });
  ExpectRates(searched,
              {1'000, 1'000, 1'000, 2'000, 2'000, 2'000, 1'600, 1'600, 1'600, 1'280, 1'280, 1'280});
  EXPECT_EQ(searched.found.passes, 1'280);
  EXPECT_EQ(searched.found.fails, 1'600);
}

TEST(FindCapacity, NarrowsWhatIsUndecidedFromBothSides) {
  const Searched searched = SearchWith({.most_arrivals = 8'192}, [](double rate, int64_t arrivals) {
    if (rate > 2'500 && rate < 3'500) return ProbeOutcome::kUndecided;
    return SystemOf(3'000)(rate, arrivals);
  });
  ExpectRates(searched,
              {1'000, 2'000, 4'000, 3'200, 2'560, 2'048, 2'862.167011199731, 2'421.09851904813,
               2'632.4111214025975, 2'524.54484364086, 3'383.5880430098055, 3'678.9063826141623,
               3'528.1586766422133, 3'528.1586766422133, 2'421.09851904813});
  EXPECT_TRUE(searched.found.is_steady);
}

TEST(FindCapacity, SweepsDownAgainWhenNothingPassesAnyMore) {
  bool is_broken = false;
  const Searched searched = SearchWith({}, [&](double rate, int64_t arrivals) {
    const ProbeOutcome outcome = SystemOf(is_broken ? 600 : 3'000)(rate, arrivals);
    is_broken = is_broken || outcome == ProbeOutcome::kFails;
    return outcome;
  });
  ExpectRates(searched,
              {1'000, 2'000, 4'000, 3'200, 2'560, 2'048, 2'048, 2'000, 1'000, 800, 640, 512});
  EXPECT_EQ(searched.found.passes, 512);
  EXPECT_EQ(searched.found.fails, 2'048);
  EXPECT_FALSE(searched.found.is_steady);
}

TEST(FindCapacity, SweepsUpAgainWhenNothingFailsAnyMore) {
  int asked = 0;
  const Searched searched = SearchWith({}, [&](double rate, int64_t arrivals) {
    return SystemOf(++asked < 6 ? 900 : 5'000)(rate, arrivals);
  });
  ExpectRates(searched, {1'000, 800, 894.4271909999159, 945.7416090031758, 919.7265956535406,
                         919.7265956535406, 945.7416090031758, 1'000, 2'000, 4'000, 8'000,
                         894.4271909999159});
  EXPECT_EQ(searched.found.fails, 8'000);
  EXPECT_FALSE(searched.found.is_steady);
}

TEST(FindCapacity, GivesEachProbeASeedAndItsShareOfTheError) {
  const Searched searched = SearchWith({.confidence = 0.9, .most_probes = 20}, SystemOf(3'000));
  for (size_t i = 0; i < searched.probes.size(); ++i) {
    EXPECT_EQ(searched.probes[i].seed, i + 1);
    EXPECT_DOUBLE_EQ(searched.probes[i].confidence, 1 - 0.1 / 20);
    EXPECT_EQ(searched.probes[i].arrivals, 8'192);
  }
}

TEST(CapacityOptions, HaveTheDefaultsThatAreDocumented) {
  const CapacityOptions options;
  EXPECT_EQ(options.start_rate, 1'000);
  EXPECT_EQ(options.lowest_rate, 1);
  EXPECT_EQ(options.highest_rate, 1e6);
  EXPECT_EQ(options.resolution, 0.05);
  EXPECT_EQ(options.confidence, 0.95);
  EXPECT_EQ(options.first_arrivals, 8'192);
  EXPECT_EQ(options.most_arrivals, 131'072);
  EXPECT_EQ(options.most_probes, 60);
  EXPECT_EQ(CapacityObjectives().p99, absl::Milliseconds(10));
  EXPECT_EQ(CapacityObjectives().success_ratio, 0.99);
  EXPECT_EQ(Probe().rate, 0);
  EXPECT_EQ(Probe().arrivals, 0);
  EXPECT_EQ(Probe().seed, 0U);
  EXPECT_EQ(Probe().confidence, 0.95);
  EXPECT_TRUE(Capacity().is_steady);
  EXPECT_EQ(Capacity().probes, 0);
}

// ---- What a probe says ----

constexpr int64_t kStepNs = 1'000'000;

LatencyRecorder SamplesOf(int64_t samples, int64_t latency_ns) {
  LatencyRecorder latencies(0);
  for (int64_t i = 0; i < samples; ++i) latencies.RecordNanoseconds(latency_ns, i * kStepNs);
  return latencies;
}

// Failures are spread evenly, or all at the end.
ProbeOutcome Judge(const LatencyRecorder& latencies, int64_t completed, int64_t planned,
                   int64_t disturbed = 1, bool are_together = false) {
  stats::TrialSlots trials;
  const int64_t failed = planned - completed;
  for (int64_t i = 0; i < planned; ++i) {
    trials.CountTrials(i * kStepNs);
    const bool has_failed =
        are_together ? i >= completed : (i + 1) * failed / planned > i * failed / planned;
    if (has_failed) trials.CountFailures(i * kStepNs);
  }
  return JudgeProbe({.from_planned = latencies,
                     .trials = trials,
                     .completed = completed,
                     .planned = planned,
                     .disturbed = disturbed},
                    {.p99 = absl::Milliseconds(1), .success_ratio = 0.99}, 0.95);
}

TEST(JudgeProbe, PassesAtTheObjectiveAndFailsAboveIt) {
  EXPECT_EQ(Judge(SamplesOf(1'000, 1'000'000), 1'000, 1'000), ProbeOutcome::kPasses);
  // A lower limit is the beginning of its bucket.
  EXPECT_EQ(Judge(SamplesOf(1'000, 1'001'000), 1'000, 1'000), ProbeOutcome::kFails);
}

TEST(JudgeProbe, AllowsForDisturbances) {
  // 250 of 299.
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 1'000, 1'000, 4), ProbeOutcome::kUndecided);
  EXPECT_EQ(Judge(SamplesOf(1'200, 1), 1'200, 1'200, 4), ProbeOutcome::kPasses);
  EXPECT_EQ(Judge(SamplesOf(10'000, 1), 9'970, 10'000), ProbeOutcome::kPasses);
  EXPECT_EQ(Judge(SamplesOf(10'000, 1), 9'970, 10'000, 1, /*are_together=*/true),
            ProbeOutcome::kUndecided)
      << "one outage";
}

TEST(JudgeProbe, IsUndecidedWithoutRuns) {
  EXPECT_EQ(Judge(LatencyRecorder(), 0, 0), ProbeOutcome::kUndecided);
  EXPECT_EQ(Judge(LatencyRecorder(), 0, 1'000), ProbeOutcome::kUndecided);
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 0, 0), ProbeOutcome::kUndecided);
}

TEST(JudgeProbe, NeedsAsManyRunsAsTheLimitsDo) {
  // 0.99^298 is above 0.05, and 0.99^299 below it.
  EXPECT_EQ(Judge(SamplesOf(298, 1), 1'000, 1'000), ProbeOutcome::kUndecided);
  EXPECT_EQ(Judge(SamplesOf(299, 1), 1'000, 1'000), ProbeOutcome::kPasses);
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 298, 298), ProbeOutcome::kUndecided);
  // 299, and Student's correction for the dependence of failures.
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 330, 330), ProbeOutcome::kPasses);
}

TEST(JudgeProbe, JudgesTheShareOfSuccesses) {
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 999, 1'000), ProbeOutcome::kPasses);
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 990, 1'000), ProbeOutcome::kUndecided);
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 970, 1'000), ProbeOutcome::kFails);
}

TEST(JudgeProbe, FailsByEitherObjectiveAlone) {
  EXPECT_EQ(Judge(SamplesOf(1'000, 2'000'000), 1'000, 1'000), ProbeOutcome::kFails);
  EXPECT_EQ(Judge(SamplesOf(1'000, 1), 500, 1'000), ProbeOutcome::kFails);
  EXPECT_EQ(Judge(SamplesOf(1'000, 2'000'000), 500, 1'000), ProbeOutcome::kFails);
}

TEST(JudgeProbe, IsUndecidedWhereTheLimitsLieOnBothSides) {
  // One in a hundred is slow.
  LatencyRecorder latencies(0);
  for (int i = 0; i < 1'000; ++i) {
    latencies.RecordNanoseconds(i % 100 == 50 ? 2'000'000 : 1, i * kStepNs);
  }
  EXPECT_EQ(Judge(latencies, 1'000, 1'000), ProbeOutcome::kUndecided);
}

}  // namespace
}  // namespace slo::bench
