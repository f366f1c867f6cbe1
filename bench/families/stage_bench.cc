// BM_CreateRun, BM_DispatchReady, BM_RunnerStatus, BM_ReadRun: the requests of one stage. The four
// families are one piece of code over the stage.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/counters/counters.h"
#include "bench/families/families.h"
#include "bench/families/publish.h"
#include "bench/families/rows.h"
#include "bench/families/stop_signal.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/record/batch_cpu.h"
#include "bench/system/stage_batch.h"
#include "bench/system/stored_stack.h"
#include "benchmark/benchmark.h"

namespace slo::bench {
namespace {

constexpr int kRequestsPerBatch = 128;

struct StageWorker {
  RunRecorder recorder;
  int64_t busy_ns = 0;  // the sum of the requests' latencies
  BatchCpu cpu;
};

// What the threads of a row share. Set up by thread 0 before the loop, whose first call is a
// barrier, and read by it after the loop, whose last call is one too.
struct SharedStageRow {
  Stage stage = Stage::kCreateRun;
  Workflow workflow;
  int64_t stored_runs = 0;
  tools::BoundOptions bounds;
  std::shared_ptr<StackPool> pool;
  absl::StatusOr<std::shared_ptr<PreparedStack>> prepared;
  std::vector<StageWorker> workers;
  FirstBatches first_batches;
};

void PublishStageRow(const SharedStageRow& row, benchmark::State& state) {
  RunRecorder all;
  BatchCpu cpu;
  double requests_per_second = 0;
  for (const StageWorker& worker : row.workers) {
    all.Merge(worker.recorder);
    cpu.Merge(worker.cpu);
    if (worker.busy_ns == 0) continue;
    requests_per_second += static_cast<double>(worker.recorder.stage(row.stage).count()) * 1e9 /
                           static_cast<double>(worker.busy_ns);
  }
  Counters counters;
  AddLatencyCounters(all.stage(row.stage), "", row.bounds, counters);
  AddSuccessCounters(all, row.bounds, counters);
  counters["requests_per_second"] = requests_per_second;
  row.first_batches.MergeInto(cpu);
  cpu.AddCounters("stage_cpu", counters);
  Publish(counters, all, row.bounds, state);
}

// What a thread needs to send its batches.
struct Sender {
  std::unique_ptr<Lifecycle> lifecycle;
  std::unique_ptr<StageBatch> batch;
};

// One batch by one thread; the sum of its latencies, or why it could not be prepared.
absl::StatusOr<int64_t> RunBatch(StageBatch& batch, StageWorker& worker) {
  const absl::Status prepared = batch.Prepare();
  if (!prepared.ok()) return prepared;
  const int64_t cpu_start_ns = ThreadCpuNs();
  batch.Send();
  worker.cpu.Add(ThreadCpuNs() - cpu_start_ns, kRequestsPerBatch);
  const int64_t busy_ns = batch.CheckAndRecord(worker.recorder);
  worker.busy_ns += busy_ns;
  if (worker.recorder.unanswered() > 0) {
    return absl::UnavailableError(worker.recorder.first_failure());
  }
  return busy_ns;
}

// The same, by a sender that is set up, and warmed up by one batch, when it is first used.
absl::StatusOr<int64_t> RunNextBatch(SharedStageRow& row, size_t thread, Sender& sender) {
  StageWorker& worker = row.workers[thread];
  if (!row.prepared.ok()) return row.prepared.status();
  if (sender.batch == nullptr) {
    PreparedStack& prepared = **row.prepared;
    sender.lifecycle = std::make_unique<Lifecycle>(prepared.client(row.stage), prepared.template_id,
                                                   row.workflow, "slo-stage");
    sender.batch = std::make_unique<StageBatch>(*prepared.api, *sender.lifecycle, row.stage,
                                                kRequestsPerBatch);
    StageWorker warm_up;
    const absl::StatusOr<int64_t> warmed_up = RunBatch(*sender.batch, warm_up);
    if (!warmed_up.ok()) return warmed_up;
    row.first_batches.Note(thread, warm_up.cpu);
  }
  return RunBatch(*sender.batch, worker);
}

// Timed: the stage's requests. Not timed: bringing runs to the state it needs, checking the
// answers, evicting the runs. Feeds the objectives named after the stage.
void BM_Stage(benchmark::State& state, SharedStageRow& row) {
  if (SkipIfStopped(state)) return;
  if (state.thread_index() == 0) {
    row.prepared = row.pool->Get(row.workflow, row.stored_runs);
    row.workers.assign(static_cast<size_t>(state.threads()), StageWorker());
    row.first_batches.Resize(row.workers.size());
  }
  Sender sender;
  while (state.KeepRunningBatch(kRequestsPerBatch)) {
    const absl::StatusOr<int64_t> busy_ns =
        RunNextBatch(row, static_cast<size_t>(state.thread_index()), sender);
    if (!busy_ns.ok()) {
      state.SkipWithError(std::string(busy_ns.status().message()).c_str());
      break;
    }
    state.SetIterationTime(static_cast<double>(*busy_ns) * 1e-9);
  }
  if (state.thread_index() == 0 && row.prepared.ok()) PublishStageRow(row, state);
}

}  // namespace

void RegisterStages(const BenchOptions& options) {
  auto pool = std::make_shared<StackPool>(options.stack_options());
  for (const StageRow& row : StageRows(options)) {
    auto shared = std::make_shared<SharedStageRow>();
    shared->stage = row.stage;
    shared->workflow = row.workflow;
    shared->stored_runs = row.stored_runs;
    shared->bounds = options.bounds;
    shared->pool = pool;
    auto* const registered =
        benchmark::RegisterBenchmark(
            row.name().c_str(), [shared](benchmark::State& state) { BM_Stage(state, *shared); })
            ->UseManualTime()
            ->Unit(benchmark::kNanosecond);
    // One thread is the default and leaves no trace in the name.
    if (row.threads > 1) registered->Threads(row.threads);
  }
}

}  // namespace slo::bench
