#include "bench/workload/scenario.h"

#include <cmath>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "bench/workload/monotonic_clock.h"
#include "fixtures/transport/in_process_stack.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::workload {
namespace {

// Answers every request with 500 once `healthy_requests` have passed.
class FailingClient : public transport::ApiClient {
 public:
  FailingClient(transport::ApiClient& client, int healthy_requests)
      : client_(&client), healthy_requests_(healthy_requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (healthy_requests_-- > 0) return client_->Send(request);
    return api::Response{.status = 500, .body = "down"};
  }

 private:
  transport::ApiClient* client_;
  int healthy_requests_;
};

ScenarioResult RunOnce(transport::ApiClient& client, const ScenarioOptions& options) {
  const Workflow workflow = {.shape = Shape::kChain, .steps = 3};
  const int64_t template_id = CreateTemplate(client, workflow, "test").value();
  Lifecycle lifecycle(client, template_id, workflow, "test");
  RunPath run_path(lifecycle, 1);
  return RunScenario(run_path, options);
}

TEST(RunScenario, DrivesEveryRunOnceAndCutsThemIntoWindows) {
  transport::InProcessStack stack;
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
  EXPECT_EQ(throughput.window_seconds_per_run.size(), 21u);
}

TEST(RunScenario, CountsOnlySucceededRunsAsThroughput) {
  transport::InProcessStack stack;
  FailingClient client(stack.client(), /*healthy_requests=*/2 + 10 * RequestsPerRun(3));
  const ScenarioResult result = RunOnce(client, {.runs = 20});
  EXPECT_EQ(result.recorder.trials(), 20);
  EXPECT_EQ(result.recorder.failures(FailureReason::kStatus), 10);
  EXPECT_NEAR(result.throughput().runs_per_second * absl::ToDoubleSeconds(result.busy), 10.0, 1e-6);
}

// Answers until it is gone for good.
class VanishingClient : public transport::ApiClient {
 public:
  VanishingClient(transport::ApiClient& client, int requests)
      : client_(&client), requests_(requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (requests_-- > 0) return client_->Send(request);
    return absl::UnavailableError("no connection");
  }

