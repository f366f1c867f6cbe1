// BM_SustainedSoak: one scenario of N paced runs on an API that keeps them all, cut into windows.

#include <string>

#include "absl/strings/str_cat.h"
#include "bench/families.h"
#include "bench/scenario_row.h"
#include "benchmark/benchmark.h"

namespace slo::bench {

// Timed: the runs, their checks included. Not timed: the waiting between runs, set-up, warm-up.
// Feeds the objectives soak_*.
void RegisterSustainedSoak(const BenchOptions& options) {
  const ScenarioRow row = {
      .what = "soak",
      .workflow = {.shape = workload::Shape::kChain,
                   .steps = static_cast<int>(options.steps_per_run)},
      .runs = options.soak_runs,
      .pace = absl::Milliseconds(options.soak_pace_ms),
      .seed = static_cast<uint64_t>(options.seed),
      .confidence = options.confidence,
      .slowdown = options.slowdown,
  };
  benchmark::RegisterBenchmark(absl::StrCat("BM_SustainedSoak/runs:", row.runs, "/steps:",
                                            row.workflow.steps, "/pace_ms:", options.soak_pace_ms)
                                   .c_str(),
                               [row](benchmark::State& state) { RunScenarioRow(row, state); })
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace slo::bench
