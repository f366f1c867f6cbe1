// An in-process API that already holds finished runs, for measuring what they cost the next one.

#ifndef SLO_BENCH_WORKLOAD_STORED_STACK_H_
#define SLO_BENCH_WORKLOAD_STORED_STACK_H_

#include <cstdint>
#include <map>
#include <memory>

#include "absl/status/statusor.h"
#include "bench/workload/workflow_shape.h"
#include "fixtures/transport/in_process_stack.h"

namespace slo::workload {

// A stack with a template for one workflow.
struct PreparedStack {
  std::unique_ptr<transport::InProcessStack> stack;
  int64_t template_id = 0;
};

// A fresh stack with `stored_runs` finished runs of a three-step chain and a template for
// `workflow`. Errors name the request that failed.
absl::StatusOr<PreparedStack> PrepareStack(const Workflow& workflow, int64_t stored_runs);

// Hands out stacks and keeps those with stored runs, so that filling one is paid once for all the
// rows that share its size. A user leaves a stack as it was: runs it made are evicted.
// Not thread-safe: called by one thread of a benchmark, before the loop.
class StackPool {
 public:
  // The stack for `stored_runs`, with a template for `workflow`. It is shared with later callers
  // that ask for the same number of stored runs, unless that number is 0.
  absl::StatusOr<std::shared_ptr<PreparedStack>> Get(const Workflow& workflow, int64_t stored_runs);

 private:
  std::map<int64_t, std::shared_ptr<PreparedStack>> by_stored_runs_;
};

}  // namespace slo::workload

#endif  // SLO_BENCH_WORKLOAD_STORED_STACK_H_
