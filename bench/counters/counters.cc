#include "bench/counters/counters.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/latency_counters.h"
#include "tools/lib/results/throughput_counters.h"

namespace slo::bench {

void AddLatencyCounters(const LatencyRecorder& latencies, absl::string_view prefix,
                        const tools::BoundOptions& bounds, Counters& counters) {
  const LatencyHistogram& histogram = latencies.histogram();
  tools::AddLatencyCounters(
      {.count = histogram.count(),
       .at_rank_us =
           [&](int64_t rank) { return absl::ToDoubleMicroseconds(histogram.AtRank(rank)); },
       .lowest_at_rank_us =
           [&](int64_t rank) { return absl::ToDoubleMicroseconds(histogram.LowestAtRank(rank)); },
       .max_us = absl::ToDoubleMicroseconds(histogram.max()),
       .slots = latencies.slots()},
      prefix, bounds, counters);
}

void AddSuccessCounters(const RunRecorder& recorder, const tools::BoundOptions& bounds,
                        Counters& counters) {
  const double trials = static_cast<double>(recorder.trials());
  const double failures = static_cast<double>(recorder.failures());
  counters[tools::kSuccessTrialsCount] = trials;
  counters[tools::kFailedCount] = failures;
  if (trials > 0) counters[tools::kSuccessRatio] = (trials - failures) / trials;
  tools::AddSuccessDispersion(recorder.trial_slots(), bounds, counters);
  for (size_t i = 0; i < kFailureReasons; ++i) {
    const auto reason = static_cast<FailureReason>(i);
    if (recorder.failures(reason) == 0) continue;
    counters[absl::StrCat(tools::kFailedPrefix, FailureReasonName(reason), "_count")] =
        static_cast<double>(recorder.failures(reason));
  }
}

void AddThroughputCounters(const Throughput& throughput, const tools::BoundOptions& bounds,
                           Counters& counters) {
  counters[tools::kRunsPerSecond] = throughput.runs_per_second;
  counters[tools::kRequestsPerSecond] = throughput.requests_per_second;
  tools::AddThroughputLimits(throughput.window_runs_per_second, throughput.window_length, bounds,
                             counters);
}

void AddDigestCounters(const RunDigest& digest, Counters& counters) {
  counters[tools::kResponseDigest] = static_cast<double>(digest.value());
  counters[tools::kResponseDigestRunsCount] = static_cast<double>(digest.runs());
}

}  // namespace slo::bench
