// What is kept of a stream of latencies: how many there were of each length, and how they were
// spread over time.

#ifndef SLO_BENCH_RECORD_LATENCY_RECORDER_H_
#define SLO_BENCH_RECORD_LATENCY_RECORDER_H_

#include <cstdint>

#include "bench/record/latency_histogram.h"
#include "bench/record/utc_offset.h"
#include "tools/lib/stats/latency_slots.h"

namespace slo::bench {

// Not thread-safe: one a thread, merged when the threads are done.
class LatencyRecorder {
 public:
  // Of times on the monotonic clock.
  LatencyRecorder() : LatencyRecorder(UtcOffsetNs()) {}
  // `to_utc_ns`: what leads from the times that are recorded to UTC, at whose round times slots
  // begin.
  explicit LatencyRecorder(int64_t to_utc_ns) : to_utc_ns_(to_utc_ns) {}

  // `at_ns`: when it was observed, its end, its start or its planned start: the same for all of a
  // recorder, on one clock for all that are merged. Neither allocates nor reads a clock.
  void RecordNanoseconds(int64_t latency_ns, int64_t at_ns) {
    histogram_.RecordNanoseconds(latency_ns);
    slots_.Record(at_ns + to_utc_ns_, latency_ns);
  }

  // As if what the other one recorded had been recorded here. The order of merges does not matter.
  void Merge(const LatencyRecorder& other) {
    histogram_.Merge(other.histogram_);
    slots_.Merge(other.slots_);
  }

  int64_t count() const { return histogram_.count(); }
  const LatencyHistogram& histogram() const { return histogram_; }
  // In UTC.
  const stats::LatencySlots& slots() const { return slots_; }

 private:
  int64_t to_utc_ns_;
  LatencyHistogram histogram_;
  stats::LatencySlots slots_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_LATENCY_RECORDER_H_
