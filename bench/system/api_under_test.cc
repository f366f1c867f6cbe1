#include "bench/system/api_under_test.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace slo::bench {

absl::string_view Name(TransportKind kind) {
  return kind == TransportKind::kInProcess ? "in_process" : "http";
}

std::string ApiOptions::row_suffix() const {
  if (has_target()) return "/target:remote";
  std::string suffix;
  if (store != stack::StoreKind::kMemory) absl::StrAppend(&suffix, "/store:", Name(store));
  if (transport != TransportKind::kInProcess) {
    absl::StrAppend(&suffix, "/transport:", Name(transport));
  }
  return suffix;
}

absl::StatusOr<std::unique_ptr<ApiUnderTest>> ApiUnderTest::Make(const ApiOptions& options) {
  std::unique_ptr<ApiUnderTest> api(new ApiUnderTest());
  if (options.has_target()) {
    http::HttpClientOptions client = {.timeout = options.timeout};
    if (!options.runner_token.empty()) {
      client.headers = {{"X-Runner-Token", options.runner_token}};
    }
    api->http_client_ = std::make_unique<http::HttpClient>(options.target, client);
    return api;
  }
  stack::StoreOptions store = {.kind = options.store, .synchronous = options.synchronous};
  if (options.store == stack::StoreKind::kSqlite) {
    auto database = sqlite::TemporaryDatabase::Make(options.store_directory);
    if (!database.ok()) return database.status();
    api->database_.emplace(*std::move(database));
    store.file = api->database_->file();
  }
  auto stack = stack::InProcessStack::Open({.clock = options.clock, .store = std::move(store)});
  if (!stack.ok()) return stack.status();
  api->stack_ = *std::move(stack);
  if (options.transport == TransportKind::kInProcess) return api;
  auto server = http::HttpServer::Start(api->stack_->client(), {});
  if (!server.ok()) return server.status();
  api->server_ = *std::move(server);
  api->http_client_ = std::make_unique<http::HttpClient>(
      http::HttpTarget{.host = "127.0.0.1", .port = api->server_->port()},
      http::HttpClientOptions{.timeout = options.timeout});
  return api;
}

client::ApiClient& ApiUnderTest::client() const {
  if (http_client_ != nullptr) return *http_client_;
  return stack_->client();
}

client::ApiClient& ApiUnderTest::nearest_client() const {
  return stack_ != nullptr ? stack_->client() : client();
}

}  // namespace slo::bench
