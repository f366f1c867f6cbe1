// What the requests of a run's life send.

#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "bench/drive/lifecycle.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

// Notes what is sent, and answers with an id, or as told.
class IdClient : public client::ApiClient {
 public:
  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    sent.push_back(
        {std::string(request.method), std::string(request.target), std::string(request.body)});
    return answer;
  }

  struct Sent {
    std::string method;
    std::string target;
    std::string body;
  };
  std::vector<Sent> sent;
  absl::StatusOr<api::Response> answer = api::Response{.status = 200, .body = R"({"id":12})"};
};

TEST(Lifecycle, SendsWhatTheContractSays) {
  IdClient client;
  Lifecycle lifecycle(client, 34, Workflow{.steps = 2}, "somebody");
  lifecycle.SendCreateRun();
  lifecycle.SendDispatchReady(56);
  lifecycle.SendRunnerSuccess(78);
  lifecycle.SendReadRun(90);
  const auto expect = [&](size_t i, const char* method, const char* target, const char* body) {
    EXPECT_EQ(client.sent[i].method, method);
    EXPECT_EQ(client.sent[i].target, target);
    EXPECT_EQ(client.sent[i].body, body);
  };
  ASSERT_EQ(client.sent.size(), 4U);
  expect(0, "POST", "/workflow-runs", R"({"initiated_by":"somebody","workflow_template_id":34})");
  expect(1, "POST", "/workflow-runs/56/dispatch-ready", "{}");
  expect(2, "POST", "/runner/tasks/78/status",
         R"({"status":"success","message":"slo benchmark synthetic success"})");
  expect(3, "GET", "/workflow-runs/90", "");
}

TEST(CreateTemplate, PutsTheIdOfTheRoleIntoTheTemplate) {
  IdClient client;
  EXPECT_EQ(CreateTemplate(client, Workflow{.steps = 1}, "n").value(), 12);
  ASSERT_EQ(client.sent.size(), 2U);
  EXPECT_EQ(client.sent[0].method, "POST");
  EXPECT_EQ(client.sent[0].target, "/roles");
  EXPECT_EQ(client.sent[0].body, R"({"context7_enabled":true,"name":"n-role"})");
  EXPECT_EQ(client.sent[1].target, "/workflow-templates");
  EXPECT_EQ(client.sent[1].body, TemplateBody(Workflow{.steps = 1}, "n-workflow", 12));
}

TEST(CreateTemplate, AsksForSuccessAndAnId) {
  IdClient client;
  for (const auto& [status, body, is_ok] : {std::tuple(200, R"({"id":1})", true),
                                            {299, R"({"id":1})", true},
                                            {199, R"({"id":1})", false},
                                            {300, R"({"id":1})", false},
                                            {200, "{}", false}}) {
    client.answer = api::Response{.status = status, .body = body};
    EXPECT_EQ(CreateTemplate(client, {}, "n").ok(), is_ok) << status << body;
  }
  client.answer = absl::UnavailableError("refused");
  EXPECT_EQ(CreateTemplate(client, {}, "n").status().code(), absl::StatusCode::kUnavailable);
}

TEST(CreatedRun, HasNoIdUntilItIsRead) {
  EXPECT_EQ(CreatedRun().run_id, 0);
  EXPECT_EQ(TimedResponse().latency_ns, 0);
}

}  // namespace
}  // namespace slo::bench
