#include "bench/drive/scenario.h"

#include <utility>
#include <vector>

#include "bench/drive/scenario_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(RunScenario, DrivesEveryRunOnceAndCutsThemIntoWindows) {
  stack::InProcessStack stack;
  std::vector<int64_t> progress;
  const ScenarioResult result =
      RunOnce(stack.client(), {.runs = 43, .warm_up_runs = 5, .on_progress = [&](int64_t done) {
                                 progress.push_back(done);
                               }});
  EXPECT_EQ(result.recorder.trials(), 43);
  EXPECT_EQ(result.recorder.failures(), 0) << result.recorder.first_failure();
  EXPECT_EQ(result.recorder.requests(), 43 * RequestsPerRun(3));
  ASSERT_EQ(result.windows.size(), 21u);
  int64_t succeeded = 0;
  for (const ScenarioWindow& window : result.windows) succeeded += window.succeeded;
  EXPECT_EQ(succeeded, 43);
  EXPECT_EQ(progress.size(), 43u);
  EXPECT_EQ(progress.back(), 43);
  const Throughput throughput = result.throughput();
  EXPECT_GT(throughput.runs_per_second, 0);
  EXPECT_NEAR(throughput.requests_per_second / throughput.runs_per_second, 8.0, 1e-9);
  EXPECT_EQ(throughput.window_runs_per_second.size(), 21u);
}

TEST(RunScenario, CountsOnlySucceededRunsAsThroughput) {
  stack::InProcessStack stack;
  FailingClient client(stack.client(), /*healthy_requests=*/2 + 10 * RequestsPerRun(3));
  const ScenarioResult result = RunOnce(client, {.runs = 20});
  EXPECT_EQ(result.recorder.trials(), 20);
  EXPECT_EQ(result.recorder.failures(FailureReason::kStatus), 10);
  EXPECT_NEAR(result.throughput().runs_per_second * absl::ToDoubleSeconds(result.meter.busy()),
              10.0, 1e-6);
}

TEST(WindowCount, IsTwentyFourOrLessWhenWindowsWouldHoldASingleRun) {
  EXPECT_EQ(WindowCount(1), 1);
  EXPECT_EQ(WindowCount(3), 1);
  EXPECT_EQ(WindowCount(16), 8);
  EXPECT_EQ(WindowCount(48), 24);
  EXPECT_EQ(WindowCount(1'000'000), 24);
}

TEST(RunScenario, LastsForATimeInsteadOfRuns) {
  stack::InProcessStack stack;
  const ScenarioResult result =
      RunOnce(stack.client(), {.duration = absl::Milliseconds(240), .pace = absl::Milliseconds(1)});
  EXPECT_GE(result.recorder.trials(), 1);
  EXPECT_LE(result.recorder.trials(), 241) << "one run a pace at most";
  EXPECT_LE(result.windows.size(), 24u);
  EXPECT_FALSE(result.was_cancelled);
}

