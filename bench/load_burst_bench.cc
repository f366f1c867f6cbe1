// BM_LoadBurst: one scenario of N runs back to back on a fresh API that keeps them all.

#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/families.h"
#include "bench/scenario_row.h"
#include "benchmark/benchmark.h"

namespace slo::bench {

// Timed: the runs, their checks included. Not timed: the API's construction, role and template, the
// warm-up. Feeds the objectives load_*.
void RegisterLoadBurst(const BenchOptions& options) {
  const ScenarioRow row = {
      .what = "load",
      .workflow = {.shape = workload::Shape::kChain,
                   .steps = static_cast<int>(options.steps_per_run)},
      .runs = options.load_runs,
      .pace = absl::ZeroDuration(),
      .seed = static_cast<uint64_t>(options.seed),
      .confidence = options.confidence,
      .slowdown = options.slowdown,
  };
  benchmark::RegisterBenchmark(
      absl::StrCat("BM_LoadBurst/runs:", row.runs, "/steps:", row.workflow.steps).c_str(),
      [row](benchmark::State& state) { RunScenarioRow(row, state); })
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace slo::bench
