#include "bench/system/stored_stack.h"

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "bench/drive/lifecycle.h"
#include "bench/drive/run_path.h"
#include "bench/faults/spin.h"

namespace slo::bench {
namespace {

constexpr Workflow kStoredWorkflow = {.shape = Shape::kChain, .steps = 3};

absl::Status StoreRuns(client::ApiClient& client, int64_t runs) {
  if (runs == 0) return absl::OkStatus();
  const auto template_id = CreateTemplate(client, kStoredWorkflow, "slo-stored");
  if (!template_id.ok()) return template_id.status();
  Lifecycle lifecycle(client, *template_id, kStoredWorkflow, "slo-stored");
  RunPath run_path(lifecycle, /*seed=*/1);
  RunRecorder recorder;
  for (int64_t run = 0; run < runs; ++run) {
    run_path.Drive(recorder);
    if (recorder.failures() > 0) return absl::InternalError(recorder.first_failure());
  }
  return absl::OkStatus();
}

// What a slowed request does more. A spin starts from the same value each time: what it takes does
// not depend on it.
std::function<void()> WorkOf(const Slowdown& slowdown) {
  const auto spin = [operations = slowdown.operations] { Spin(operations, /*start=*/1); };
  if (slowdown.pattern.every == 1) return spin;
  return [spin, pattern = slowdown.pattern, sent = std::make_shared<std::atomic<int64_t>>(0)] {
    if (pattern.Strikes(sent->fetch_add(1, std::memory_order_relaxed))) spin();
  };
}

std::unique_ptr<SlowedClient> Slowed(client::ApiClient& client, const Slowdown& slowdown) {
  return std::make_unique<SlowedClient>(client, slowdown.stage, WorkOf(slowdown));
}

}  // namespace

absl::StatusOr<PreparedStack> PrepareStack(const Workflow& workflow, int64_t stored_runs,
                                           const StackOptions& options) {
  PreparedStack prepared;
  auto api = ApiUnderTest::Make(options.api);
  if (!api.ok()) return api.status();
  prepared.api = *std::move(api);
  const absl::Status stored = StoreRuns(prepared.api->nearest_client(), stored_runs);
  if (!stored.ok()) return stored;
  const auto template_id = CreateTemplate(prepared.api->client(), workflow, "slo-bench");
  if (!template_id.ok()) return template_id.status();
  prepared.template_id = *template_id;
  if (options.slowdown.has_value()) {
    prepared.slowed = Slowed(prepared.api->client(), *options.slowdown);
  }
  if (!options.faults.empty()) {
    prepared.faulty =
        std::make_unique<FaultyClient>(prepared.client(), options.faults, options.fault_seed);
  }
  return prepared;
}

absl::StatusOr<std::shared_ptr<PreparedStack>> StackPool::Get(const Workflow& workflow,
                                                              int64_t stored_runs) {
  const auto known = by_stored_runs_.find(stored_runs);
  if (known == by_stored_runs_.end()) {
    absl::StatusOr<PreparedStack> prepared = PrepareStack(workflow, stored_runs, options_);
    if (!prepared.ok()) return prepared.status();
    auto shared = std::make_shared<PreparedStack>(*std::move(prepared));
    if (stored_runs > 0) by_stored_runs_.emplace(stored_runs, shared);
    return shared;
  }
  const auto template_id = CreateTemplate(known->second->api->client(), workflow, "slo-bench");
  if (!template_id.ok()) return template_id.status();
  known->second->template_id = *template_id;
  return known->second;
}

}  // namespace slo::bench
