// The capacity of a system: the highest arrival rate at which it still meets its objectives, as a
// bracket of a rate that was shown to pass and one that was shown to fail.

#ifndef SLO_BENCH_DRIVE_CAPACITY_SEARCH_H_
#define SLO_BENCH_DRIVE_CAPACITY_SEARCH_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "bench/record/latency_recorder.h"
#include "tools/lib/stats/trial_slots.h"

namespace slo::bench {

struct CapacityOptions {
  double start_rate = 1'000;        // runs a second; about where to begin
  double lowest_rate = 1;           // not tried below it
  double highest_rate = 1e6;        // not tried above it
  double resolution = 0.05;         // the bracket's ends are to be no further apart than this
  double confidence = 0.95;         // that both ends are right
  int64_t first_arrivals = 8'192;   // of a probe; four times as many until it decides,
  int64_t most_arrivals = 131'072;  // up to these
  int most_probes = 60;             // in all
};

// What a probe at one rate showed, at the confidence it was asked for.
enum class ProbeOutcome { kPasses, kFails, kUndecided };

struct Probe {
  double rate = 0;  // runs a second
  int64_t arrivals = 0;
  uint64_t seed = 0;  // another one for each probe
  double confidence = 0.95;
};

struct Capacity {
  std::optional<double> passes;  // nothing: no rate was shown to pass, down to the lowest
  std::optional<double> fails;   // nothing: none was shown to fail, up to the highest
  // A rate was shown to pass that lies above one that was shown to fail: the system, or the
  // machine, is not the same all the time. The bracket then reaches over both.
  bool is_steady = true;
  int probes = 0;
};

// Sweeps upwards until a rate fails, downwards from there until one passes, narrows the bracket
// from both sides, and asks both ends again at last, the lower one after the higher one. Each probe
// is to err with no more than its share of the error (Bonferroni over most_probes), so that all of
// them are right, and with them the bracket, with `confidence`, as long as more load is never
// better. A function of the options and of what the probes say.
Capacity FindCapacity(const CapacityOptions& options,
                      absl::FunctionRef<ProbeOutcome(const Probe&)> probe);

// What every run of a probe must keep for the rate to pass.
struct CapacityObjectives {
  absl::Duration p99 = absl::Milliseconds(10);  // from the planned start
  double success_ratio = 0.99;                  // of the planned runs
};

// What the runs of a probe did.
struct ProbeSample {
  const LatencyRecorder& from_planned;
  const stats::TrialSlots& trials;  // the planned runs; a failure unless it completed
  int64_t completed = 0;
  int64_t planned = 0;
  // A disturbance is declared to reach no more planned runs than these, see DisturbedArrivals.
  int64_t disturbed = 1;
};

// Passes when the upper limit of the 99th percentile and the lower limit of the ratio keep the
// objectives, fails when the opposite limit of either violates its own. Both allow for dependence.
ProbeOutcome JudgeProbe(const ProbeSample& sample, const CapacityObjectives& objectives,
                        double confidence);

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_CAPACITY_SEARCH_H_
