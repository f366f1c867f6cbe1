#include "bench/scenario_row.h"

#include <algorithm>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/progress.h"
#include "bench/publish.h"
#include "bench/workload/counters.h"
#include "bench/workload/scenario.h"
#include "bench/workload/stored_stack.h"

namespace slo::bench {
namespace {

constexpr int64_t kMostWarmUpRuns = 100;

workload::Counters CountersOf(const workload::ScenarioResult& result, double confidence) {
  workload::Counters counters;
  AddLatencyCounters(result.recorder.AllRequests(), "", confidence, counters);
  for (const workload::Stage stage : workload::kStages) {
    AddLatencyCounters(result.recorder.stage(stage), absl::StrCat(StageName(stage), "_"),
                       confidence, counters);
  }
  AddLatencyCounters(result.recorder.runs(), "run_", confidence, counters);
  AddSuccessCounters(result.recorder, counters);
  AddThroughputCounters(result.throughput(), confidence, counters);
  counters["latency_drift_factor"] = LatencyDriftFactor(result.windows);
  counters["late_starts_count"] = static_cast<double>(result.late_starts);
  return counters;
}

void RunScenarioRow(const KeptRunsRow& row, const BenchOptions& options, benchmark::State& state) {
  auto prepared =
      workload::PrepareStack(row.workflow, /*stored_runs=*/0, {.slowdown = options.slowdown});
  if (!prepared.ok()) {
    state.SkipWithError(std::string(prepared.status().message()).c_str());
    return;
  }
  workload::Lifecycle lifecycle(prepared->client(), prepared->template_id, row.workflow,
                                absl::StrCat("slo-", row.what));
  workload::RunPath run_path(lifecycle, static_cast<uint64_t>(options.seed));
  Progress progress(row.what, row.runs, StderrIsTerminal(), std::cerr);
  for (auto _ : state) {
    const workload::ScenarioResult result =
        RunScenario(run_path, {.runs = row.runs,
                               .warm_up_runs = std::min(kMostWarmUpRuns, row.runs / 10),
                               .pace = absl::Milliseconds(row.pace_ms),
                               .on_progress = [&](int64_t done) { progress.Update(done); }});
    state.SetIterationTime(absl::ToDoubleSeconds(result.busy));
    Publish(CountersOf(result, options.confidence), result.recorder, state);
  }
}

}  // namespace

void RegisterScenarioRow(const KeptRunsRow& row, const BenchOptions& options) {
  benchmark::RegisterBenchmark(
      row.name.c_str(),
      [row, options](benchmark::State& state) { RunScenarioRow(row, options, state); })
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace slo::bench
