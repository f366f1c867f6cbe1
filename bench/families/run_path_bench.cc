// BM_RunPath: whole runs, one after the other, by one thread or several on one API.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "bench/counters/counters.h"
#include "bench/drive/run_path.h"
#include "bench/families/families.h"
#include "bench/families/publish.h"
#include "bench/families/rows.h"
#include "bench/families/stop_signal.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/record/batch_cpu.h"
#include "bench/system/stored_stack.h"
#include "benchmark/benchmark.h"

namespace slo::bench {
namespace {

constexpr int kRunsPerBatch = 64;

// What one thread did. Each batch is timed by itself: eviction between batches is not.
struct PathWorker {
  RunRecorder recorder;
  std::vector<int64_t> batch_ns;
  BatchCpu cpu;
};

// What the threads of a row share. Set up by thread 0 before the loop, whose first call is a
// barrier, and read by it after the loop, whose last call is one too.
struct SharedPathRow {
  Workflow workflow;
  uint64_t seed = 1;
  tools::BoundOptions bounds;
  StackOptions stack_options;
  absl::StatusOr<PreparedStack> prepared;
  std::vector<PathWorker> workers;
};

void DriveBatch(RunPath& run_path, const ApiUnderTest& api, PathWorker& worker) {
  std::vector<int64_t> run_ids;
  run_ids.reserve(kRunsPerBatch);
  const int64_t cpu_start_ns = ThreadCpuNs();
  const int64_t start_ns = MonotonicNs();
  for (int i = 0; i < kRunsPerBatch; ++i) {
    if (const auto run_id = run_path.Drive(worker.recorder)) run_ids.push_back(*run_id);
    if (worker.recorder.unanswered() > 0) break;
  }
  worker.batch_ns.push_back(MonotonicNs() - start_ns);
  worker.cpu.Add(ThreadCpuNs() - cpu_start_ns, kRunsPerBatch);
  for (const int64_t run_id : run_ids) api.EvictRun(run_id);
}

double Seconds(std::vector<int64_t>::const_iterator first,
               std::vector<int64_t>::const_iterator last) {
  return static_cast<double>(std::accumulate(first, last, int64_t{0})) * 1e-9;
}

// The workers' batches, cut into as many windows as a scenario has. In a window the workers' rates
// add up.
Throughput ThroughputOf(const std::vector<PathWorker>& workers) {
  Throughput throughput;
  std::vector<double> window_rates;
  for (const PathWorker& worker : workers) {
    const auto begin = worker.batch_ns.begin();
    const auto batches = static_cast<int64_t>(worker.batch_ns.size());
    const double seconds = Seconds(begin, worker.batch_ns.end());
    if (seconds <= 0) continue;
    const int64_t windows = WindowCount(batches);
    window_rates.resize(std::max(window_rates.size(), static_cast<size_t>(windows)));
    for (int64_t window = 0; window < windows; ++window) {
      const int64_t first = window * batches / windows;
      const int64_t last = (window + 1) * batches / windows;
      window_rates[static_cast<size_t>(window)] +=
          static_cast<double>((last - first) * kRunsPerBatch) /
          Seconds(begin + first, begin + last);
    }
    const int64_t succeeded = worker.recorder.trials() - worker.recorder.failures();
    throughput.runs_per_second += static_cast<double>(succeeded) / seconds;
    throughput.requests_per_second += static_cast<double>(worker.recorder.requests()) / seconds;
  }
  for (const double rate : window_rates) throughput.window_seconds_per_run.push_back(1 / rate);
  return throughput;
}

void PublishPathRow(const SharedPathRow& row, benchmark::State& state) {
  RunRecorder all;
  BatchCpu cpu;
  for (const PathWorker& worker : row.workers) {
    all.Merge(worker.recorder);
    cpu.Merge(worker.cpu);
  }
  Counters counters;
  AddLatencyCounters(all.runs(), "", row.bounds, counters);
  AddSuccessCounters(all, row.bounds, counters);
  AddThroughputCounters(ThroughputOf(row.workers), row.bounds, counters);
  cpu.AddCounters("run_cpu", counters);
  Publish(counters, all, state);
}

// Timed: a batch of runs, every response checked. Not timed: evicting them, so that the store
// stays small however long the row runs. Feeds the objectives run_path_*.
void BM_RunPath(benchmark::State& state, SharedPathRow& row) {
  if (SkipIfStopped(state)) return;
  if (state.thread_index() == 0) {
    row.prepared = PrepareStack(row.workflow, /*stored_runs=*/0, row.stack_options);
    row.workers.assign(static_cast<size_t>(state.threads()), PathWorker());
  }
  std::unique_ptr<Lifecycle> lifecycle;
  std::unique_ptr<RunPath> run_path;
  const auto index = static_cast<size_t>(state.thread_index());
  while (state.KeepRunningBatch(kRunsPerBatch)) {
    if (!row.prepared.ok()) {
      state.SkipWithError(std::string(row.prepared.status().message()).c_str());
      break;
    }
    const ApiUnderTest& api = *row.prepared->api;
    if (run_path == nullptr) {
      lifecycle = std::make_unique<Lifecycle>(row.prepared->client(), row.prepared->template_id,
                                              row.workflow, "slo-run-path");
      run_path = std::make_unique<RunPath>(*lifecycle, row.seed + index);
      PathWorker warm_up;
      DriveBatch(*run_path, api, warm_up);
    }
    DriveBatch(*run_path, api, row.workers[index]);
    if (row.workers[index].recorder.unanswered() > 0) {
      state.SkipWithError(row.workers[index].recorder.first_failure().c_str());
      break;
    }
    state.SetIterationTime(static_cast<double>(row.workers[index].batch_ns.back()) * 1e-9);
  }
  if (state.thread_index() == 0 && row.prepared.ok()) PublishPathRow(row, state);
}

}  // namespace

void RegisterRunPath(const BenchOptions& options) {
  for (const RunPathRow& row : RunPathRows(options)) {
    auto shared = std::make_shared<SharedPathRow>();
    shared->workflow = row.workflow;
    shared->seed = options.own_seed();
    shared->bounds = options.bounds;
    shared->stack_options = options.stack_options();
    auto* const registered =
        benchmark::RegisterBenchmark(
            row.name().c_str(), [shared](benchmark::State& state) { BM_RunPath(state, *shared); })
            ->UseManualTime()
            ->Unit(benchmark::kMicrosecond);
    // One thread is the default and leaves no trace in the name.
    if (row.threads > 1) registered->Threads(row.threads);
  }
}

}  // namespace slo::bench
