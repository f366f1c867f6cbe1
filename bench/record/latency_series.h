// Latencies in the order in which they were observed, as many as it takes to see how much
// neighbouring ones depend on one another.

#ifndef SLO_BENCH_RECORD_LATENCY_SERIES_H_
#define SLO_BENCH_RECORD_LATENCY_SERIES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"

namespace slo::bench {

// Memory is taken once, so that recording neither allocates nor grows the heap. Not thread-safe.
class LatencySeries {
 public:
  // The first so many are kept (512 KiB); later ones leave the series as it is.
  static constexpr size_t kCapacity = size_t{1} << 17U;

  LatencySeries() : values_ns_(kCapacity) {}

  // Values that do not fit (below zero, 4.3 s and more) count as the nearest that does.
  void RecordNanoseconds(int64_t latency_ns) {
    if (size_ == kCapacity) return;
    values_ns_[size_++] = static_cast<uint32_t>(
        std::clamp<int64_t>(latency_ns, 0, std::numeric_limits<uint32_t>::max()));
  }

  // Continues with `other`, as far as there is room.
  void Append(const LatencySeries& other) {
    const size_t count = std::min(other.size_, kCapacity - size_);
    std::copy_n(other.values_ns_.begin(), count,
                values_ns_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += count;
  }

  // In nanoseconds.
  absl::Span<const uint32_t> values() const {
    return absl::MakeConstSpan(values_ns_.data(), size_);
  }

 private:
  std::vector<uint32_t> values_ns_;
  size_t size_ = 0;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_LATENCY_SERIES_H_
