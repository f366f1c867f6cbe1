#include "bench/counters/counters.h"

#include <cmath>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

constexpr int64_t kMillisecondNs = 1'000'000;

// 1 us, 2 us, ... in an order without clusters, each so many times in a row: steps of the golden
// ratio spread most evenly. One every millisecond.
LatencyRecorder MakeLatencies(int64_t samples, int64_t repeat = 1) {
  LatencyRecorder latencies(0);
  const int64_t step = samples * 618 / 1'000 | 1;
  for (int64_t i = 0; i < samples * repeat; ++i) {
    latencies.RecordNanoseconds(1'000 * repeat * (1 + i / repeat * step % samples),
                                i * kMillisecondNs);
  }
  return latencies;
}

tools::BoundOptions Bounds(int64_t disturbed_requests = 1) {
  return {.confidence = 0.95, .disturbed_requests = disturbed_requests};
}

TEST(AddLatencyCounters, PublishesPercentilesWithLimitsAroundThem) {
  Counters counters;
  AddLatencyCounters(MakeLatencies(10'000), "", Bounds(), counters);
  EXPECT_THAT(counters["latency_p50_us"], DoubleNear(5'000, 5));
  EXPECT_THAT(counters["latency_p95_us"], DoubleNear(9'500, 10));
  EXPECT_THAT(counters["latency_p99_us"], DoubleNear(9'900, 10));
  EXPECT_EQ(counters["latency_max_us"], 10'000);
  EXPECT_EQ(counters["samples_count"], 10'000);
  EXPECT_LT(counters["latency_p99_lower_us"], counters["latency_p99_us"]);
  EXPECT_GT(counters["latency_p99_upper_us"], counters["latency_p99_us"]);
  EXPECT_LT(counters["latency_p95_lower_us"], counters["latency_p95_us"]);
  EXPECT_GT(counters["latency_p95_upper_us"], counters["latency_p95_us"]);
}

TEST(AddLatencyCounters, WidensTheLimitsOfClusteredLatencies) {
  Counters apart;
  AddLatencyCounters(MakeLatencies(10'000), "", Bounds(), apart);
  EXPECT_EQ(apart["latency_p99_upper_effective_samples_count"], 10'000);
  Counters together;
  AddLatencyCounters(MakeLatencies(1'000, 10), "", Bounds(), together);
  EXPECT_LT(together["latency_p99_upper_effective_samples_count"], 5'000);
  EXPECT_GT(together["latency_p99_upper_us"], apart["latency_p99_upper_us"]);
  EXPECT_LT(together["latency_p99_lower_us"], apart["latency_p99_lower_us"]);
}

TEST(AddLatencyCounters, AllowsForDeclaredDisturbancesAndProcesses) {
  Counters alone;
  AddLatencyCounters(MakeLatencies(10'000), "", Bounds(10), alone);
  EXPECT_EQ(alone["latency_p99_upper_effective_samples_count"], 1'000);
  tools::BoundOptions of_five = Bounds(10);
  of_five.processes = 5;
  Counters share;
  AddLatencyCounters(MakeLatencies(10'000), "", of_five, share);
  EXPECT_EQ(share["latency_p99_upper_effective_samples_count"], 1'000);
  EXPECT_LT(share["latency_p99_upper_us"], alone["latency_p99_upper_us"]);
  EXPECT_GT(share["latency_p99_lower_us"], alone["latency_p99_lower_us"]);
}

// Of three kinds of latencies half as many as allowed are slower than 2 ms: p99 is at most 2 ms,
// and no lower limit may be above it because of its bucket.
TEST(AddLatencyCounters, RoundsLowerLimitsDown) {
  LatencyRecorder latencies(0);
  for (int64_t i = 0; i < 20'000; ++i) {
    const int64_t ms = i % 200 == 7 ? 3 : 1 + i % 2;
    latencies.RecordNanoseconds(ms * kMillisecondNs, i * kMillisecondNs);
  }
  Counters counters;
  AddLatencyCounters(latencies, "", Bounds(), counters);
  EXPECT_LE(counters["latency_p99_lower_us"], 2'000);
  EXPECT_GT(counters["latency_p99_lower_us"], 1'998);
  EXPECT_GE(counters["latency_p99_upper_us"], 2'000);
}

TEST(AddLatencyCounters, LeavesALimitOutThatTheSampleIsTooSmallFor) {
  Counters counters;
  AddLatencyCounters(MakeLatencies(128), "", Bounds(), counters);
  EXPECT_THAT(counters, Contains(Key("latency_p95_upper_us")));
  EXPECT_THAT(counters, Not(Contains(Key("latency_p99_upper_us")))) << "299 samples are needed";
  EXPECT_THAT(counters, Contains(Key("latency_p99_lower_us")));
}

TEST(AddLatencyCounters, SaysOnlyThatThereIsNothingWithoutSamples) {
  Counters counters;
  AddLatencyCounters(LatencyRecorder(), "read_run_", Bounds(), counters);
  EXPECT_EQ(counters, (Counters{{"read_run_samples_count", 0.0}}));
}

TEST(AddLatencyCounters, KeepsTheUnitLastBehindAPrefix) {
  Counters counters;
  AddLatencyCounters(MakeLatencies(1'000), "create_run_", Bounds(), counters);
  EXPECT_THAT(counters, Contains(Key("create_run_latency_p99_upper_us")));
}

TEST(AddSuccessCounters, CountsFailuresByReason) {
  RunRecorder recorder;
  for (int i = 0; i < 10; ++i) recorder.CountTrial(0);
  recorder.CountFailure(FailureReason::kStatus, "a", 0);
  recorder.CountFailure(FailureReason::kOutcome, "b", 0);
  Counters counters;
  AddSuccessCounters(recorder, Bounds(), counters);
  EXPECT_EQ(counters, (Counters{{"success_trials_count", 10},
                                {"failed_count", 2},
                                {"success_ratio", 0.8},
                                {"failed_status_count", 1},
                                {"failed_outcome_count", 1}}));
}

TEST(AddSuccessCounters, SaysHowFailuresComeTogether) {
  const auto counters_of = [](int64_t trials, int64_t period, int64_t failing) {
    RunRecorder recorder(0);
    for (int64_t i = 0; i < trials; ++i) {
      recorder.CountTrial(i * kMillisecondNs);
      if (i % period < failing) {
        recorder.CountFailure(FailureReason::kStatus, "x", i * kMillisecondNs);
      }
    }
    Counters counters;
    AddSuccessCounters(recorder, Bounds(), counters);
    return counters;
  };
  EXPECT_LT(counters_of(8'000, 97, 1).at("success_over_dispersion_factor"), 1.5);
  EXPECT_GT(counters_of(8'000, 1'940, 20).at("success_over_dispersion_factor"), 10);
  EXPECT_EQ(counters_of(8'000, 97, 0).at("success_over_dispersion_factor"), 1);
  EXPECT_GE(counters_of(8'000, 97, 1).at("success_batches_count"), 32);
  EXPECT_THAT(counters_of(59, 10, 1), Not(Contains(Key("success_over_dispersion_factor"))));
  EXPECT_THAT(counters_of(59, 10, 1), Not(Contains(Key("success_batches_count"))));
}

TEST(AddSuccessCounters, HasNoRatioWithoutTrials) {
  Counters counters;
  AddSuccessCounters(RunRecorder(), Bounds(), counters);
  EXPECT_THAT(counters, Not(Contains(Key("success_ratio"))));
}

TEST(AddThroughputCounters, BoundsTheRateByItsWindows) {
  Throughput throughput = {.runs_per_second = 10'050, .window_length = absl::Seconds(1)};
  for (int window = 0; window < 20; ++window) {
    throughput.window_runs_per_second.push_back(10'000 + 100 * (window % 2));
  }
  Counters counters;
  AddThroughputCounters(throughput, Bounds(), counters);
  EXPECT_THAT(counters, Contains(Pair("runs_per_second", DoubleNear(10'050, 1e-6))));
  EXPECT_LT(counters["runs_per_second_lower"], 10'050);
  EXPECT_GT(counters["runs_per_second_lower"], 10'000);
  EXPECT_GT(counters["runs_per_second_upper"], 10'050);
}

TEST(AddThroughputCounters, AllowsForTheDeclaredDisturbance) {
  Throughput throughput = {.runs_per_second = 100, .window_length = absl::Seconds(1)};
  throughput.window_runs_per_second.assign(20, 100);
  Counters counters;
  AddThroughputCounters(
      throughput, {.confidence = 0.95, .longest_disturbance = absl::Milliseconds(100)}, counters);
  EXPECT_NEAR(counters["runs_per_second_lower"], 2'000 / (20 + 0.2995732), 1e-6);
  Counters none;
  AddThroughputCounters(throughput, {.confidence = 0.95, .longest_disturbance = absl::Seconds(1)},
                        none);
  EXPECT_THAT(none, Not(Contains(Key("runs_per_second_lower"))));
}

TEST(AddThroughputCounters, IsNotDeceivedByOneSlowWindow) {
  // 19 windows at 10,000 runs a second, one at 100.
  Throughput throughput = {.runs_per_second = 9'505, .window_length = absl::Seconds(1)};
  throughput.window_runs_per_second.assign(19, 10'000);
  throughput.window_runs_per_second.push_back(100);
  Counters counters;
  AddThroughputCounters(throughput, {.confidence = 0.95}, counters);
  EXPECT_LT(counters["runs_per_second_lower"], 9'000);
}

TEST(AddThroughputCounters, StaysFiniteWhenNothingRan) {
  Counters counters;
  AddThroughputCounters(Throughput(), Bounds(), counters);
  for (const auto& [name, value] : counters) EXPECT_TRUE(std::isfinite(value)) << name;
  EXPECT_THAT(counters, Not(Contains(Key("runs_per_second_lower"))));
}

TEST(AddThroughputCounters, PublishesBothRates) {
  Counters counters;
  AddThroughputCounters({.runs_per_second = 3, .requests_per_second = 24}, Bounds(), counters);
  EXPECT_EQ(counters, (Counters{{"runs_per_second", 3}, {"requests_per_second", 24}}));
}

TEST(AddSuccessCounters, HasARatioOfASingleTrial) {
  RunRecorder recorder;
  recorder.CountTrial(0);
  Counters counters;
  AddSuccessCounters(recorder, Bounds(), counters);
  EXPECT_EQ(counters,
            (Counters{{"success_trials_count", 1}, {"failed_count", 0}, {"success_ratio", 1}}));
}

TEST(AddSuccessCounters, NamesEveryReasonThatOccurred) {
  RunRecorder recorder;
  for (size_t i = 0; i < kFailureReasons; ++i) {
    for (size_t j = 0; j <= i; ++j) recorder.CountFailure(static_cast<FailureReason>(i), "x", 0);
  }
  Counters counters;
  AddSuccessCounters(recorder, Bounds(), counters);
  for (size_t i = 0; i < kFailureReasons; ++i) {
    const std::string reason(FailureReasonName(static_cast<FailureReason>(i)));
    EXPECT_EQ(counters.at("failed_" + reason + "_count"), static_cast<double>(i + 1));
  }
  EXPECT_EQ(counters.at("failed_count"), 36);
}

TEST(AddDigestCounters, PublishesTheDigestAndItsRuns) {
  Counters counters;
  AddDigestCounters(RunDigest(), counters);
  EXPECT_EQ(counters, (Counters{{"response_digest", 0}, {"response_digest_runs_count", 0}}));
}

}  // namespace
}  // namespace slo::bench
