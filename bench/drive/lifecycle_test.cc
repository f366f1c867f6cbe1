#include "bench/drive/lifecycle.h"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

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

TEST_F(LifecycleTest, TellsWhyThereIsNoAnswer) {
  for (const auto& [status, reason] :
       {std::pair(absl::UnavailableError("x"), FailureReason::kConnect),
        {absl::InternalError("x"), FailureReason::kConnect},
        {absl::AbortedError("x"), FailureReason::kBroken},
        {absl::DeadlineExceededError("x"), FailureReason::kTimeout},
        {absl::DataLossError("x"), FailureReason::kMalformed}}) {
    const TimedResponse answer = {status, 1};
    EXPECT_EQ(lifecycle_.CheckCreateRun(answer, run_),
              (Failure{reason, "create_run: no answer: x"}));
    EXPECT_EQ(lifecycle_.CheckDispatchReady(answer, 1, task_id_),
              (Failure{reason, "dispatch_ready: no answer: x"}));
    EXPECT_EQ(lifecycle_.CheckRunnerSuccess(answer, 1),
              (Failure{reason, "runner_status: no answer: x"}));
    EXPECT_EQ(lifecycle_.CheckReadRun(answer, 1, true),
              (Failure{reason, "read_run: no answer: x"}));
  }
}

TEST_F(LifecycleTest, TakesEveryStatusOfSuccess) {
  for (const auto& [status, is_success] : {std::pair(199, false),
                                           {200, true},
                                           {201, true},
                                           {299, true},
                                           {300, false},
                                           {404, false},
                                           {500, false}}) {
    const auto failure =
        lifecycle_.CheckReadRun(MakeAnswer(R"({"id":1})", status), 1, /*ended=*/false);
    EXPECT_EQ(failure.has_value(), !is_success) << status;
    if (!is_success) {
      EXPECT_EQ(failure->reason, FailureReason::kStatus);
    }
  }
}

TEST_F(LifecycleTest, ShowsTheFirst300BytesOfABody) {
  const auto failure =
      lifecycle_.CheckReadRun(MakeAnswer(std::string(299, 'a') + "bc", 500), 1, false);
  EXPECT_EQ(failure->what,
            "read_run: expected status 200, found 500: " + std::string(299, 'a') + "b");
}

TEST_F(LifecycleTest, ReadsTheIdsOfACreatedRun) {
  ASSERT_EQ(lifecycle_.CheckCreateRun(
                MakeAnswer(R"({"id":17,"task_ids":[23,4],"status":"created"})"), run_),
            std::nullopt);
  EXPECT_EQ(run_.run_id, 17);
  EXPECT_THAT(run_.task_ids, ElementsAre(23, 4));
  ASSERT_EQ(lifecycle_.CheckCreateRun(
                MakeAnswer(R"({"id":18,"task_ids":[5,6],"status":"created"})"), run_),
            std::nullopt);
  EXPECT_THAT(run_.task_ids, ElementsAre(5, 6)) << "those of the last one only";
}

TEST_F(LifecycleTest, RefusesIdsThatAreNoList) {
  for (const char* ids : {"1,2", "[1,2", "1,2]", "[1;2]", "[1,]", "[1,2,3]", "[]", "[,]", "{}",
                          "[1,x]", "[1,\"2\"]", "null"}) {
    const std::string body = std::string(R"({"id":1,"status":"created","task_ids":)") + ids + "}";
    const auto failure = lifecycle_.CheckCreateRun(MakeAnswer(body), run_);
    ASSERT_TRUE(failure.has_value()) << ids;
    EXPECT_EQ(failure->reason, FailureReason::kBody) << ids;
  }
}

TEST_F(LifecycleTest, RefusesACreatedRunThatLacksAField) {
  for (const char* body :
       {R"({"task_ids":[1,2],"status":"created"})", R"({"id":1,"status":"created"})",
        R"({"id":1,"task_ids":[1,2]})", R"({"id":"1","task_ids":[1,2],"status":"created"})",
        R"({"id":1,"task_ids":[1,2],"status":"success"})"}) {
    EXPECT_TRUE(lifecycle_.CheckCreateRun(MakeAnswer(body), run_).has_value()) << body;
  }
}

