// An API that already holds finished runs, for measuring what they cost the next one.

#ifndef SLO_BENCH_SYSTEM_STORED_STACK_H_
#define SLO_BENCH_SYSTEM_STORED_STACK_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/drive/workflow_shape.h"
#include "bench/faults/fault.h"
#include "bench/faults/slowdown.h"
#include "bench/faults/slowed_client.h"
#include "bench/system/api_under_test.h"

namespace slo::bench {

// What a measurement wants of a stack beside its content.
struct StackOptions {
  ApiOptions api;
  std::optional<Slowdown> slowdown;  // planted in the client
  std::vector<Fault> faults;         // likewise, in front of it
  uint64_t fault_seed = 1;
};

// A stack with a template for one workflow.
struct PreparedStack {
  std::unique_ptr<ApiUnderTest> api;
  std::unique_ptr<SlowedClient> slowed;  // in front of the API's own client; null: not slowed
  std::unique_ptr<FaultyClient> faulty;  // in front of both; null: no faults
  int64_t template_id = 0;

  // The client to measure through.
  client::ApiClient& client() const {
    if (faulty != nullptr) return *faulty;
    return slowed != nullptr ? static_cast<client::ApiClient&>(*slowed) : api->client();
  }

  // The client to measure one stage alone through: without a slowdown of another stage, so that
  // this one is measured as it always is.
  client::ApiClient& client(Stage measured) const {
    const bool is_plain = slowed != nullptr && slowed->stage() != measured && faulty == nullptr;
    return is_plain ? api->client() : client();
  }
};

// A fresh stack with `stored_runs` finished runs of a three-step chain and a template for
// `workflow`. Filling it is never slowed, without faults, and past any network. Errors name the
// request that failed.
absl::StatusOr<PreparedStack> PrepareStack(const Workflow& workflow, int64_t stored_runs,
                                           const StackOptions& options = {});

// Hands out stacks and keeps those with stored runs, so that filling one is paid once for all the
// rows that share its size. A user leaves a stack as it was: runs it made are evicted.
// Not thread-safe: called by one thread of a benchmark, before the loop.
class StackPool {
 public:
  explicit StackPool(StackOptions options = {}) : options_(std::move(options)) {}

  // The stack for `stored_runs`, with a template for `workflow`. It is shared with later callers
  // that ask for the same number of stored runs, unless that number is 0.
  absl::StatusOr<std::shared_ptr<PreparedStack>> Get(const Workflow& workflow, int64_t stored_runs);

 private:
  StackOptions options_;
  std::map<int64_t, std::shared_ptr<PreparedStack>> by_stored_runs_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_SYSTEM_STORED_STACK_H_
