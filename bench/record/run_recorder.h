// What one thread of load observed: the latencies of each stage and for whole runs, how many
// runs were tried, and every failure counted by its reason.

#ifndef SLO_BENCH_RECORD_RUN_RECORDER_H_
#define SLO_BENCH_RECORD_RUN_RECORDER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/base/optimization.h"
#include "absl/strings/string_view.h"
#include "bench/record/latency_recorder.h"
#include "bench/record/stage.h"
#include "bench/record/utc_offset.h"
#include "tools/lib/stats/trial_slots.h"

namespace slo::bench {

enum class FailureReason {
  kConnect,    // no connection
  kBroken,     // the connection ended before the answer
  kTimeout,    // no answer in time
  kMalformed,  // an answer that is no HTTP, or too large
  kStatus,     // an answer with another HTTP status than 200 to 299
  kBody,       // an answer whose body does not say what it must
  kOutcome,    // every answer was well formed, but the run did not end as "success"
  kGone,       // never sent, since the API had not answered for long
};

inline constexpr size_t kFailureReasons = 8;
inline constexpr std::array<FailureReason, 4> kUnanswered = {
    FailureReason::kConnect, FailureReason::kBroken, FailureReason::kTimeout,
    FailureReason::kMalformed};

// As in counter names, for example "failed_status_count".
absl::string_view FailureReasonName(FailureReason reason);

// Not thread-safe: one a thread, merged when the threads are done. Each begins and ends with a
// cache line: next to another thread's recorder, in a vector, neither slows the other down.
class ABSL_CACHELINE_ALIGNED RunRecorder {
 public:
  RunRecorder() : RunRecorder(UtcOffsetNs()) {}
  // See LatencyRecorder.
  explicit RunRecorder(int64_t to_utc_ns);

  // A failed request's latency counts like any other: leaving it out would make a system look
  // faster the more it fails.
  // All times, `at_ns`, are on the monotonic clock: the end of the request, of the run, of the
  // trial.
  void RecordRequest(Stage stage, int64_t latency_ns, int64_t at_ns) {
    stages_[static_cast<size_t>(stage)].RecordNanoseconds(latency_ns, at_ns);
  }
  void RecordRun(int64_t latency_ns, int64_t at_ns) { runs_.RecordNanoseconds(latency_ns, at_ns); }

  // A trial is what success_ratio is a ratio of: a run, or in the stage families a request.
  void CountTrial(int64_t at_ns) {
    ++trials_;
    trial_slots_.CountTrials(at_ns + to_utc_ns_);
  }

  // The trial of that time failed; `what` is kept if it is the first failure.
  void CountFailure(FailureReason reason, absl::string_view what, int64_t at_ns);

  // Trials that an API which is gone was never asked: each is one that failed, at this time.
  void CountGone(int64_t trials, absl::string_view what, int64_t at_ns);

  void Merge(const RunRecorder& other);

  const LatencyRecorder& stage(Stage stage) const { return stages_[static_cast<size_t>(stage)]; }
  const LatencyRecorder& runs() const { return runs_; }
  // Every request of every stage. For a system whose stages differ in cost, read the stages apart.
  LatencyRecorder AllRequests() const;
  int64_t requests() const;  // how many

  int64_t trials() const { return trials_; }
  // Trials and failures over time, in UTC.
  const stats::TrialSlots& trial_slots() const { return trial_slots_; }
  int64_t failures() const;
  int64_t failures(FailureReason reason) const { return failures_[static_cast<size_t>(reason)]; }
  int64_t unanswered() const;  // failures of kUnanswered
  const std::string& first_failure() const { return first_failure_; }

 private:
  int64_t to_utc_ns_;
  std::array<LatencyRecorder, kStages.size()> stages_;
  LatencyRecorder runs_;
  stats::TrialSlots trial_slots_;
  int64_t trials_ = 0;
  std::array<int64_t, kFailureReasons> failures_ = {};
  std::string first_failure_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_RUN_RECORDER_H_
