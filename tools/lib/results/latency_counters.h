// What rows publish about latencies, by name: one piece of code for the program that measures and
// for the one that pools what several have measured.

#ifndef SLO_TOOLS_LIB_RESULTS_LATENCY_COUNTERS_H_
#define SLO_TOOLS_LIB_RESULTS_LATENCY_COUNTERS_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/lib/results/bound_options.h"
#include "tools/lib/results/counters.h"

namespace slo::tools {

struct LatencySample {
  int64_t count = 0;
  absl::FunctionRef<double(int64_t rank)> at_rank_us;  // the order statistic, 1 <= rank <= count
  double max_us = 0;
  absl::Span<const uint32_t> series;  // the sample's beginning or all of it, in order; any unit
};

// Adds <prefix>latency_{p50,p95,p99,max}_us (nearest rank), <prefix>samples_count, and the
// one-sided limits <prefix>latency_{p95,p99}_{lower,upper}_us at `bounds.confidence`, with the size
// of the independent sample that each is worth, ..._effective_samples_count (quantile_limits.h). A
// limit that the sample is too small for is absent; without any sample only samples_count is there.
// Domain: 0.5 < confidence < 1.
void AddLatencyCounters(const LatencySample& sample, absl::string_view prefix,
                        const BoundOptions& bounds, Counters& counters);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_LATENCY_COUNTERS_H_
