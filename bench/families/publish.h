// From what a row observed to the row.

#ifndef SLO_BENCH_FAMILIES_PUBLISH_H_
#define SLO_BENCH_FAMILIES_PUBLISH_H_

#include "bench/counters/counters.h"
#include "bench/record/run_recorder.h"
#include "benchmark/benchmark.h"

namespace slo::bench {

// Sets the row's counters, and processes_count where the row is one of several processes. A value
// that is not finite is left out: one makes the whole results file unreadable. Called by one thread
// of a row only, since Google Benchmark adds counters up over threads.
void PublishCounters(const Counters& counters, const tools::BoundOptions& bounds,
                     benchmark::State& state);

// Sets the row's counters and, when something failed, its label: the first failure's text.
// Called by one thread of a row only.
void Publish(const Counters& counters, const RunRecorder& recorder,
             const tools::BoundOptions& bounds, benchmark::State& state);

}  // namespace slo::bench

#endif  // SLO_BENCH_FAMILIES_PUBLISH_H_
