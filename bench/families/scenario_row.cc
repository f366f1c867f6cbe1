#include "bench/families/scenario_row.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/counters/counters.h"
#include "bench/counters/drift.h"
#include "bench/drive/scenario.h"
#include "bench/families/progress.h"
#include "bench/families/publish.h"
#include "bench/families/stop_signal.h"
#include "bench/machine/environment_monitor.h"
#include "bench/machine/live_blocks.h"
#include "bench/system/stored_stack.h"
#include "bench/trace/trace.h"

namespace slo::bench {
namespace {

constexpr int64_t kMaxWarmUpRuns = 100;

Counters CountersOf(const ScenarioResult& result, const tools::BoundOptions& bounds) {
  Counters counters;
  AddLatencyCounters(result.recorder.AllRequests(), "", bounds, counters);
  for (const Stage stage : kStages) {
    AddLatencyCounters(result.recorder.stage(stage), absl::StrCat(StageName(stage), "_"), bounds,
                       counters);
  }
  AddLatencyCounters(result.recorder.runs(), "run_", bounds, counters);
  AddSuccessCounters(result.recorder, bounds, counters);
  AddThroughputCounters(result.throughput(), bounds, counters);
  AddSoakCounters(result.windows, bounds.confidence, counters);
  AddDigestCounters(result.digest, counters);
  counters["late_starts_count"] = static_cast<double>(result.late_starts);
  return counters;
}

void Evict(const ApiUnderTest& api, const std::vector<int64_t>& run_ids) {
  for (const int64_t run_id : run_ids) api.EvictRun(run_id);
}

// One row's life: an API, load on it, and its memory afterwards.
class ScenarioRow {
 public:
  ScenarioRow(const KeptRunsRow& row, const BenchOptions& options, PreparedStack prepared)
      : row_(row),
        options_(options),
        prepared_(std::move(prepared)),
        lifecycle_(prepared_.client(), prepared_.template_id, row.workflow,
                   absl::StrCat("slo-", row.what)),
        run_path_(lifecycle_, options.own_seed()) {}

  void Run(benchmark::State& state) {
    // Afterwards everything that is made only once is there.
    Evict(*prepared_.api, Scenario({.runs = kMaxWarmUpRuns})->run_ids);
    EnvironmentMonitor monitor;
    const std::optional<int64_t> blocks_before = LiveBlocks();
    const std::optional<absl::Duration> waited_before = RunQueueWait();
    Progress progress(row_.what, {.total = row_.runs, .length = row_.duration}, StderrIsTerminal(),
                      std::cerr);
    const absl::Time start = absl::Now();
    std::optional<ScenarioResult> result =
        Scenario({.runs = row_.runs,
                  .duration = row_.duration,
                  .warm_up_runs = std::min(kMaxWarmUpRuns, row_.runs / 10),
                  .pace = absl::Milliseconds(row_.pace_ms),
                  .on_progress = [&](int64_t done) { progress.Update(done); },
                  .is_cancelled = StopWasRequested});
    const std::optional<absl::Duration> waited = RunQueueWait();
    const Environment environment = monitor.Stop();
    state.SetIterationTime(absl::ToDoubleSeconds(result->meter.busy()));
    Evict(*prepared_.api, result->run_ids);
    const std::optional<int64_t> blocks_drained = LiveBlocks();
    Counters counters = CountersOf(*result, options_.bounds);
    AddEnvironmentCounters(environment, counters);
    if (waited.has_value()) {
      AddWaitCounter(*waited - *waited_before, environment.length, 1, counters);
    }
    if (result->windows.empty()) {
      state.SkipWithError("interrupted before a window was finished");
      return;
    }
    Publish({}, result->recorder, options_.bounds, state);
    if (options_.trace != nullptr) {
      options_.trace->Add(
          trace::TraceOf(row_.name, start, environment.length, *result, options_.traces_slots()));
    }
    if (blocks_before.has_value()) {
      const int64_t with_result = *LiveBlocks();
      const auto runs = static_cast<double>(result->run_ids.size());
      result.reset();
      const int64_t of_result = with_result - *LiveBlocks();
      const auto leaked = static_cast<double>(*blocks_drained - *blocks_before - of_result);
      counters["leaked_blocks_count"] = leaked;
      if (runs > 0) counters["leaked_blocks_per_run"] = leaked / runs;
    }
    PublishCounters(counters, options_.bounds, state);
  }

 private:
  std::optional<ScenarioResult> Scenario(const ScenarioOptions& options) {
    return RunScenario(run_path_, options);
  }

  const KeptRunsRow& row_;
  const BenchOptions& options_;
  PreparedStack prepared_;
  Lifecycle lifecycle_;
  RunPath run_path_;
};

void RunScenarioRow(const KeptRunsRow& row, const BenchOptions& options, benchmark::State& state) {
  if (SkipIfStopped(state)) return;
  auto prepared = PrepareStack(row.workflow, /*stored_runs=*/0, options.stack_options());
  if (!prepared.ok()) {
    state.SkipWithError(std::string(prepared.status().message()).c_str());
    return;
  }
  ScenarioRow scenario(row, options, *std::move(prepared));
  for (auto _ : state) scenario.Run(state);
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
