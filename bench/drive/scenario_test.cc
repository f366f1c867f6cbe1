#include "bench/drive/scenario.h"

#include <cmath>
#include <vector>

#include "fixtures/stack/in_process_stack.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

// Answers every request with 500 once `healthy_requests` have passed.
class FailingClient : public client::ApiClient {
 public:
  FailingClient(client::ApiClient& client, int healthy_requests)
      : client_(&client), healthy_requests_(healthy_requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (healthy_requests_-- > 0) return client_->Send(request);
    return api::Response{.status = 500, .body = "down"};
  }

 private:
  client::ApiClient* client_;
  int healthy_requests_;
};

ScenarioResult RunOnce(client::ApiClient& client, const ScenarioOptions& options) {
  const Workflow workflow = {.shape = Shape::kChain, .steps = 3};
  const int64_t template_id = CreateTemplate(client, workflow, "test").value();
  Lifecycle lifecycle(client, template_id, workflow, "test");
  RunPath run_path(lifecycle, 1);
  return RunScenario(run_path, options);
}

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
  EXPECT_EQ(throughput.window_seconds_per_run.size(), 21u);
}

TEST(RunScenario, CountsOnlySucceededRunsAsThroughput) {
  stack::InProcessStack stack;
  FailingClient client(stack.client(), /*healthy_requests=*/2 + 10 * RequestsPerRun(3));
  const ScenarioResult result = RunOnce(client, {.runs = 20});
  EXPECT_EQ(result.recorder.trials(), 20);
  EXPECT_EQ(result.recorder.failures(FailureReason::kStatus), 10);
  EXPECT_NEAR(result.throughput().runs_per_second * absl::ToDoubleSeconds(result.busy), 10.0, 1e-6);
}

// Answers until it is gone for good.
class VanishingClient : public client::ApiClient {
 public:
  VanishingClient(client::ApiClient& client, int requests)
      : client_(&client), requests_(requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (requests_-- > 0) return client_->Send(request);
    return absl::UnavailableError("no connection");
  }

 private:
  client::ApiClient* client_;
  int requests_;
};

TEST(RunScenario, CountsWhatAnApiThatIsGoneWasNeverAsked) {
  stack::InProcessStack stack;
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
  stack::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + 100 * RequestsPerRun(3));
  const ScenarioResult result =
      RunOnce(client, {.duration = absl::Seconds(60), .give_up_after = absl::Milliseconds(50)});
  // 100 runs took far less than 60 s, as many again would have fit thousands of times.
  EXPECT_GT(result.recorder.failures(FailureReason::kGone), 100'000);
  EXPECT_LT(result.busy, absl::Seconds(10));
}

TEST(RunScenario, KeepsThePaceOutOfTheBusyTime) {
  stack::InProcessStack stack;
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
  stack::InProcessStack stack;
  const ScenarioResult result =
      RunOnce(stack.client(), {.duration = absl::Milliseconds(240), .pace = absl::Milliseconds(1)});
  EXPECT_GE(result.recorder.trials(), 1);
  EXPECT_LE(result.recorder.trials(), 241) << "one run a pace at most";
  EXPECT_LE(result.windows.size(), 24u);
  EXPECT_FALSE(result.was_cancelled);
}

TEST(RunScenario, KeepsTheWindowsItFinishedWhenItIsCancelled) {
  stack::InProcessStack stack;
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

TEST(ScenarioWindow, SharesItsTimeAmongTheRunsThatSucceeded) {
  const ScenarioWindow window = {.succeeded = 4, .busy = absl::Seconds(2)};
  EXPECT_DOUBLE_EQ(window.seconds_per_run(), 0.5);
  EXPECT_TRUE(std::isinf(ScenarioWindow{.busy = absl::Seconds(1)}.seconds_per_run()));
}

}  // namespace
}  // namespace slo::bench
