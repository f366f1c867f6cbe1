// Histograms in the log format of HdrHistogram, for its own tools and for all that read it.

#ifndef SLO_BENCH_TRACE_HDR_LOG_H_
#define SLO_BENCH_TRACE_HDR_LOG_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "bench/record/latency_histogram.h"
#include "bench/trace/traced_scenario.h"

namespace slo::trace {

// The log, version 1.3: a line a histogram that has samples, tagged "<row>#<prefix>", with "_" for
// what a tag cannot hold. Values are nanoseconds. Nothing is lost but the exact minimum and maximum
// and what lies beyond 73 minutes, since our buckets are those of a HdrHistogram with three
// significant digits.
std::string HdrLog(const std::vector<TracedScenario>& scenarios, absl::Time generated_at);

// One histogram: V2 encoding, deflated, base64. Source: HdrHistogram 2.1,
// AbstractHistogram.encodeIntoCompressedByteBuffer and ZigZagEncoding.
std::string HdrPayload(const bench::LatencyHistogram& histogram);

}  // namespace slo::trace

#endif  // SLO_BENCH_TRACE_HDR_LOG_H_
