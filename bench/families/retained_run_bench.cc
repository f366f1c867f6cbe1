// BM_RetainedRun: what a finished run that the API keeps costs in memory.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/drive/run_path.h"
#include "bench/families/families.h"
#include "bench/families/publish.h"
#include "bench/families/rows.h"
#include "bench/families/stop_signal.h"
#include "bench/machine/heap_usage.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/system/stored_stack.h"
#include "benchmark/benchmark.h"

namespace slo::bench {
namespace {

// Timed: the runs. The figure is the counter retained_run_bytes: growth of the live heap over the
// runs, events included; absent where the allocator does not tell (under sanitizers). Feeds the
// objective retained_run_bytes.
void BM_RetainedRun(benchmark::State& state, const KeptRunsRow& row, const BenchOptions& options) {
  if (SkipIfStopped(state)) return;
  auto prepared = PrepareStack(row.workflow, /*stored_runs=*/0, options.stack_options());
  if (!prepared.ok()) {
    state.SkipWithError(std::string(prepared.status().message()).c_str());
    return;
  }
  Lifecycle lifecycle(prepared->client(), prepared->template_id, row.workflow,
                      absl::StrCat("slo-", row.what));
  RunPath run_path(lifecycle, options.own_seed());
  RunRecorder recorder;
  Counters counters;
  for (auto _ : state) {
    const std::optional<int64_t> before = HeapBytesInUse();
    const int64_t start_ns = MonotonicNs();
    for (int64_t run = 0; run < row.runs; ++run) run_path.Drive(recorder);
    state.SetIterationTime(static_cast<double>(MonotonicNs() - start_ns) * 1e-9);
    const std::optional<int64_t> after = HeapBytesInUse();
    if (before.has_value() && after.has_value()) {
      counters["retained_run_bytes"] =
          static_cast<double>(*after - *before) / static_cast<double>(row.runs);
    }
  }
  AddSuccessCounters(recorder, options.bounds, counters);
  Publish(counters, recorder, options.bounds, state);
}

}  // namespace

void RegisterRetainedRun(const BenchOptions& options) {
  // Elsewhere runs are not kept in the heap of this thread.
  if (!options.api.row_suffix().empty()) return;
  const KeptRunsRow row = RetainedRunRow();
  benchmark::RegisterBenchmark(
      row.name.c_str(),
      [row, options](benchmark::State& state) { BM_RetainedRun(state, row, options); })
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace slo::bench
