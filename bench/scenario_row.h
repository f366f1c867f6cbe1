// The body that the load and the soak family share.

#ifndef SLO_BENCH_SCENARIO_ROW_H_
#define SLO_BENCH_SCENARIO_ROW_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "bench/workload/slowdown.h"
#include "bench/workload/workflow_shape.h"
#include "benchmark/benchmark.h"

namespace slo::bench {

struct ScenarioRow {
  std::string what;  // for the progress line
  workload::Workflow workflow;
  int64_t runs = 1;
  absl::Duration pace;  // zero: back to back
  uint64_t seed = 1;
  double confidence = 0.9995;
  std::optional<workload::Slowdown> slowdown;
};

// Runs the scenario on a fresh API and publishes its counters: latency of all requests together
// and of each stage apart, success, throughput, drift over the windows, late starts.
void RunScenarioRow(const ScenarioRow& row, benchmark::State& state);

}  // namespace slo::bench

#endif  // SLO_BENCH_SCENARIO_ROW_H_
