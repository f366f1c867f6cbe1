#include "bench/drive/run_path.h"

#include <cinttypes>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "fixtures/stack/in_process_stack.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::HasSubstr;

// Passes requests on and notes their targets; answers the nth request with `replacement` if asked.
class NotingClient : public client::ApiClient {
 public:
  explicit NotingClient(client::ApiClient& client) : client_(&client) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    targets_.push_back(absl::StrCat(request.method, " ", request.target));
    if (static_cast<int>(targets_.size()) == replaced_) return replacement_;
    return client_->Send(request);
  }

  void Replace(int nth, api::Response replacement) {
    replaced_ = nth;
    replacement_ = std::move(replacement);
  }

  std::vector<std::string> targets_;

 private:
  client::ApiClient* client_;
  int replaced_ = -1;
  api::Response replacement_;
};

class RunPathTest : public ::testing::Test {
 protected:
  std::optional<int64_t> Drive(const Workflow& workflow, uint64_t seed = 1) {
    const int64_t template_id = CreateTemplate(stack_.client(), workflow, "test").value();
    Lifecycle lifecycle(client_, template_id, workflow, "test");
    return RunPath(lifecycle, seed).Drive(recorder_);
  }

  stack::InProcessStack stack_;
  NotingClient client_{stack_.client()};
  RunRecorder recorder_;
};

TEST_F(RunPathTest, DrivesAChainInExactlyEightRequests) {
  EXPECT_EQ(Drive({.shape = Shape::kChain, .steps = 3}), 1);
  EXPECT_EQ(client_.targets_,
            (std::vector<std::string>{
                "POST /workflow-runs", "POST /workflow-runs/1/dispatch-ready",
                "POST /runner/tasks/1/status", "POST /workflow-runs/1/dispatch-ready",
                "POST /runner/tasks/2/status", "POST /workflow-runs/1/dispatch-ready",
                "POST /runner/tasks/3/status", "GET /workflow-runs/1"}));
  EXPECT_EQ(recorder_.failures(), 0) << recorder_.first_failure();
  EXPECT_EQ(recorder_.trials(), 1);
  EXPECT_EQ(recorder_.runs().count(), 1);
  EXPECT_EQ(recorder_.stage(Stage::kDispatchReady).count(), 3);
  EXPECT_EQ(recorder_.requests(), RequestsPerRun(3));
}

TEST_F(RunPathTest, SucceedsForEveryShapeAndSize) {
  for (const Shape shape : {Shape::kChain, Shape::kFanOut, Shape::kDiamond}) {
    for (const int steps : {1, 2, 3, 8}) {
      client_.targets_.clear();
      ASSERT_TRUE(Drive({.shape = shape, .steps = steps}).has_value());
      EXPECT_EQ(client_.targets_.size(), static_cast<size_t>(RequestsPerRun(steps)));
    }
  }
  EXPECT_EQ(recorder_.failures(), 0) << recorder_.first_failure();
}

TEST_F(RunPathTest, SendsTheSameRequestsForTheSameSeed) {
  const auto targets_for = [](uint64_t seed) {
    stack::InProcessStack stack;
    NotingClient client(stack.client());
    const Workflow workflow = {.shape = Shape::kFanOut, .steps = 12};
    const int64_t template_id = CreateTemplate(client, workflow, "test").value();
    Lifecycle lifecycle(client, template_id, workflow, "test");
    RunRecorder recorder;
    RunPath(lifecycle, seed).Drive(recorder);
    return client.targets_;
  };
  EXPECT_EQ(targets_for(7), targets_for(7));
  EXPECT_NE(targets_for(7), targets_for(8));
}

TEST_F(RunPathTest, EndsAtTheFirstFailureAndCountsIt) {
  client_.Replace(4, {.status = 500, .body = "Internal Server Error"});
  EXPECT_EQ(Drive({.shape = Shape::kChain, .steps = 3}), 1);
  EXPECT_EQ(client_.targets_.size(), 4u);
  EXPECT_EQ(recorder_.failures(FailureReason::kStatus), 1);
  EXPECT_THAT(recorder_.first_failure(),
              HasSubstr("dispatch_ready: expected status 200, found 500"));
  EXPECT_EQ(recorder_.runs().count(), 1) << "a failed run's latency counts";
}

