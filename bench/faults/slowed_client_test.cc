#include "bench/faults/slowed_client.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::ElementsAre;

// Answers with what it was asked.
class EchoClient : public client::ApiClient {
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

// In the order of kStages.
constexpr std::array<api::Request, 4> kRequests = {kCreateRun, kDispatchReady, kRunnerStatus,
                                                   kReadRun};

TEST(IsOfStage, TellsTheFourRequestsOfARunApart) {
  for (size_t stage = 0; stage < kStages.size(); ++stage) {
    for (size_t request = 0; request < kRequests.size(); ++request) {
      EXPECT_EQ(IsOfStage(kRequests[request], kStages[stage]), request == stage)
          << kRequests[request].target << ", " << StageName(kStages[stage]);
    }
  }
}

TEST(IsOfStage, TakesNoOtherRequestForAStage) {
  const std::vector<std::pair<const char*, const char*>> others = {
      {"GET", "/workflow-runs"},
      {"POST", "/workflow-runs/12"},
      {"GET", "/workflow-runs/12/dispatch-ready"},
      {"POST", "/workflow-runs/12/pause"},
      {"GET", "/workflow-runs/12/tasks"},
      {"POST", "/workflow-templates"},
      {"GET", "/workflow-runs2"},
      {"POST", "/runner/tasks/7"},
      {"GET", "/runner/tasks/7/status"},
  };
  for (const auto& [method, target] : others) {
    for (const Stage stage : kStages) {
      EXPECT_FALSE(IsOfStage({.method = method, .target = target}, stage))
          << method << " " << target << ", " << StageName(stage);
    }
  }
}

TEST(SlowedClient, WorksOnceForEachRequestOfItsStageAndForNoOther) {
  for (const Stage stage : kStages) {
    EchoClient inner;
    int worked = 0;
    SlowedClient client(inner, stage, [&] { ++worked; });
    for (const api::Request& request : kRequests) {
      const int before = worked;
      ASSERT_TRUE(client.Send(request).ok());
      EXPECT_EQ(worked - before, IsOfStage(request, stage) ? 1 : 0) << request.target;
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
}  // namespace slo::bench
