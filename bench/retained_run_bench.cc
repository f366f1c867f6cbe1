// BM_RetainedRun: what a finished run that the API keeps costs in memory.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/families.h"
#include "bench/publish.h"
#include "bench/workload/heap_usage.h"
#include "bench/workload/monotonic_clock.h"
#include "bench/workload/run_path.h"
#include "bench/workload/stored_stack.h"
#include "benchmark/benchmark.h"

namespace slo::bench {
namespace {

constexpr int64_t kRuns = 20'000;
constexpr workload::Workflow kWorkflow = {.shape = workload::Shape::kChain, .steps = 3};

// Timed: the runs. The figure is the counter retained_run_bytes: growth of the live heap over the
// runs, events included; absent where the allocator does not tell (under sanitizers). Feeds the
// objective retained_run_bytes.
void BM_RetainedRun(benchmark::State& state, const BenchOptions& options) {
  auto prepared =
      workload::PrepareStack(kWorkflow, /*stored_runs=*/0, {.slowdown = options.slowdown});
  if (!prepared.ok()) {
    state.SkipWithError(std::string(prepared.status().message()).c_str());
    return;
  }
  workload::Lifecycle lifecycle(prepared->client(), prepared->template_id, kWorkflow,
                                "slo-retained");
  workload::RunPath run_path(lifecycle, static_cast<uint64_t>(options.seed));
  workload::RunRecorder recorder;
  workload::Counters counters;
  for (auto _ : state) {
    const std::optional<int64_t> before = workload::HeapBytesInUse();
    const int64_t start_ns = workload::MonotonicNs();
    for (int64_t run = 0; run < kRuns; ++run) run_path.Drive(recorder);
    state.SetIterationTime(static_cast<double>(workload::MonotonicNs() - start_ns) * 1e-9);
    const std::optional<int64_t> after = workload::HeapBytesInUse();
    if (before.has_value() && after.has_value()) {
      counters["retained_run_bytes"] =
          static_cast<double>(*after - *before) / static_cast<double>(kRuns);
    }
  }
  AddSuccessCounters(recorder, counters);
  Publish(counters, recorder, state);
}

}  // namespace

void RegisterRetainedRun(const BenchOptions& options) {
  benchmark::RegisterBenchmark(
      absl::StrCat("BM_RetainedRun/runs:", kRuns, "/steps:", kWorkflow.steps).c_str(),
      [options](benchmark::State& state) { BM_RetainedRun(state, options); })
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace slo::bench