 private:
  transport::ApiClient* client_;
  int requests_;
};

TEST(RunScenario, CountsWhatAnApiThatIsGoneWasNeverAsked) {
  transport::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + 10 * RequestsPerRun(3));
  const ScenarioResult result =
      RunOnce(client, {.runs = 5'000, .give_up_after = absl::Milliseconds(50)});
  EXPECT_EQ(result.recorder.trials(), 5'000);
  EXPECT_EQ(result.recorder.failures(), 4'990);
  EXPECT_GE(result.recorder.failures(FailureReason::kConnect), 2);
  EXPECT_LT(result.recorder.failures(FailureReason::kConnect), 50);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone),
            4'990 - result.recorder.failures(FailureReason::kConnect));
}

TEST(RunScenario, CountsTheRestOfItsTimeAsRunsOfTheUsualLength) {
  transport::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + 100 * RequestsPerRun(3));
  const ScenarioResult result =
      RunOnce(client, {.duration = absl::Seconds(60), .give_up_after = absl::Milliseconds(50)});
  // 100 runs took far less than 60 s, as many again would have fit thousands of times.
  EXPECT_GT(result.recorder.failures(FailureReason::kGone), 100'000);
  EXPECT_LT(result.busy, absl::Seconds(10));
}

TEST(RunScenario, KeepsThePaceOutOfTheBusyTime) {
  transport::InProcessStack stack;
  const absl::Duration pace = absl::Milliseconds(2);
  const ScenarioResult result = RunOnce(stack.client(), {.runs = 10, .pace = pace});
  // Ten starts lie nine paces apart; were waiting counted, busy would be at least that.
  EXPECT_EQ(result.recorder.trials(), 10);
  EXPECT_GT(result.busy, absl::ZeroDuration());
}

TEST(WindowCount, IsTwentyFourOrLessWhenWindowsWouldHoldASingleRun) {
  EXPECT_EQ(WindowCount(1), 1);
  EXPECT_EQ(WindowCount(3), 1);
  EXPECT_EQ(WindowCount(16), 8);
  EXPECT_EQ(WindowCount(48), 24);
  EXPECT_EQ(WindowCount(1'000'000), 24);
}

TEST(RunScenario, LastsForATimeInsteadOfRuns) {
  transport::InProcessStack stack;
  const ScenarioResult result =
      RunOnce(stack.client(), {.duration = absl::Milliseconds(240), .pace = absl::Milliseconds(1)});
  EXPECT_GE(result.recorder.trials(), 1);
  EXPECT_LE(result.recorder.trials(), 241) << "one run a pace at most";
  EXPECT_LE(result.windows.size(), 24u);
  EXPECT_FALSE(result.was_cancelled);
}

TEST(RunScenario, KeepsTheWindowsItFinishedWhenItIsCancelled) {
  transport::InProcessStack stack;
  int64_t driven = 0;
  const ScenarioResult result =
      RunOnce(stack.client(), {.runs = 240,
                               .on_progress = [&](int64_t done) { driven = done; },
                               .is_cancelled = [&] { return driven == 25; }});
  EXPECT_TRUE(result.was_cancelled);
  EXPECT_EQ(result.recorder.trials(), 25);
  EXPECT_EQ(result.windows.size(), 2u) << "of ten runs each";
  EXPECT_EQ(result.run_ids.size(), 25u);
}

TEST(RunScenario, ReadsTheProcessAtTheEndOfEachWindow) {
  transport::InProcessStack stack;
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

TEST(ScenarioWindow, SharesItsTimeAmongTheRunsThatSucceeded) {
  const ScenarioWindow window = {.succeeded = 4, .busy = absl::Seconds(2)};
  EXPECT_DOUBLE_EQ(window.seconds_per_run(), 0.5);
  EXPECT_TRUE(std::isinf(ScenarioWindow{.busy = absl::Seconds(1)}.seconds_per_run()));
}

// Answers all, and tells nobody the time.
ScenarioResult RunSteady(const ScenarioOptions& options) {
  transport::InProcessStack stack;
  return RunOnce(stack.client(), options);
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
  EXPECT_EQ(result.busy, busy);
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
  transport::InProcessStack stack;
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

TEST(RunScenario, EndsItsWarmUpAtTheFirstRunWithoutAnAnswer) {
  transport::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + 2 * RequestsPerRun(3));
  const ScenarioResult result =
      RunOnce(client, {.runs = 5, .warm_up_runs = 1'000, .give_up_after = absl::ZeroDuration()});
  EXPECT_EQ(result.recorder.trials(), 5);
  EXPECT_EQ(result.recorder.failures(FailureReason::kConnect), 2) << "the fewest to give up by";
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 3);
  EXPECT_EQ(result.run_ids.size(), 2U);
}

TEST(RunScenario, GoesOnWhenAnswersComeAgain) {
  // Every other run is not answered.
  class FlappingClient : public transport::ApiClient {
   public:
    explicit FlappingClient(transport::ApiClient& client) : client_(&client) {}
    absl::StatusOr<api::Response> Send(const api::Request& request) override {
      if (request.target == "/workflow-runs" && ++runs_ % 2 == 0) {
        return absl::UnavailableError("no connection");
      }
      return client_->Send(request);
    }

   private:
    transport::ApiClient* client_;
    int runs_ = 0;
  };
  transport::InProcessStack stack;
  FlappingClient client(stack.client());
  const ScenarioResult result = RunOnce(client, {.runs = 8, .give_up_after = absl::ZeroDuration()});
  EXPECT_EQ(result.recorder.failures(FailureReason::kConnect), 4);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 0);
}

TEST(RunScenario, NeedsTwoSilentRunsAndTheTimeToGiveUp) {
  transport::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + RequestsPerRun(3));
  const ScenarioResult result = RunOnce(client, {.runs = 6, .give_up_after = absl::Hours(1)});
  EXPECT_EQ(result.recorder.failures(FailureReason::kConnect), 5);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 0);
}

TEST(RunScenario, CountsNothingAsGoneOfATimeWithoutAnyAnswer) {
  transport::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2);
  const ScenarioResult result =
      RunOnce(client, {.duration = absl::Seconds(60), .give_up_after = absl::ZeroDuration()});
  EXPECT_EQ(result.recorder.trials(), 2);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 0);
}