TEST_F(LifecycleTest, TakesADispatchThatSaysNothingOfTheRunner) {
  for (const char* rest :
       {"", R"(,"dispatch":null)", R"(,"dispatch":{})", R"(,"dispatch":{"runner_submission":null})",
        R"(,"dispatch":{"runner_submission":{}})",
        R"(,"dispatch":{"runner_submission":{"submitted":true}})"}) {
    task_id_ = 0;
    EXPECT_EQ(
        lifecycle_.CheckDispatchReady(
            MakeAnswer(std::string(R"({"run_id":3,"dispatched":true,"task_id":9)") + rest + "}"), 3,
            task_id_),
        std::nullopt)
        << rest;
    EXPECT_EQ(task_id_, 9) << rest;
  }
}

TEST_F(LifecycleTest, RefusesADispatchThatIsWrongInOneField) {
  for (const char* body :
       {R"({"run_id":4,"dispatched":true,"task_id":9})", R"({"dispatched":true,"task_id":9})",
        R"({"run_id":3,"dispatched":false,"task_id":9})", R"({"run_id":3,"task_id":9})",
        R"({"run_id":3,"dispatched":true})", R"({"run_id":3,"dispatched":true,"task_id":null})",
        R"({"run_id":3,"dispatched":true,"task_id":9,
                               "dispatch":{"runner_submission":{"submitted":false}}})"}) {
    const auto failure = lifecycle_.CheckDispatchReady(MakeAnswer(body), 3, task_id_);
    ASSERT_TRUE(failure.has_value()) << body;
    EXPECT_EQ(failure->reason, FailureReason::kBody) << body;
    EXPECT_EQ(task_id_, 0) << "no task of a failure";
  }
}

TEST_F(LifecycleTest, TakesTheTaskThatWasReported) {
  EXPECT_EQ(lifecycle_.CheckRunnerSuccess(MakeAnswer(R"({"id":4,"status":"success"})"), 4),
            std::nullopt);
  for (const char* body : {R"({"id":5,"status":"success"})", R"({"status":"success"})",
                           R"({"id":4,"status":"running"})", R"({"id":4})"}) {
    const auto failure = lifecycle_.CheckRunnerSuccess(MakeAnswer(body), 4);
    ASSERT_TRUE(failure.has_value()) << body;
    EXPECT_EQ(failure->reason, FailureReason::kBody);
  }
}

TEST_F(LifecycleTest, AsksAnEndedRunForSuccessAndAFullRateWhereItHasOne) {
  for (const auto& [rest, is_success] : {std::pair(R"("status":"success")", true),
                                         {R"("status":"success","success_rate":null)", true},
                                         {R"("status":"success","success_rate":100)", true},
                                         {R"("status":"success","success_rate":100.0)", true},
                                         {R"("status":"success","success_rate":99.99)", false},
                                         {R"("status":"success","success_rate":101)", false},
                                         {R"("status":"success","success_rate":"100%")", false},
                                         {R"("status":"success","success_rate":0)", false},
                                         {R"("status":"failed","success_rate":100)", false},
                                         {R"("status":"failed")", false},
                                         {R"("success_rate":100)", false}}) {
    const auto failure = lifecycle_.CheckReadRun(
        MakeAnswer(std::string(R"({"id":1,)") + rest + "}"), 1, /*ended=*/true);
    EXPECT_EQ(failure.has_value(), !is_success) << rest;
    if (failure.has_value()) {
      EXPECT_EQ(failure->reason, FailureReason::kOutcome) << rest;
    }
  }
}

TEST_F(LifecycleTest, RefusesAnotherRunThanWasRead) {
  for (const bool ended : {true, false}) {
    const auto failure = lifecycle_.CheckReadRun(
        MakeAnswer(R"({"id":2,"status":"success","success_rate":100})"), 1, ended);
    ASSERT_TRUE(failure.has_value());
    EXPECT_EQ(failure->reason, FailureReason::kBody);
  }
}

}  // namespace
}  // namespace slo::bench
