// Buckets for non-negative numbers whose width is at most a fixed share of the number: small ones
// have a bucket each, every further power of two is split into equally many. Layout: that of
// HdrHistogram, whose counts array has the same order. Pure functions.

#ifndef SLO_TOOLS_LIB_STATS_LOG_BUCKETS_H_
#define SLO_TOOLS_LIB_STATS_LOG_BUCKETS_H_

#include <bit>
#include <cstddef>
#include <cstdint>

namespace slo::stats {

// Numbers below 2^kSubBucketBits have a bucket each; of a power of two there are half as many.
template <int kSubBucketBits>
struct LogBuckets {
  static constexpr size_t kHalf = size_t{1} << (kSubBucketBits - 1);

  // How many buckets hold the numbers below 2^value_bits. Domain: value_bits >= kSubBucketBits.
  static constexpr size_t CountFor(int value_bits) {
    return kHalf * static_cast<size_t>(value_bits - kSubBucketBits + 2);
  }

  static constexpr size_t Of(uint64_t value) {
    const int shift = ShiftOf(value);
    return static_cast<size_t>(shift) * kHalf + static_cast<size_t>(value >> shift);
  }

  // The smallest and the largest number that share the bucket of `value`.
  static constexpr int64_t FirstLike(uint64_t value) {
    const int shift = ShiftOf(value);
    return static_cast<int64_t>(value >> shift << shift);
  }
  static constexpr int64_t LastLike(uint64_t value) {
    const int shift = ShiftOf(value);
    return static_cast<int64_t>((((value >> shift) + 1) << shift) - 1);
  }

  // The smallest and the largest number in a bucket.
  static constexpr int64_t FirstOf(size_t bucket) {
    if (bucket < 2 * kHalf) return static_cast<int64_t>(bucket);
    const size_t shift = bucket / kHalf - 1;
    return static_cast<int64_t>((bucket - shift * kHalf) << shift);
  }
  static constexpr int64_t LastOf(size_t bucket) {
    if (bucket < 2 * kHalf) return static_cast<int64_t>(bucket);
    const size_t shift = bucket / kHalf - 1;
    return static_cast<int64_t>(((bucket - shift * kHalf + 1) << shift) - 1);
  }

 private:
  static constexpr int ShiftOf(uint64_t value) {
    const auto width = static_cast<int>(std::bit_width(value));
    return width > kSubBucketBits ? width - kSubBucketBits : 0;
  }
};

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_LOG_BUCKETS_H_
