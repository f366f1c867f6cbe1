#include "bench/counters/open_loop_counters.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

OpenLoopResult SomeOpenLoop() {
  OpenLoopResult result;
  result.ledger = {.planned = 20, .completed = 10, .failed = 5, .dropped = 3, .in_flight = 2};
  result.late_starts = 4;
  result.workers = 2;
  result.elapsed = absl::Seconds(4);
  result.queue_wait = absl::Seconds(1);
  for (int i = 0; i < 17; ++i) result.recorder.CountTrial(i);
  result.recorder.CountFailure(FailureReason::kBody, "x", 0);
  for (const Stage stage : kStages) {
    for (int i = 0; i <= static_cast<int>(stage); ++i)
      result.recorder.RecordRequest(stage, 1'000, i);
  }
  for (int i = 0; i < 17; ++i) result.recorder.RecordRun(2'000, i);
  for (int i = 0; i < 20; ++i) result.from_planned.RecordNanoseconds(3'000, i);
  for (int i = 0; i < 16; ++i) result.lateness.RecordNanoseconds(4'000, i);
  return result;
}

TEST(OpenLoopCounters, HasTheLedgerAndItsRates) {
  const Counters counters = OpenLoopCounters(SomeOpenLoop(), {.confidence = 0.95});
  EXPECT_EQ(counters.at("planned_count"), 20);
  EXPECT_EQ(counters.at("completed_count"), 10);
  EXPECT_EQ(counters.at("failed_count"), 5);
  EXPECT_EQ(counters.at("dropped_count"), 3);
  EXPECT_EQ(counters.at("in_flight_count"), 2);
  EXPECT_EQ(counters.at("late_starts_count"), 4);
  EXPECT_EQ(counters.at("success_trials_count"), 20) << "of what was planned";
  EXPECT_EQ(counters.at("success_ratio"), 0.5);
  EXPECT_EQ(counters.at("runs_per_second"), 2.5);
  EXPECT_EQ(counters.at("failed_body_count"), 1);
  EXPECT_EQ(counters.at("environment_wait_share"), 0.125);
  EXPECT_EQ(counters.at("response_digest"), 0);
  EXPECT_EQ(counters.at("response_digest_runs_count"), 0);
}

TEST(OpenLoopCounters, TellsTheFourKindsOfLatencyApart) {
  const Counters counters = OpenLoopCounters(SomeOpenLoop(), {.confidence = 0.95});
  const auto expect = [&](const std::string& prefix, double samples, double max_us) {
    EXPECT_EQ(counters.at(absl::StrCat(prefix, "samples_count")), samples) << prefix;
    EXPECT_EQ(counters.at(absl::StrCat(prefix, "latency_max_us")), max_us) << prefix;
  };
  expect("", 20, 3);
  expect("service_", 17, 2);
  expect("generator_lateness_", 16, 4);
  expect("create_run_", 1, 1);
  expect("dispatch_ready_", 2, 1);
  expect("runner_status_", 3, 1);
  expect("read_run_", 4, 1);
}

// In 2 ms 20 are planned, more than the 4 that a disturbance meets; p95 of the 2,000 is then worth
// 100. The runs' own latencies are worth 500.
TEST(OpenLoopCounters, AllowsForAllThatArePlannedDuringADisturbance) {
  OpenLoopResult result;
  result.arrivals_per_second = 9'999.5;
  for (int64_t i = 0; i < 2'000; ++i) {
    result.from_planned.RecordNanoseconds(1'000 + i * 619 % 2'000, i * 100'000);
    result.recorder.RecordRun(1'000 + i * 619 % 2'000, i * 100'000);
    result.recorder.CountTrial(i * 100'000);
    result.planned_trials.CountTrials(i * 100'000);
    if (i >= 1'000 && i < 1'100) result.planned_trials.CountFailures(i * 100'000);
  }
  const Counters counters = OpenLoopCounters(result, {.confidence = 0.95, .disturbed_requests = 4});
  EXPECT_EQ(counters.at("disturbed_runs_count"), 20);
  EXPECT_EQ(counters.at("latency_p95_upper_effective_samples_count"), 100);
  EXPECT_EQ(counters.at("service_latency_p95_upper_effective_samples_count"), 500);
  EXPECT_GT(counters.at("success_over_dispersion_factor"), 10) << "of what was planned";
}

TEST(OpenLoopCounters, HasNoRatesOfNothing) {
  const Counters counters = OpenLoopCounters(OpenLoopResult(), {.confidence = 0.95});
  EXPECT_EQ(counters.count("success_ratio"), 0U);
  EXPECT_EQ(counters.count("runs_per_second"), 0U);
  EXPECT_EQ(counters.count("environment_wait_share"), 0U);
  EXPECT_EQ(counters.at("planned_count"), 0);
}

}  // namespace
}  // namespace slo::bench
