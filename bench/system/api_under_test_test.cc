#include "bench/system/api_under_test.h"

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

int StatusOf(client::ApiClient& client) {
  const auto answer = client.Send({.method = "GET", .target = "/workflow-runs"});
  return answer.ok() ? answer->status : 0;
}

// By which --transport reads it.
TEST(TransportKind, HasAName) {
  EXPECT_EQ(Name(TransportKind::kInProcess), "in_process");
  EXPECT_EQ(Name(TransportKind::kHttp), "http");
}

TEST(ApiOptions, NameWhatIsNotTheDefault) {
  using stack::StoreKind;
  EXPECT_EQ(ApiOptions().row_suffix(), "");
  EXPECT_EQ((ApiOptions{.store = StoreKind::kSqlite}.row_suffix()), "/store:sqlite");
  EXPECT_EQ((ApiOptions{.transport = TransportKind::kHttp}.row_suffix()), "/transport:http");
  EXPECT_EQ(
      (ApiOptions{.store = StoreKind::kSqlite, .transport = TransportKind::kHttp}.row_suffix()),
      "/store:sqlite/transport:http");
  EXPECT_EQ((ApiOptions{.store = StoreKind::kSqlite, .target = {.host = "h"}}.row_suffix()),
            "/target:remote");
}

TEST(ApiOptions, HaveATargetWithAHost) {
  EXPECT_FALSE(ApiOptions().has_target());
  EXPECT_TRUE((ApiOptions{.target = {.host = "h"}}.has_target()));
  EXPECT_EQ(ApiOptions().timeout, absl::Seconds(10));
}

TEST(ApiUnderTest, AnswersOverEachTransportFromEachStore) {
  for (const auto store : {stack::StoreKind::kMemory, stack::StoreKind::kSqlite}) {
    for (const auto transport : {TransportKind::kInProcess, TransportKind::kHttp}) {
      const auto api = ApiUnderTest::Make({.store = store, .transport = transport});
      ASSERT_TRUE(api.ok()) << api.status();
      EXPECT_EQ(StatusOf((*api)->client()), 200);
      EXPECT_EQ(StatusOf((*api)->nearest_client()), 200);
      EXPECT_EQ(&(*api)->client() == &(*api)->nearest_client(),
                transport == TransportKind::kInProcess);
      EXPECT_FALSE((*api)->EvictRun(1)) << "there is none";
    }
  }
}

TEST(ApiUnderTest, GoesToATargetAndHasNothingOfItsOwn) {
  const auto server = ApiUnderTest::Make({}).value();
  const auto listening = http::HttpServer::Start(server->client(), {}).value();
  const auto api = ApiUnderTest::Make(
      {.target = {.host = "127.0.0.1", .port = listening->port()}, .runner_token = "t"});
  ASSERT_TRUE(api.ok()) << api.status();
  EXPECT_EQ(StatusOf((*api)->client()), 200);
  EXPECT_EQ(&(*api)->client(), &(*api)->nearest_client());
  EXPECT_FALSE((*api)->EvictRun(1));
}

TEST(ApiUnderTest, SaysThatItsDatabaseCannotBeMade) {
  EXPECT_FALSE(
      ApiUnderTest::Make({.store = stack::StoreKind::kSqlite, .store_directory = "/no/such/place"})
          .ok());
}

TEST(ApiUnderTest, ForgetsARunThatItHas) {
  const auto api = ApiUnderTest::Make({}).value();
  ASSERT_EQ(
      api->client().Send({.method = "POST", .target = "/roles", .body = R"({"name":"r"})"})->status,
      200);
  const auto made = api->client().Send(
      {.method = "POST",
       .target = "/workflow-templates",
       .body = R"({"name":"w","steps":[{"step_id":"a","role_id":1,"title":"t"}]})"});
  ASSERT_EQ(made->status, 200) << made->body;
  ASSERT_EQ(api->client()
                .Send({.method = "POST",
                       .target = "/workflow-runs",
                       .body = R"({"workflow_template_id":1})"})
                ->status,
            200);
  EXPECT_TRUE(api->EvictRun(1));
  EXPECT_FALSE(api->EvictRun(1));
}

}  // namespace
}  // namespace slo::bench
