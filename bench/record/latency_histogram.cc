#include "bench/record/latency_histogram.h"

#include "absl/base/macros.h"

namespace slo::bench {

void LatencyHistogram::Merge(const LatencyHistogram& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  min_ns_ = std::min(min_ns_, other.min_ns_);
  max_ns_ = std::max(max_ns_, other.max_ns_);
}

size_t LatencyHistogram::BucketAtRank(int64_t rank) const {
  ABSL_HARDENING_ASSERT(rank >= 1 && rank <= count_);
  int64_t below = 0;
  size_t bucket = 0;
  while (bucket + 1 < counts_.size()) {
    below += static_cast<int64_t>(counts_[bucket]);
    if (below >= rank) break;
    ++bucket;
  }
  return bucket;
}

absl::Duration LatencyHistogram::AtRank(int64_t rank) const {
  const size_t bucket = BucketAtRank(rank);
  // The last bucket also holds what is beyond the range: max() is all that is known of it.
  const bool is_last = bucket + 1 == counts_.size();
  return absl::Nanoseconds(is_last ? max_ns_ : std::min(Buckets::LastOf(bucket), max_ns_));
}

absl::Duration LatencyHistogram::LowestAtRank(int64_t rank) const {
  return absl::Nanoseconds(std::max(Buckets::FirstOf(BucketAtRank(rank)), min_ns_));
}

void LatencyHistogram::ForEachBucket(
    absl::FunctionRef<void(size_t bucket, int64_t highest_ns, int64_t count)> visit) const {
  for (size_t bucket = 0; bucket < counts_.size(); ++bucket) {
    if (counts_[bucket] == 0) continue;
    visit(bucket, Buckets::LastOf(bucket), static_cast<int64_t>(counts_[bucket]));
  }
}

}  // namespace slo::bench
