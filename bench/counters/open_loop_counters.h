// The benchmark counters of an open loop.

#ifndef SLO_BENCH_COUNTERS_OPEN_LOOP_COUNTERS_H_
#define SLO_BENCH_COUNTERS_OPEN_LOOP_COUNTERS_H_

#include "bench/counters/counters.h"
#include "bench/drive/open_loop.h"

namespace slo::bench {

// The latencies (latency_* from the planned start, service_latency_* of whole runs,
// <stage>_latency_* of requests, generator_lateness_latency_*), the ledger (planned_count,
// completed_count, failed_count, dropped_count, in_flight_count), late_starts_count,
// runs_per_second that completed, and success_ratio: completed of planned, so that neither a
// dropped nor an unfinished run is forgotten, with the dispersion of those that did not complete,
// each at its planned start. The bounds of latency_* allow for all that are planned during a
// disturbance, disturbed_runs_count.
Counters OpenLoopCounters(const OpenLoopResult& result, const tools::BoundOptions& bounds);

}  // namespace slo::bench

#endif  // SLO_BENCH_COUNTERS_OPEN_LOOP_COUNTERS_H_
