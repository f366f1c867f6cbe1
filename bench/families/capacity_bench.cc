// BM_Capacity: the highest arrival rate that meets --slo_capacity_p99 and
// --slo_capacity_success_ratio. Not there without the first of these flags: a search takes a
// minute.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "bench/drive/arrival_schedule.h"
#include "bench/drive/capacity_search.h"
#include "bench/drive/open_loop.h"
#include "bench/families/families.h"
#include "bench/families/progress.h"
#include "bench/families/rows.h"
#include "bench/families/stop_signal.h"
#include "bench/machine/environment_monitor.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/system/run_path_workers.h"
#include "benchmark/benchmark.h"
#include "tools/lib/results/latency_counters.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::bench {
namespace {

constexpr int64_t kWarmUpRuns = 100;
// A backlog needs time to grow.
constexpr double kShortestProbeSeconds = 0.5;
// A probe of a machine that stood still for longer than this share of the time decides nothing.
constexpr double kMaxStallShare = 0.1;

class Prober {
 public:
  Prober(const CapacityRow& row, const BenchOptions& options) : row_(row), options_(options) {}

  ProbeOutcome Ask(const Probe& probe) {
    if (!status_.ok() || StopWasRequested()) return ProbeOutcome::kUndecided;
    // Each probe finds the API as the first one did.
    auto prepared = PrepareStack(row_.workflow, /*stored_runs=*/0, options_.stack_options());
    if (!prepared.ok()) return Fail(prepared.status());
    const uint64_t seed = options_.own_seed();
    RunPathWorkers workers(*prepared, row_.workflow, row_.workers, seed);
    workers.WarmUp(kWarmUpRuns);
    const auto fewest = static_cast<int64_t>(std::ceil(probe.rate * kShortestProbeSeconds));
    const OpenLoopOptions open = {
        .planned_ns =
            PlanArrivals({.rate_per_second = probe.rate,
                          .arrivals = std::clamp(fewest, probe.arrivals, row_.search.most_arrivals),
                          .seed = stats::MixBits(seed) + probe.seed}),
        .is_cancelled = StopWasRequested};
    EnvironmentMonitor monitor;
    const auto result = RunOpenLoop(workers.run_paths(), open);
    if (!result.ok()) return Fail(result.status());
    if (monitor.Stop().stall_share() > kMaxStallShare) {
      ++disturbed_;
      return ProbeOutcome::kUndecided;
    }
    return JudgeProbe(
        {.from_planned = result->from_planned,
         .trials = result->planned_trials,
         .completed = result->ledger.completed,
         .planned = result->ledger.planned,
         .disturbed = tools::DisturbedArrivals(options_.bounds, result->arrivals_per_second)},
        row_.objectives, probe.confidence);
  }

  const absl::Status& status() const { return status_; }
  int disturbed() const { return disturbed_; }

 private:
  ProbeOutcome Fail(const absl::Status& status) {
    status_.Update(status);
    return ProbeOutcome::kUndecided;
  }

  const CapacityRow& row_;
  const BenchOptions& options_;
  absl::Status status_;
  int disturbed_ = 0;
};

std::string WhyNoBracket(const CapacityRow& row, const Capacity& capacity, const Prober& prober) {
  if (!prober.status().ok()) return std::string(prober.status().message());
  if (StopWasRequested()) return "interrupted before the bracket was found";
  if (!capacity.passes.has_value()) {
    return absl::StrCat("no rate from ", row.search.lowest_rate,
                        " a second on was shown to meet the objectives");
  }
  return absl::StrCat("no rate up to ", row.search.highest_rate,
                      " a second was shown to violate the objectives");
}

// Timed: nothing that means anything; real_time is that of the search. Feeds no objective of
// slo.json. capacity_runs_per_second_lower and _upper are the bracket's ends, and the value between
// them their geometric mean.
void BM_Capacity(benchmark::State& state, const CapacityRow& row, const BenchOptions& options) {
  if (SkipIfStopped(state)) return;
  for (auto _ : state) {
    Prober prober(row, options);
    Progress progress("capacity", {.total = row.search.most_probes, .unit = "probes"},
                      StderrIsTerminal(), std::cerr);
    int probes = 0;
    const int64_t start_ns = MonotonicNs();
    const Capacity capacity = FindCapacity(row.search, [&](const Probe& probe) {
      progress.Update(++probes);
      return prober.Ask(probe);
    });
    state.SetIterationTime(static_cast<double>(MonotonicNs() - start_ns) / 1e9);
    if (!capacity.passes.has_value() || !capacity.fails.has_value()) {
      state.SkipWithError(WhyNoBracket(row, capacity, prober).c_str());
      return;
    }
    state.SetLabel(absl::StrFormat("passes at %.0f, fails at %.0f runs a second%s",
                                   *capacity.passes, *capacity.fails,
                                   capacity.is_steady ? "" : "; not the same all the time"));
    state.counters["capacity_runs_per_second"] = std::sqrt(*capacity.passes * *capacity.fails);
    state.counters["capacity_runs_per_second_lower"] = *capacity.passes;
    state.counters["capacity_runs_per_second_upper"] = *capacity.fails;
    state.counters["unsteady_count"] = capacity.is_steady ? 0 : 1;
    state.counters["probes_count"] = capacity.probes;
    state.counters["disturbed_probes_count"] = prober.disturbed();
  }
}

}  // namespace

void RegisterCapacity(const BenchOptions& options) {
  if (options.capacity_p99 == absl::ZeroDuration()) return;
  benchmark::RegisterBenchmark(CapacityRowOf(options).name.c_str(),
                               [row = CapacityRowOf(options), options](benchmark::State& state) {
                                 BM_Capacity(state, row, options);
                               })
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace slo::bench
