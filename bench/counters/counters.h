// Turns what was observed into benchmark counters: finite numbers, the unit as the last word of the
// name, confidence limits where the sample is large enough to have them.

#ifndef SLO_BENCH_COUNTERS_COUNTERS_H_
#define SLO_BENCH_COUNTERS_COUNTERS_H_

#include "absl/strings/string_view.h"
#include "bench/drive/run_digest.h"
#include "bench/drive/throughput.h"
#include "bench/record/latency_recorder.h"
#include "bench/record/run_recorder.h"
#include "tools/lib/results/bound_options.h"
#include "tools/lib/results/counters.h"

namespace slo::bench {

using Counters = tools::Counters;

// The counters of tools/lib/results/latency_counters.h.
void AddLatencyCounters(const LatencyRecorder& latencies, absl::string_view prefix,
                        const tools::BoundOptions& bounds, Counters& counters);

// Adds success_ratio, success_trials_count, failed_count, failed_<reason>_count for every reason
// that occurred, and those of AddSuccessDispersion. Without any trial success_ratio is absent.
void AddSuccessCounters(const RunRecorder& recorder, const tools::BoundOptions& bounds,
                        Counters& counters);

// Adds runs_per_second, requests_per_second, and the limits of
// tools/lib/results/throughput_counters.h.
void AddThroughputCounters(const Throughput& throughput, const tools::BoundOptions& bounds,
                           Counters& counters);

// Adds response_digest and response_digest_runs_count.
void AddDigestCounters(const RunDigest& digest, Counters& counters);

}  // namespace slo::bench

#endif  // SLO_BENCH_COUNTERS_COUNTERS_H_
