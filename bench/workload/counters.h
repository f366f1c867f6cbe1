// Turns what was observed into benchmark counters: finite numbers, the unit as the last word of the
// name, confidence limits where the sample is large enough to have them.

#ifndef SLO_BENCH_WORKLOAD_COUNTERS_H_
#define SLO_BENCH_WORKLOAD_COUNTERS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "bench/workload/latency_recorder.h"
#include "bench/workload/run_digest.h"
#include "bench/workload/run_recorder.h"
#include "bench/workload/scenario.h"

namespace slo::workload {

using Counters = std::map<std::string, double>;

// Adds <prefix>latency_{p50,p95,p99,max}_us, <prefix>samples_count, and the one-sided limits
// <prefix>latency_{p95,p99}_{lower,upper}_us at `confidence` (0.5 < confidence < 1), with the size
// of the independent sample that each is worth, ..._{lower,upper}_effective_samples_count (see
// tools/stats/quantile_limits.h). A limit that the sample is too small for is absent; without any
// sample only samples_count is there.
void AddLatencyCounters(const LatencyRecorder& latencies, absl::string_view prefix,
                        double confidence, Counters& counters);

// Adds success_ratio, success_trials_count, failed_count, and failed_<reason>_count for every
// reason that occurred. Without any trial success_ratio is absent.
void AddSuccessCounters(const RunRecorder& recorder, Counters& counters);

// Adds runs_per_second, requests_per_second, and runs_per_second_{lower,upper}: one-sided limits
// at `confidence` from the windows' times a run (batch means), absent with fewer than two windows
// or when a window had no run that succeeded.
void AddThroughputCounters(const Throughput& throughput, double confidence, Counters& counters);

// Adds response_digest and response_digest_runs_count.
void AddDigestCounters(const RunDigest& digest, Counters& counters);

}  // namespace slo::workload

#endif  // SLO_BENCH_WORKLOAD_COUNTERS_H_