TEST_F(RunPathTest, RefusesATaskThatIsHandedOutTwice) {
  client_.Replace(4, {.status = 200, .body = R"({"run_id":1,"dispatched":true,"task_id":1,
                              "dispatch":{"runner_submission":{"submitted":true}}})"});
  Drive({.shape = Shape::kChain, .steps = 3});
  EXPECT_EQ(recorder_.failures(FailureReason::kBody), 1);
  EXPECT_THAT(recorder_.first_failure(), HasSubstr("expected a ready task of run 1, found task 1"));
}

TEST_F(RunPathTest, HasNoRunIdWhenCreationFailed) {
  client_.Replace(1, {.status = 503, .body = "busy"});
  EXPECT_EQ(Drive({.steps = 1}), std::nullopt);
  EXPECT_EQ(recorder_.failures(), 1);
}

TEST_F(RunPathTest, DispatchesWhatIsReadyBeforeItReports) {
  Drive({.shape = Shape::kFanOut, .steps = 3});
  const std::vector<std::string> head(client_.targets_.begin(), client_.targets_.begin() + 5);
  EXPECT_EQ(head, (std::vector<std::string>{
                      "POST /workflow-runs", "POST /workflow-runs/1/dispatch-ready",
                      "POST /runner/tasks/1/status", "POST /workflow-runs/1/dispatch-ready",
                      "POST /workflow-runs/1/dispatch-ready"}));
}

TEST_F(RunPathTest, EndsAtAFailureOfEachRequest) {
  // Create, dispatch, report, read of one step.
  const std::vector<Stage> stages = {Stage::kCreateRun, Stage::kDispatchReady, Stage::kRunnerStatus,
                                     Stage::kReadRun};
  for (size_t i = 0; i < stages.size(); ++i) {
    client_.targets_.clear();
    RunRecorder recorder;
    const Workflow workflow = {.steps = 1};
    const int64_t template_id = CreateTemplate(stack_.client(), workflow, "test").value();
    Lifecycle lifecycle(client_, template_id, workflow, "test");
    client_.Replace(static_cast<int>(i) + 1, {.status = 500, .body = "no"});
    EXPECT_EQ(RunPath(lifecycle, 1).Drive(recorder).has_value(), i > 0);
    EXPECT_EQ(client_.targets_.size(), i + 1);
    EXPECT_EQ(recorder.trials(), 1);
    EXPECT_EQ(recorder.failures(FailureReason::kStatus), 1);
    EXPECT_EQ(recorder.failures(), 1);
    EXPECT_EQ(recorder.runs().count(), 1);
    EXPECT_EQ(recorder.requests(), static_cast<int64_t>(i) + 1);
    EXPECT_THAT(recorder.first_failure(), HasSubstr(StageName(stages[i]).data()));
  }
}

TEST_F(RunPathTest, RefusesATaskOfAnotherRun) {
  client_.Replace(2, {.status = 200, .body = R"({"run_id":1,"dispatched":true,"task_id":99})"});
  Drive({.steps = 2});
  EXPECT_EQ(recorder_.failures(FailureReason::kBody), 1);
  EXPECT_EQ(client_.targets_.size(), 2U);
}

TEST_F(RunPathTest, RefusesATaskThatWaitsForAnother) {
  client_.Replace(2, {.status = 200, .body = R"({"run_id":1,"dispatched":true,"task_id":2})"});
  Drive({.steps = 2});
  EXPECT_EQ(recorder_.failures(FailureReason::kBody), 1);
  EXPECT_THAT(recorder_.first_failure(), HasSubstr("found task 2"));
}

TEST_F(RunPathTest, AsksForTheOutcomeInTheEnd) {
  client_.Replace(4, {.status = 200, .body = R"({"id":1,"status":"failed"})"});
  EXPECT_EQ(Drive({.steps = 1}), 1);
  EXPECT_EQ(recorder_.failures(FailureReason::kOutcome), 1);
}

TEST_F(RunPathTest, TakesTheSumOfItsRequestsForTheRun) {
  const Workflow workflow = {.steps = 3};
  const int64_t template_id = CreateTemplate(stack_.client(), workflow, "test").value();
  Lifecycle lifecycle(client_, template_id, workflow, "test");
  RunPath run_path(lifecycle, 1);
  for (int run = 1; run <= 3; ++run) {
    RunRecorder recorder;
    run_path.Drive(recorder);
    // A bucket's end is above its values by less than 0.1 %.
    int64_t sum = 0;
    recorder.AllRequests().histogram().ForEachBucket(
        [&](size_t, int64_t highest_ns, int64_t count) { sum += highest_ns * count; });
    EXPECT_GE(sum, run_path.run_latency_ns());
    EXPECT_LE(static_cast<double>(sum), 1.001 * static_cast<double>(run_path.run_latency_ns()));
    ASSERT_EQ(recorder.runs().count(), 1);
    EXPECT_EQ(recorder.runs().histogram().max(), absl::Nanoseconds(run_path.run_latency_ns()))
        << "of this run alone";
  }
}

