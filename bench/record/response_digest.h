// One number for all answers: the same for the same answers in any order.

#ifndef SLO_BENCH_RECORD_RESPONSE_DIGEST_H_
#define SLO_BENCH_RECORD_RESPONSE_DIGEST_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "fixtures/api/http_message.h"

namespace slo::bench {

// A sum of hashes of status and body (FNV-1a, mixed by SplitMix64's finalizer): our own arithmetic,
// so that it is the same with every standard library.
class ResponseDigest {
 public:
  void Add(const api::Response& response);
  void Add(int status, absl::string_view body);
  void Merge(const ResponseDigest& other) { sum_ += other.sum_; }

  // From 0 to below 2^53, which a JSON number holds exactly.
  int64_t value() const { return static_cast<int64_t>(sum_ & kMask); }

 private:
  static constexpr uint64_t kMask = (uint64_t{1} << 53U) - 1;

  uint64_t sum_ = 0;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_RESPONSE_DIGEST_H_
