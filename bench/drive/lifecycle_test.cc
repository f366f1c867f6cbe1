#include "bench/drive/lifecycle.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "fixtures/stack/in_process_stack.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TimedResponse MakeAnswer(std::string body, int status = 200) {
  return {api::Response{.status = status, .body = std::move(body)}, 1};
}

class LifecycleTest : public ::testing::Test {
 protected:
  stack::InProcessStack stack_;
  Lifecycle lifecycle_{stack_.client(), 1, Workflow{.steps = 2}, "test"};
  CreatedRun run_;
  int64_t task_id_ = 0;
};

TEST_F(LifecycleTest, DrivesARealRunFromCreationToSuccess) {
  ASSERT_EQ(CreateTemplate(stack_.client(), lifecycle_.workflow(), "test").value(), 1);
  ASSERT_EQ(lifecycle_.CheckCreateRun(lifecycle_.SendCreateRun(), run_), std::nullopt);
  EXPECT_EQ(run_.run_id, 1);
  EXPECT_THAT(run_.task_ids, ElementsAre(1, 2));
  for (const int64_t expected : run_.task_ids) {
    ASSERT_EQ(lifecycle_.CheckDispatchReady(lifecycle_.SendDispatchReady(1), 1, task_id_),
              std::nullopt);
    ASSERT_EQ(task_id_, expected);
    ASSERT_EQ(lifecycle_.CheckRunnerSuccess(lifecycle_.SendRunnerSuccess(task_id_), task_id_),
              std::nullopt);
  }
  const TimedResponse read = lifecycle_.SendReadRun(1);
  EXPECT_GT(read.latency_ns, 0);
  EXPECT_EQ(lifecycle_.CheckReadRun(read, 1, /*ended=*/true), std::nullopt);
}

TEST_F(LifecycleTest, CountsNoAnswerAsATransportFailure) {
  const auto failure = lifecycle_.CheckCreateRun({absl::UnavailableError("refused"), 1}, run_);
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->reason, FailureReason::kConnect);
  EXPECT_EQ(failure->what, "create_run: no answer: refused");
}

TEST_F(LifecycleTest, CountsAnotherStatusAsAStatusFailureAndShowsTheBody) {
  const auto failure =
      lifecycle_.CheckDispatchReady(MakeAnswer(R"({"detail":"paused"})", 409), 1, task_id_);
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->reason, FailureReason::kStatus);
  EXPECT_THAT(failure->what, HasSubstr("dispatch_ready: expected status 200, found 409"));
  EXPECT_THAT(failure->what, HasSubstr("paused"));
}

TEST_F(LifecycleTest, RefusesACreatedRunWithoutATaskForEachStep) {
  for (const char* body :
       {R"({"id":1,"task_ids":[1],"status":"created"})", R"({"id":1,"task_ids":[1,2]})",
        R"({"id":1,"task_ids":[1,"2"],"status":"created"})",
        R"({"task_ids":[1,2],"status":"created"})",
        R"({"id":1,"task_ids":[1,2],"status":"running"})", "", "{}"}) {
    const auto failure = lifecycle_.CheckCreateRun(MakeAnswer(body), run_);
    ASSERT_TRUE(failure.has_value()) << body;
    EXPECT_EQ(failure->reason, FailureReason::kBody);
  }
  EXPECT_EQ(lifecycle_.CheckCreateRun(MakeAnswer(R"({"id":1,"task_ids":[1,2],"status":"created"})"),
                                      run_),
            std::nullopt);
}

TEST_F(LifecycleTest, RefusesADispatchThatHandedNothingOutOrThatTheRunnerRefused) {
  for (const char* body : {R"({"run_id":1,"dispatched":false,"task_id":null,"reason":"x"})",
                           R"({"run_id":2,"dispatched":true,"task_id":1,
            "dispatch":{"runner_submission":{"submitted":true}}})",
                           R"({"run_id":1,"dispatched":true,"task_id":1,
            "dispatch":{"runner_submission":{"submitted":false}}})"}) {
    const auto failure = lifecycle_.CheckDispatchReady(MakeAnswer(body), 1, task_id_);
    ASSERT_TRUE(failure.has_value()) << body;
    EXPECT_EQ(failure->reason, FailureReason::kBody);
  }
}

TEST_F(LifecycleTest, RefusesATaskThatIsNotTheOneReportedOrNotASuccess) {
  EXPECT_TRUE(
      lifecycle_.CheckRunnerSuccess(MakeAnswer(R"({"id":2,"status":"success"})"), 1).has_value());
  EXPECT_TRUE(
      lifecycle_.CheckRunnerSuccess(MakeAnswer(R"({"id":1,"status":"failed"})"), 1).has_value());
}

TEST_F(LifecycleTest, CountsARunThatDidNotSucceedAsAnOutcomeFailure) {
  const auto failure = lifecycle_.CheckReadRun(
      MakeAnswer(R"({"id":1,"status":"failed","success_rate":66.67})"), 1, /*ended=*/true);
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->reason, FailureReason::kOutcome);
  EXPECT_EQ(lifecycle_.CheckReadRun(MakeAnswer(R"({"id":1,"status":"running"})"), 1,
                                    /*ended=*/false),
            std::nullopt);
}

TEST_F(LifecycleTest, NamesTheRequestThatAnUnusableTemplateFailedIn) {
  const auto template_id = CreateTemplate(stack_.client(), Workflow{.steps = 0}, "test");
  EXPECT_THAT(template_id.status().message(),
              HasSubstr("POST /workflow-templates: expected status 200 and an id, found 422"));
}

}  // namespace
}  // namespace slo::bench
