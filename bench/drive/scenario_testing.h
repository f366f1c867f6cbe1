// APIs that fail or vanish, and scenarios of a three-step chain against them.

#ifndef SLO_BENCH_DRIVE_SCENARIO_TESTING_H_
#define SLO_BENCH_DRIVE_SCENARIO_TESTING_H_

#include "absl/status/status.h"
#include "bench/drive/scenario.h"
#include "fixtures/client/api_client.h"
#include "fixtures/stack/in_process_stack.h"

namespace slo::bench {

// Answers every request with 500 once `healthy_requests` have passed.
class FailingClient : public client::ApiClient {
 public:
  FailingClient(client::ApiClient& client, int healthy_requests)
      : client_(&client), healthy_requests_(healthy_requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (healthy_requests_-- > 0) return client_->Send(request);
    return api::Response{.status = 500, .body = "down"};
  }

 private:
  client::ApiClient* client_;
  int healthy_requests_;
};

inline ScenarioResult RunOnce(client::ApiClient& client, const ScenarioOptions& options) {
  const Workflow workflow = {.shape = Shape::kChain, .steps = 3};
  const int64_t template_id = CreateTemplate(client, workflow, "test").value();
  Lifecycle lifecycle(client, template_id, workflow, "test");
  RunPath run_path(lifecycle, 1);
  return RunScenario(run_path, options);
}

// Answers until it is gone for good.
class VanishingClient : public client::ApiClient {
 public:
  VanishingClient(client::ApiClient& client, int requests)
      : client_(&client), requests_(requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (requests_-- > 0) return client_->Send(request);
    return absl::UnavailableError("no connection");
  }

 private:
  client::ApiClient* client_;
  int requests_;
};

// Of an API that answers all.
inline ScenarioResult RunSteady(const ScenarioOptions& options) {
  stack::InProcessStack stack;
  return RunOnce(stack.client(), options);
}

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_SCENARIO_TESTING_H_
