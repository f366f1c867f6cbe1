#include "bench/workload/slowed_client.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::workload {
namespace {

using ::testing::ElementsAre;

// Answers with what it was asked.
class EchoClient : public transport::ApiClient {
 public:
  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    targets.emplace_back(request.target);
    if (!failure.ok()) return failure;
    return api::Response{
        .status = 201, .headers = {{"Location", "/there"}}, .body = std::string(request.body)};
  }

  std::vector<std::string> targets;
  absl::Status failure;
};

constexpr api::Request kCreateRun = {.method = "POST", .target = "/workflow-runs", .body = "{}"};
constexpr api::Request kDispatchReady = {.method = "POST",
                                         .target = "/workflow-runs/12/dispatch-ready"};
constexpr api::Request kRunnerStatus = {.method = "POST", .target = "/runner/tasks/7/status"};
constexpr api::Request kReadRun = {.method = "GET", .target = "/workflow-runs/12"};

TEST(StageOf, KnowsTheFourRequestsOfARun) {
  EXPECT_EQ(StageOf(kCreateRun), Stage::kCreateRun);
  EXPECT_EQ(StageOf(kDispatchReady), Stage::kDispatchReady);
  EXPECT_EQ(StageOf(kRunnerStatus), Stage::kRunnerStatus);
  EXPECT_EQ(StageOf(kReadRun), Stage::kReadRun);
}

TEST(StageOf, TakesNoOtherRequestForAStage) {
  for (const auto& [method, target] :
       std::vector<std::pair<const char*, const char*>>{{"GET", "/workflow-runs"},
                                                        {"POST", "/workflow-runs/12"},
                                                        {"GET", "/workflow-runs/12/dispatch-ready"},
                                                        {"POST", "/workflow-runs//dispatch-ready"},
                                                        {"POST", "/workflow-runs/12/pause"},
                                                        {"GET", "/workflow-runs/12/tasks"},
                                                        {"POST", "/workflow-templates"},
                                                        {"GET", "/workflow-runs2"},
                                                        {"POST", "/runner/tasks/7"},
                                                        {"GET", "/runner/tasks/7/status"},
                                                        {"POST", "/runner/tasks/x/status"}}) {
    EXPECT_EQ(StageOf({.method = method, .target = target}), std::nullopt)
        << method << " " << target;
  }
}

TEST(SlowedClient, WorksOnceForEachRequestOfItsStageAndForNoOther) {
  for (const Stage stage : kStages) {
    EchoClient inner;
    int worked = 0;
    SlowedClient client(inner, stage, [&] { ++worked; });
    for (const api::Request& request : {kCreateRun, kDispatchReady, kRunnerStatus, kReadRun}) {
      const int before = worked;
      ASSERT_TRUE(client.Send(request).ok());
      EXPECT_EQ(worked - before, StageOf(request) == stage ? 1 : 0) << request.target;
    }
    ASSERT_TRUE(client.Send({.method = "POST", .target = "/roles"}).ok());
    EXPECT_EQ(worked, 1);
  }
}

TEST(SlowedClient, WorksAfterTheRequestWasAnswered) {
  EchoClient inner;
  size_t sent_before_work = 0;
  SlowedClient client(inner, Stage::kReadRun, [&] { sent_before_work = inner.targets.size(); });
  ASSERT_TRUE(client.Send(kReadRun).ok());
  EXPECT_EQ(sent_before_work, 1u);
}

TEST(SlowedClient, PassesRequestsAndAnswersOnUnchanged) {
  EchoClient inner;
  SlowedClient client(inner, Stage::kCreateRun, [] {});
  const auto answer = client.Send(kCreateRun);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "{}");
  ASSERT_EQ(answer->headers.size(), 1u);
  EXPECT_EQ(answer->headers[0].value, "/there");
  EXPECT_THAT(inner.targets, ElementsAre("/workflow-runs"));

  inner.failure = absl::UnavailableError("refused");
  EXPECT_EQ(client.Send(kCreateRun).status(), inner.failure);
}

}  // namespace
}  // namespace slo::workload