TEST(RunScenario, IsCancelledBeforeItsFirstRun) {
  for (const int64_t warm_up_runs : {0, 3}) {
    const ScenarioResult result =
        RunSteady({.runs = 5, .warm_up_runs = warm_up_runs, .is_cancelled = [] { return true; }});
    EXPECT_TRUE(result.was_cancelled);
    EXPECT_EQ(result.recorder.trials(), 0);
    EXPECT_TRUE(result.run_ids.empty());
    EXPECT_TRUE(result.windows.empty());
  }
}

TEST(RunScenario, StaysCancelledOnceItWas) {
  int asked = 0;
  const ScenarioResult result =
      RunSteady({.runs = 5, .is_cancelled = [&] { return ++asked == 2; }});
  EXPECT_TRUE(result.was_cancelled);
  EXPECT_EQ(result.recorder.trials(), 1);
}

TEST(RunScenario, DrivesEachRunByItsNumber) {
  // Warm-up and measured runs begin at number 0: the digest is that of the same runs.
  const ScenarioResult without = RunSteady({.runs = 33});
  EXPECT_EQ(without.digest.runs(), 3);
  EXPECT_EQ(RunSteady({.runs = 33}).digest.value(), without.digest.value());
  EXPECT_EQ(RunSteady({.runs = 32}).digest.runs(), 2);
}

TEST(RunScenario, StartsNoRunBeforeItsTime) {
  const int64_t start = MonotonicNs();
  const ScenarioResult result = RunSteady({.runs = 6, .pace = absl::Milliseconds(5)});
  EXPECT_GE(MonotonicNs() - start, 25'000'000) << "five paces lie between six starts";
  EXPECT_LT(result.busy, absl::Nanoseconds(MonotonicNs() - start));
}

TEST(RunScenario, CountsTheStartsThatComeAPaceTooLate) {
  // The first run takes more than three paces, so that the next ones begin late.
  int64_t done = 0;
  const ScenarioResult result =
      RunSteady({.runs = 5, .pace = absl::Milliseconds(10), .on_progress = [&](int64_t runs) {
                   done = runs;
                   if (runs == 1) absl::SleepFor(absl::Milliseconds(45));
                 }});
  EXPECT_EQ(done, 5);
  EXPECT_GE(result.late_starts, 3);
  EXPECT_LE(result.late_starts, 4) << "never the first";
}

TEST(RunScenario, IsNeverLateWithoutAPace) { EXPECT_EQ(RunSteady({.runs = 20}).late_starts, 0); }

TEST(RunScenario, LeavesTheLateStartsOfTheWarmUpOut) {
  int64_t asked = 0;
  const ScenarioResult result =
      RunSteady({.runs = 1, .warm_up_runs = 4, .pace = absl::Milliseconds(4), .is_cancelled = [&] {
                   if (++asked == 2) absl::SleepFor(absl::Milliseconds(40));
                   return false;
                 }});
  EXPECT_LE(result.late_starts, 1);
}

TEST(ScenarioResult, HasTheRatesOfItsBusyTime) {
  ScenarioResult result;
  result.busy = absl::Milliseconds(500);
  for (int i = 0; i < 10; ++i) result.recorder.CountTrial();
  result.recorder.CountFailure(FailureReason::kBody, "x");
  for (int i = 0; i < 30; ++i) result.recorder.RecordRequest(Stage::kReadRun, 1);
  result.windows = {{.succeeded = 4, .busy = absl::Seconds(2)},
                    {.succeeded = 1, .busy = absl::Seconds(3)}};
  const Throughput throughput = result.throughput();
  EXPECT_DOUBLE_EQ(throughput.runs_per_second, 18);
  EXPECT_DOUBLE_EQ(throughput.requests_per_second, 60);
  EXPECT_EQ(throughput.window_seconds_per_run, (std::vector<double>{0.5, 3}));
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
  EXPECT_EQ(Throughput().runs_per_second, 0);
  EXPECT_EQ(Throughput().requests_per_second, 0);
}

}  // namespace
}  // namespace slo::workload
