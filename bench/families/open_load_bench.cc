// BM_OpenLoad: runs that start when a seeded schedule says, on a fresh API that keeps them all.

#include <algorithm>
#include <iostream>
#include <string>

#include "absl/time/clock.h"
#include "bench/counters/open_loop_counters.h"
#include "bench/families/families.h"
#include "bench/families/progress.h"
#include "bench/families/publish.h"
#include "bench/families/rows.h"
#include "bench/families/stop_signal.h"
#include "bench/machine/environment_monitor.h"
#include "bench/system/run_path_workers.h"
#include "bench/system/stored_stack.h"
#include "bench/trace/trace.h"
#include "benchmark/benchmark.h"

namespace slo::bench {
namespace {

constexpr int64_t kMaxWarmUpRuns = 100;

// Timed: from the scenario's start to the end of the last run. latency_* is from the planned start,
// dropped runs included; service_* is of each run that started, and <stage>_latency_* of its
// requests, from their actual start. Feeds the objectives open_load_*.
void BM_OpenLoad(benchmark::State& state, const OpenLoadRow& row, const BenchOptions& options) {
  if (SkipIfStopped(state)) return;
  auto prepared = PrepareStack(row.workflow, /*stored_runs=*/0, options.stack_options());
  if (!prepared.ok()) {
    state.SkipWithError(std::string(prepared.status().message()).c_str());
    return;
  }
  RunPathWorkers workers(*prepared, row.workflow, row.workers, row.plan.seed);
  workers.WarmUp(std::min(kMaxWarmUpRuns, row.plan.arrivals / 10));
  OpenLoopOptions open = {.planned_ns = PlanArrivals(row.plan), .is_cancelled = StopWasRequested};
  Progress progress("open load", {.total = row.plan.arrivals}, StderrIsTerminal(), std::cerr);
  open.on_progress = [&](int64_t done) { progress.Update(done); };
  for (auto _ : state) {
    const absl::Time start = absl::Now();
    EnvironmentMonitor monitor;
    const auto result = RunOpenLoop(workers.run_paths(), open);
    const Environment environment = monitor.Stop();
    if (!result.ok()) {
      state.SkipWithError(std::string(result.status().message()).c_str());
      return;
    }
    state.SetIterationTime(absl::ToDoubleSeconds(result->elapsed));
    Counters counters = OpenLoopCounters(*result, options.bounds);
    AddEnvironmentCounters(environment, counters);
    Publish(counters, result->recorder, options.bounds, state);
    if (options.trace != nullptr) {
      options.trace->Add(trace::TraceOf(row.name, start, *result, options.traces_slots()));
    }
  }
}

}  // namespace

void RegisterOpenLoad(const BenchOptions& options) {
  for (const OpenLoadRow& row : OpenLoadRows(options)) {
    benchmark::RegisterBenchmark(
        row.name.c_str(),
        [row, options](benchmark::State& state) { BM_OpenLoad(state, row, options); })
        ->Iterations(1)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace slo::bench
