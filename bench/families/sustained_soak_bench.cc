// BM_SustainedSoak: one scenario of N paced runs on an API that keeps them all, cut into windows.

#include "bench/families/families.h"
#include "bench/families/scenario_row.h"

namespace slo::bench {

// Timed: the runs, their checks included. Not timed: the waiting between runs, set-up, warm-up.
// Feeds the objectives soak_*.
void RegisterSustainedSoak(const BenchOptions& options) {
  RegisterScenarioRow(SustainedSoakRow(options), options);
}

}  // namespace slo::bench
