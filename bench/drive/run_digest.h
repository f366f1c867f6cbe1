// The response digest of a scenario: what the API answered, in one number that is the same for the
// same seed and the same runs, whatever number of threads drove them and when. An API that is
// faster because it answers something else is found out.

#ifndef SLO_BENCH_DRIVE_RUN_DIGEST_H_
#define SLO_BENCH_DRIVE_RUN_DIGEST_H_

#include <cstdint>

#include "bench/drive/run_path.h"
#include "bench/record/response_digest.h"

namespace slo::bench {

// Of every 16th run, so that computing it (4 us a run, outside what is timed) costs next to
// nothing. Not thread-safe: one a thread, merged when the threads are done.
class RunDigest {
 public:
  static constexpr int64_t kEvery = 16;

  // Whether run number `run` of a scenario, from 0, is part of it.
  static bool Has(int64_t run) { return run % kEvery == 0; }

  // The run that was driven last; its answers were kept.
  void Add(const RunPath& run_path) {
    run_path.AddAnswersTo(digest_);
    ++runs_;
  }

  void Merge(const RunDigest& other) {
    digest_.Merge(other.digest_);
    runs_ += other.runs_;
  }

  int64_t value() const { return digest_.value(); }  // from 0 to below 2^53
  int64_t runs() const { return runs_; }

 private:
  ResponseDigest digest_;
  int64_t runs_ = 0;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_RUN_DIGEST_H_