// What is random in a run follows from the seed and its number.
TEST_F(RunPathTest, DrivesARunOfANumberAlikeWhateverCameBefore) {
  const Workflow workflow = {.shape = Shape::kFanOut, .steps = 9};
  const auto reported = [&](uint64_t seed, int64_t run, int before) {
    stack::InProcessStack stack;
    NotingClient client(stack.client());
    const int64_t template_id = CreateTemplate(stack.client(), workflow, "test").value();
    Lifecycle lifecycle(client, template_id, workflow, "test");
    RunPath run_path(lifecycle, seed);
    RunRecorder recorder;
    for (int i = 0; i < before; ++i) run_path.Drive(recorder);
    client.targets_.clear();
    run_path.Seed(run);
    run_path.Drive(recorder);
    std::vector<int64_t> steps;
    for (const std::string& target : client.targets_) {
      int64_t task = 0;
      if (std::sscanf(target.c_str(), "POST /runner/tasks/%" SCNd64 "/status", &task) == 1) {
        steps.push_back(task - before * 9);
      }
    }
    return steps;
  };
  EXPECT_EQ(reported(1, 5, 0), reported(1, 5, 2));
  EXPECT_NE(reported(1, 5, 0), reported(1, 6, 0));
  EXPECT_NE(reported(1, 5, 0), reported(2, 5, 0));
  // By another implementation of the same definition: it must be the same on every machine.
  EXPECT_EQ(reported(1, 5, 0), (std::vector<int64_t>{1, 5, 3, 6, 8, 7, 4, 2, 9}));
  EXPECT_EQ(reported(7, 0, 0), (std::vector<int64_t>{1, 9, 3, 5, 2, 6, 4, 7, 8}));
}

TEST_F(RunPathTest, AddsTheAnswersOfTheLastRunWithTheirPlaces) {
  const Workflow workflow = {.steps = 1};
  const int64_t template_id = CreateTemplate(stack_.client(), workflow, "test").value();
  Lifecycle lifecycle(client_, template_id, workflow, "test");
  RunPath run_path(lifecycle, 1);
  RunRecorder recorder;
  const auto digest_of = [&] {
    ResponseDigest digest;
    run_path.AddAnswersTo(digest);
    return digest.value();
  };
  run_path.Drive(recorder);
  EXPECT_EQ(digest_of(), 0) << "they are not kept unless that is asked for";
  run_path.KeepAnswers(true);
  client_.targets_.clear();
  client_.Replace(1, {.status = 200, .body = R"({"id":1,"n":7})"});  // of no task: the run ends
  run_path.Drive(recorder);
  ResponseDigest expected;
  expected.Add(200, R"(0{"id":*,"n":7})");
  EXPECT_EQ(digest_of(), expected.value());
  EXPECT_EQ(digest_of(), expected.value());
  run_path.KeepAnswers(false);
  run_path.Drive(recorder);
  EXPECT_EQ(digest_of(), 0);
}

TEST_F(RunPathTest, KeepsThatThereWasNoAnswer) {
  class SilentClient : public client::ApiClient {
   public:
    absl::StatusOr<api::Response> Send(const api::Request& /*request*/) override {
      return absl::UnavailableError("nobody");
    }
  };
  SilentClient client;
  Lifecycle lifecycle(client, 1, {.steps = 1}, "test");
  RunPath run_path(lifecycle, 1);
  run_path.KeepAnswers(true);
  EXPECT_EQ(run_path.Drive(recorder_), std::nullopt);
  ResponseDigest digest;
  run_path.AddAnswersTo(digest);
  ResponseDigest expected;
  expected.Add(0, "0");
  EXPECT_EQ(digest.value(), expected.value());
  EXPECT_EQ(recorder_.failures(FailureReason::kConnect), 1);
}

TEST(RequestsPerRun, IsTwoAndTwoAStep) {
  EXPECT_EQ(RequestsPerRun(1), 4);
  EXPECT_EQ(RequestsPerRun(2), 6);
  EXPECT_EQ(RequestsPerRun(10), 22);
}

}  // namespace
}  // namespace slo::bench