TEST(RunScenario, ReadsTheProcessAtTheEndOfEachWindow) {
  stack::InProcessStack stack;
  const ScenarioResult result = RunOnce(stack.client(), {.runs = 4'800});
  ASSERT_EQ(result.windows.size(), 24u);
  EXPECT_LE(result.windows.back().run_p10, result.windows.back().run_p50);
  EXPECT_LE(result.windows.back().run_p50, result.windows.back().run_p99);
  const ProcessUsage& first = result.windows.front().usage;
  const ProcessUsage& last = result.windows.back().usage;
  if (first.heap_bytes.has_value()) {
    EXPECT_GT(*last.heap_bytes, *first.heap_bytes) << "the API keeps its runs";
  }
  if (first.threads.has_value()) {
    EXPECT_GE(*first.threads, 1);
  }
}

TEST(RunScenario, CutsItsRunsIntoWindowsOfEqualLength) {
  const ScenarioResult result = RunSteady({.runs = 240});
  ASSERT_EQ(result.windows.size(), 24U);
  absl::Duration busy;
  for (const ScenarioWindow& window : result.windows) {
    EXPECT_EQ(window.runs, 10);
    EXPECT_EQ(window.succeeded, 10);
    EXPECT_GT(window.run_p10, absl::ZeroDuration());
    EXPECT_LE(window.run_p10 * 10, window.busy);
    EXPECT_GE(window.run_p99 * 10, window.busy) << "of ten the largest";
    busy += window.busy;
  }
  EXPECT_EQ(result.meter.busy(), busy);
  for (size_t i = 1; i < 24; ++i) {
    EXPECT_GE(result.windows[i].end - result.windows[i - 1].end, result.windows[i].busy);
  }
  EXPECT_GE(result.windows[0].end, result.windows[0].busy);
}

TEST(RunScenario, TakesQuantilesOfNearestRank) {
  // Of two runs a window the tenth percentile is the lesser, the others the greater or either.
  const ScenarioResult result = RunSteady({.runs = 2});
  ASSERT_EQ(result.windows.size(), 1U);
  const ScenarioWindow& window = result.windows[0];
  EXPECT_EQ(window.run_p10 + window.run_p99, window.busy);
  EXPECT_EQ(window.run_p50, window.run_p10);
}

TEST(RunScenario, CountsTheFailuresOfEachWindow) {
  stack::InProcessStack stack;
  FailingClient client(stack.client(), /*healthy_requests=*/2 + 3 * RequestsPerRun(3));
  const ScenarioResult result = RunOnce(client, {.runs = 8});
  ASSERT_EQ(result.windows.size(), 4U);
  std::vector<int64_t> succeeded;
  for (const ScenarioWindow& window : result.windows) succeeded.push_back(window.succeeded);
  EXPECT_EQ(succeeded, (std::vector<int64_t>{2, 1, 0, 0}));
}

TEST(RunScenario, DrivesItsWarmUpUnrecorded) {
  std::vector<int64_t> progress;
  const ScenarioResult result =
      RunSteady({.runs = 3, .warm_up_runs = 4, .on_progress = [&](int64_t done) {
                   progress.push_back(done);
                 }});
  EXPECT_EQ(result.recorder.trials(), 3);
  EXPECT_EQ(result.recorder.requests(), 3 * RequestsPerRun(3));
  EXPECT_EQ(result.run_ids, (std::vector<int64_t>{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(progress, (std::vector<int64_t>{1, 2, 3}));
  EXPECT_EQ(result.digest.runs(), 1) << "that of the first measured run";
}

TEST(RunScenario, DrivesEachRunByItsNumber) {
  // Warm-up and measured runs begin at number 0: the digest is that of the same runs.
  const ScenarioResult without = RunSteady({.runs = 33});
  EXPECT_EQ(without.digest.runs(), 3);
  EXPECT_EQ(RunSteady({.runs = 33}).digest.value(), without.digest.value());
  EXPECT_EQ(RunSteady({.runs = 32}).digest.runs(), 2);
}

TEST(ScenarioResult, HasTheRatesOfItsBusyTime) {
  ScenarioResult result;
  for (int i = 0; i < 10; ++i) result.meter.Add(absl::Milliseconds(50), /*has_succeeded=*/i != 3);
  for (int i = 0; i < 30; ++i) result.recorder.RecordRequest(Stage::kReadRun, 1, i);
  const Throughput throughput = result.throughput();
  EXPECT_DOUBLE_EQ(throughput.runs_per_second, 18);
  EXPECT_DOUBLE_EQ(throughput.requests_per_second, 60);
  EXPECT_EQ(throughput.window_length, absl::Milliseconds(100));
  EXPECT_EQ(ScenarioResult().throughput().runs_per_second, 0) << "nothing in no time";
}

TEST(WindowCount, IsHalfOfTheRunsUpTo24) {
  for (const auto& [runs, windows] : {std::pair(0, 1),
                                      {1, 1},
                                      {2, 1},
                                      {3, 1},
                                      {4, 2},
                                      {5, 2},
                                      {46, 23},
                                      {47, 23},
                                      {48, 24},
                                      {49, 24},
                                      {50, 24},
                                      {60, 24}}) {
    EXPECT_EQ(WindowCount(runs), windows) << runs;
  }
}

TEST(ScenarioOptions, HaveTheDefaultsThatAreDocumented) {
  const ScenarioOptions options;
  EXPECT_EQ(options.runs, 1);
  EXPECT_EQ(options.duration, absl::ZeroDuration());
  EXPECT_EQ(options.warm_up_runs, 0);
  EXPECT_EQ(options.pace, absl::ZeroDuration());
  EXPECT_EQ(options.give_up_after, absl::Seconds(5));
}

TEST(ScenarioResult, HasNothingBeforeARun) {
  EXPECT_EQ(ScenarioWindow().runs, 0);
  EXPECT_EQ(ScenarioWindow().succeeded, 0);
  EXPECT_EQ(ScenarioResult().late_starts, 0);
  EXPECT_FALSE(ScenarioResult().was_cancelled);
}

}  // namespace
}  // namespace slo::bench
