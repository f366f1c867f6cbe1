// Counts latencies in buckets whose width is at most 1/1024 of their value: a quantile is off by
// less than 0.1 %, memory is bounded (264 KiB), and merging loses nothing.
//
//   LatencyHistogram histogram;
//   histogram.RecordNanoseconds(elapsed_ns);
//   absl::Duration median = histogram.AtRank((histogram.count() + 1) / 2);
//
// Layout (that of HdrHistogram with 2048 sub-buckets): values below 2048 ns have a bucket each;
// every further power of two is split into 1024 buckets.

#ifndef SLO_BENCH_RECORD_LATENCY_HISTOGRAM_H_
#define SLO_BENCH_RECORD_LATENCY_HISTOGRAM_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "tools/lib/stats/log_buckets.h"

namespace slo::bench {

// Not thread-safe: one a thread, merged when the threads are done.
class LatencyHistogram {
 public:
  static constexpr int kLargestValueBits = 42;
  static constexpr int64_t kLargestBucketedNs = (int64_t{1} << kLargestValueBits) - 1;

  LatencyHistogram() : counts_(kBuckets) {}

  // Negative values (a clock that stepped back) count as 0; values from 2^42 ns (73 minutes) on
  // share the last bucket, while max() stays exact.
  void RecordNanoseconds(int64_t latency_ns) {
    const int64_t value = std::max<int64_t>(latency_ns, 0);
    ++counts_[Buckets::Of(static_cast<uint64_t>(std::min(value, kLargestBucketedNs)))];
    ++count_;
    min_ns_ = std::min(min_ns_, value);
    max_ns_ = std::max(max_ns_, value);
  }

  // Adds every sample of `other`. The order of merges does not matter.
  void Merge(const LatencyHistogram& other);

  int64_t count() const { return count_; }
  absl::Duration min() const { return absl::Nanoseconds(count_ == 0 ? 0 : min_ns_); }
  absl::Duration max() const { return absl::Nanoseconds(max_ns_); }

  // The order statistic of 1-based `rank`, rounded up to the end of its bucket: never below the
  // recorded value and less than 0.1 % above it. 1 <= rank <= count().
  absl::Duration AtRank(int64_t rank) const;

  // The same rounded down to the beginning of its bucket: never above the recorded value. A limit
  // between the two is neither kept for certain nor violated for certain.
  absl::Duration LowestAtRank(int64_t rank) const;

  // Every bucket that holds samples, ascending: its number (that of HdrHistogram's counts array),
  // the largest value that falls into it, and how many did.
  void ForEachBucket(
      absl::FunctionRef<void(size_t bucket, int64_t highest_ns, int64_t count)> visit) const;

  // Bytes held, the same for any number of samples.
  static constexpr size_t MemoryBytes() { return kBuckets * sizeof(uint64_t); }

 private:
  using Buckets = stats::LogBuckets<11>;
  static constexpr size_t kBuckets = Buckets::CountFor(kLargestValueBits);

  // rank from 1 to count_.
  size_t BucketAtRank(int64_t rank) const;

  std::vector<uint64_t> counts_;
  int64_t count_ = 0;
  int64_t min_ns_ = std::numeric_limits<int64_t>::max();
  int64_t max_ns_ = 0;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_LATENCY_HISTOGRAM_H_
