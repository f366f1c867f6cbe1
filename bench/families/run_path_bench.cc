// BM_RunPath: whole runs, one after the other, by one thread or several on one API.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "bench/counters/counters.h"
#include "bench/drive/run_path.h"
#include "bench/drive/throughput.h"
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
  RunMeter meter;
  int64_t batch_ns = 0;  // of the last one
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
  FirstBatches first_batches;
};

void DriveBatch(RunPath& run_path, const ApiUnderTest& api, PathWorker& worker) {
  std::vector<int64_t> run_ids;
  run_ids.reserve(kRunsPerBatch);
  const int64_t cpu_start_ns = ThreadCpuNs();
  const int64_t start_ns = MonotonicNs();
  int64_t end_ns = start_ns;
  for (int i = 0; i < kRunsPerBatch; ++i) {
    const int64_t failures_before = worker.recorder.failures();
    if (const auto run_id = run_path.Drive(worker.recorder)) run_ids.push_back(*run_id);
    const int64_t run_start_ns = end_ns;  // where the run before ended
    end_ns = MonotonicNs();
    worker.meter.Add(absl::Nanoseconds(end_ns - run_start_ns),
                     worker.recorder.failures() == failures_before);
    if (worker.recorder.unanswered() > 0) break;
  }
  worker.batch_ns = end_ns - start_ns;
  worker.cpu.Add(ThreadCpuNs() - cpu_start_ns, kRunsPerBatch);
  for (const int64_t run_id : run_ids) api.EvictRun(run_id);
}

Throughput ThroughputOfWorkers(const std::vector<PathWorker>& workers) {
  std::vector<ClientLoad> clients;
  for (const PathWorker& worker : workers) {
    clients.push_back({.runs = &worker.meter, .requests = worker.recorder.requests()});
  }
  return ThroughputOf(clients);
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
  AddThroughputCounters(ThroughputOfWorkers(row.workers), row.bounds, counters);
  row.first_batches.MergeInto(cpu);
  cpu.AddCounters("run_cpu", counters);
  Publish(counters, all, row.bounds, state);
}

// Timed: a batch of runs, every response checked. Not timed: evicting them, so that the store
// stays small however long the row runs. Feeds the objectives run_path_*.
void BM_RunPath(benchmark::State& state, SharedPathRow& row) {
  if (SkipIfStopped(state)) return;
  if (state.thread_index() == 0) {
    row.prepared = PrepareStack(row.workflow, /*stored_runs=*/0, row.stack_options);
    row.workers.assign(static_cast<size_t>(state.threads()), PathWorker());
    row.first_batches.Resize(row.workers.size());
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
      row.first_batches.Note(index, warm_up.cpu);
    }
    DriveBatch(*run_path, api, row.workers[index]);
    if (row.workers[index].recorder.unanswered() > 0) {
      state.SkipWithError(row.workers[index].recorder.first_failure().c_str());
      break;
    }
    state.SetIterationTime(static_cast<double>(row.workers[index].batch_ns) * 1e-9);
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
