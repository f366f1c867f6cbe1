#include "bench/system/preflight.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "fixtures/http/http_client.h"
#include "fixtures/stack/in_process_stack.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// The API, but for requests whose target holds a text.
class OtherwiseClient : public client::ApiClient {
 public:
  OtherwiseClient(std::string where, api::Response answer)
      : where_(std::move(where)), answer_(std::move(answer)) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (absl::StrContains(request.target, where_)) return answer_;
    return stack_.client().Send(request);
  }

 private:
  std::string where_;
  api::Response answer_;
  stack::InProcessStack stack_;
};

TEST(CheckRunPath, IsContentWithTheApi) {
  stack::InProcessStack stack;
  EXPECT_EQ(CheckRunPath(stack.client()), absl::OkStatus());
}

TEST(CheckRunPath, NamesWhatIsMissing) {
  OtherwiseClient no_roles("/roles", {.status = 404, .body = "{}"});
  EXPECT_THAT(CheckRunPath(no_roles).message(),
              AllOf(HasSubstr("lacks"), HasSubstr("POST /roles"), HasSubstr("found 404")));
  OtherwiseClient no_dispatch("/dispatch-ready", {.status = 501, .body = "{}"});
  EXPECT_THAT(CheckRunPath(no_dispatch).message(),
              HasSubstr("dispatch_ready: expected status 200, found 501"));
  OtherwiseClient no_ids("/workflow-runs", {.status = 200, .body = R"({"id":1})"});
  EXPECT_THAT(CheckRunPath(no_ids).message(), HasSubstr("a run \"created\" with a task a step"));
}

TEST(CheckRunPath, SaysThatNobodyAnswers) {
  http::HttpClient client({.host = "127.0.0.1", .port = 1}, {});
  const absl::Status status = CheckRunPath(client);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(status.message(), HasSubstr("127.0.0.1:1: no connection"));
}

// Fields that the run path does not need may be missing, and others be there, in any order.
TEST(CheckRunPath, DoesNotMindMoreOrLessThanItNeeds) {
  class SparseServer : public client::ApiClient {
   public:
    absl::StatusOr<api::Response> Send(const api::Request& request) override {
      if (request.target == "/workflow-runs") {
        done_ = 0;
        return Created(
            R"({ "extra": {"id": 9}, "task_ids": [ 4, 5 ], "status": "created", "id": 3 })");
      }
      if (absl::StrContains(request.target, "/dispatch-ready")) {
        const std::string task_id = done_ == 0 ? "4" : "5";
        return Created(R"({"task_id": )" + task_id + R"(, "dispatched": true, "run_id": 3})");
      }
      if (absl::StrContains(request.target, "/runner/tasks/")) {
        ++done_;
        return Created(done_ == 1 ? R"({"status":"success","id":4})"
                                  : R"({"status":"success","id":5})");
      }
      return Created(R"({"status":"success","success_rate":null,"id":3})");
    }

   private:
    static api::Response Created(std::string body) {
      return {.status = 201, .body = std::move(body)};
    }
    int done_ = 0;
  };
  SparseServer server;
  EXPECT_EQ(CheckRunPath(server), absl::OkStatus());
}

}  // namespace
}  // namespace slo::bench
