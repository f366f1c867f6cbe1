// Several threads' worth of run paths against one API.

#ifndef SLO_BENCH_SYSTEM_RUN_PATH_WORKERS_H_
#define SLO_BENCH_SYSTEM_RUN_PATH_WORKERS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "bench/drive/lifecycle.h"
#include "bench/drive/run_path.h"
#include "bench/system/stored_stack.h"

namespace slo::bench {

// Each worker has requests of its own and shares no state with the others but the API. All have the
// same seed: what is random in a run follows from its number, whoever drives it.
class RunPathWorkers {
 public:
  // `prepared` must outlive the object.
  RunPathWorkers(const PreparedStack& prepared, const Workflow& workflow, int64_t workers,
                 uint64_t seed);

  absl::Span<RunPath* const> run_paths() const { return pointers_; }

  // Drives so many runs by each, unrecorded, which the API keeps; until one is not answered.
  void WarmUp(int64_t runs);

 private:
  std::vector<std::unique_ptr<Lifecycle>> lifecycles_;
  std::vector<std::unique_ptr<RunPath>> run_paths_;
  std::vector<RunPath*> pointers_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_SYSTEM_RUN_PATH_WORKERS_H_
