// What rows publish about latencies, by name: one piece of code for the program that measures and
// for the one that pools what several have measured.

#ifndef SLO_TOOLS_LIB_RESULTS_LATENCY_COUNTERS_H_
#define SLO_TOOLS_LIB_RESULTS_LATENCY_COUNTERS_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/bound_options.h"
#include "tools/lib/results/counters.h"
#include "tools/lib/stats/latency_slots.h"
#include "tools/lib/stats/trial_slots.h"

namespace slo::tools {

struct LatencySample {
  int64_t count = 0;
  // The order statistic of a rank from 1 to count, rounded up, and the same rounded down.
  absl::FunctionRef<double(int64_t rank)> at_rank_us;
  absl::FunctionRef<double(int64_t rank)> lowest_at_rank_us;
  double max_us = 0;
  const stats::LatencySlots& slots;  // the same latencies over time
};

// Adds <prefix>latency_{p50,p95,p99,max}_us (nearest rank), <prefix>samples_count, and the
// one-sided limits <prefix>latency_{p95,p99}_{lower,upper}_us at `bounds.confidence`, with the size
// of the independent sample that each is worth, ..._effective_samples_count (quantile_limits.h). An
// upper limit is rounded up, a lower one down. A limit that the sample is too small for is absent;
// without any sample only samples_count is there. Of `bounds` the level, the disturbed requests and
// the processes count. Domain: 0.5 < confidence < 1.
void AddLatencyCounters(const LatencySample& sample, absl::string_view prefix,
                        const BoundOptions& bounds, Counters& counters);

// How many planned runs a disturbance reaches at most that is no longer than is declared: besides
// those that it meets, all that are planned while it lasts wait for its end.
int64_t DisturbedArrivals(const BoundOptions& bounds, double arrivals_per_second);

// Adds success_over_dispersion_factor and success_batches_count, by which the gate sees what the
// trials are worth: phi of the failures, so that phi (t / z)^2 with batches - 1 degrees of freedom
// divides their number at the level of `bounds` (dependence.h). Neither with fewer than 60 trials
// or 30 slots of time.
void AddSuccessDispersion(const stats::TrialSlots& trials, const BoundOptions& bounds,
                          Counters& counters);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_LATENCY_COUNTERS_H_
