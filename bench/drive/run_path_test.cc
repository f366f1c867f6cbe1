#include "bench/drive/run_path.h"

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

}  // namespace
}  // namespace slo::bench
