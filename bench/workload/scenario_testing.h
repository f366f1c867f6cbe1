// APIs that fail or vanish, and scenarios of a three-step chain against them.

#ifndef SLO_BENCH_WORKLOAD_SCENARIO_TESTING_H_
#define SLO_BENCH_WORKLOAD_SCENARIO_TESTING_H_

#include "absl/status/status.h"
#include "bench/workload/scenario.h"
#include "fixtures/transport/api_client.h"
#include "fixtures/transport/in_process_stack.h"

namespace slo::workload {

// Answers every request with 500 once `healthy_requests` have passed.
class FailingClient : public transport::ApiClient {
 public:
  FailingClient(transport::ApiClient& client, int healthy_requests)
      : client_(&client), healthy_requests_(healthy_requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (healthy_requests_-- > 0) return client_->Send(request);
    return api::Response{.status = 500, .body = "down"};
  }

 private:
  transport::ApiClient* client_;
  int healthy_requests_;
};

inline ScenarioResult RunOnce(transport::ApiClient& client, const ScenarioOptions& options) {
  const Workflow workflow = {.shape = Shape::kChain, .steps = 3};
  const int64_t template_id = CreateTemplate(client, workflow, "test").value();
  Lifecycle lifecycle(client, template_id, workflow, "test");
  RunPath run_path(lifecycle, 1);
  return RunScenario(run_path, options);
}

// Answers until it is gone for good.
class VanishingClient : public transport::ApiClient {
 public:
  VanishingClient(transport::ApiClient& client, int requests)
      : client_(&client), requests_(requests) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (requests_-- > 0) return client_->Send(request);
    return absl::UnavailableError("no connection");
  }

 private:
  transport::ApiClient* client_;
  int requests_;
};

// Of an API that answers all.
inline ScenarioResult RunSteady(const ScenarioOptions& options) {
  transport::InProcessStack stack;
  return RunOnce(stack.client(), options);
}

}  // namespace slo::workload

#endif  // SLO_BENCH_WORKLOAD_SCENARIO_TESTING_H_
