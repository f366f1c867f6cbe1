// Latencies in slots of time (time_slots.h), each slot a coarse histogram: enough to see how much
// the number of slow requests varies in the course of a measurement, whatever counts as slow.

#ifndef SLO_TOOLS_LIB_STATS_LATENCY_SLOTS_H_
#define SLO_TOOLS_LIB_STATS_LATENCY_SLOTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "tools/lib/stats/log_buckets.h"
#include "tools/lib/stats/time_slots.h"

namespace slo::stats {

// 16 buckets an octave, each at most 6.3 % wide: 132 KiB. Not thread-safe.
class LatencySlots {
 public:
  using Buckets = LogBuckets<5>;
  // Latencies from 2^36 ns (69 s) on share the last bucket, negative ones are 0.
  static constexpr int kValueBits = 36;
  static constexpr size_t kColumns = Buckets::CountFor(kValueBits);

  LatencySlots() : slots_(kColumns) {}
  explicit LatencySlots(TimeSlots slots) : slots_(std::move(slots)) {}

  static size_t ColumnOf(int64_t latency_ns) {
    constexpr int64_t kLargest = (int64_t{1} << kValueBits) - 1;
    return Buckets::Of(static_cast<uint64_t>(std::clamp<int64_t>(latency_ns, 0, kLargest)));
  }

  void Record(int64_t time_ns, int64_t latency_ns) { slots_.Add(time_ns, ColumnOf(latency_ns)); }

  void Merge(const LatencySlots& other) { slots_.Merge(other.slots_); }

  // A column is a bucket, in ascending order of latency.
  const TimeSlots& slots() const { return slots_; }

  bool operator==(const LatencySlots&) const = default;

 private:
  TimeSlots slots_;
};

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_LATENCY_SLOTS_H_
