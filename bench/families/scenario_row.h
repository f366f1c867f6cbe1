// The body that the load and the soak family share.

#ifndef SLO_BENCH_FAMILIES_SCENARIO_ROW_H_
#define SLO_BENCH_FAMILIES_SCENARIO_ROW_H_

#include "bench/cli/bench_options.h"
#include "bench/families/rows.h"
#include "benchmark/benchmark.h"

namespace slo::bench {

// Registers the row: a scenario on a fresh API, which publishes latency of all requests together
// and of each stage apart, success, throughput, drift over the windows, late starts.
void RegisterScenarioRow(const KeptRunsRow& row, const BenchOptions& options);

}  // namespace slo::bench

#endif  // SLO_BENCH_FAMILIES_SCENARIO_ROW_H_
