#include "bench/system/run_path_workers.h"

namespace slo::bench {

RunPathWorkers::RunPathWorkers(const PreparedStack& prepared, const Workflow& workflow,
                               int64_t workers, uint64_t seed) {
  for (int64_t worker = 0; worker < workers; ++worker) {
    lifecycles_.push_back(std::make_unique<Lifecycle>(prepared.client(), prepared.template_id,
                                                      workflow, "slo-open-loop"));
    run_paths_.push_back(std::make_unique<RunPath>(*lifecycles_.back(), seed));
    pointers_.push_back(run_paths_.back().get());
  }
}

void RunPathWorkers::WarmUp(int64_t runs) {
  RunRecorder warm_up;
  for (int64_t run = 0; run < runs; ++run) {
    for (RunPath* run_path : pointers_) run_path->Drive(warm_up);
    if (warm_up.unanswered() > 0) return;
  }
}

}  // namespace slo::bench
