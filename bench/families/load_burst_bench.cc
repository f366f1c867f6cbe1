// BM_LoadBurst: one scenario of N runs back to back on a fresh API that keeps them all.

#include "bench/families/families.h"
#include "bench/families/scenario_row.h"

namespace slo::bench {

// Timed: the runs, their checks included. Not timed: the API's construction, role and template, the
// warm-up. Feeds the objectives load_*.
void RegisterLoadBurst(const BenchOptions& options) {
  RegisterScenarioRow(LoadBurstRow(options), options);
}

}  // namespace slo::bench
