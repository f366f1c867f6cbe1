#include "bench/record/run_recorder.h"

#include <numeric>

namespace slo::bench {

absl::string_view FailureReasonName(FailureReason reason) {
  constexpr std::array<absl::string_view, kFailureReasons> kNames = {
      "connect", "broken", "timeout", "malformed", "status", "body", "outcome", "gone"};
  return kNames[static_cast<size_t>(reason)];
}

RunRecorder::RunRecorder(int64_t to_utc_ns)
    : to_utc_ns_(to_utc_ns),
      stages_{LatencyRecorder(to_utc_ns), LatencyRecorder(to_utc_ns), LatencyRecorder(to_utc_ns),
              LatencyRecorder(to_utc_ns)},
      runs_(to_utc_ns) {}

void RunRecorder::CountFailure(FailureReason reason, absl::string_view what, int64_t at_ns) {
  ++failures_[static_cast<size_t>(reason)];
  trial_slots_.CountFailures(at_ns + to_utc_ns_);
  if (first_failure_.empty()) first_failure_ = std::string(what);
}

void RunRecorder::CountGone(int64_t trials, absl::string_view what, int64_t at_ns) {
  if (trials <= 0) return;
  trials_ += trials;
  failures_[static_cast<size_t>(FailureReason::kGone)] += trials;
  trial_slots_.CountTrials(at_ns + to_utc_ns_, trials);
  trial_slots_.CountFailures(at_ns + to_utc_ns_, trials);
  if (first_failure_.empty()) first_failure_ = std::string(what);
}

void RunRecorder::Merge(const RunRecorder& other) {
  for (size_t i = 0; i < stages_.size(); ++i) stages_[i].Merge(other.stages_[i]);
  runs_.Merge(other.runs_);
  trials_ += other.trials_;
  trial_slots_.Merge(other.trial_slots_);
  for (size_t i = 0; i < failures_.size(); ++i) failures_[i] += other.failures_[i];
  if (first_failure_.empty()) first_failure_ = other.first_failure_;
}

LatencyRecorder RunRecorder::AllRequests() const {
  LatencyRecorder all(to_utc_ns_);
  for (const LatencyRecorder& stage : stages_) all.Merge(stage);
  return all;
}

int64_t RunRecorder::requests() const {
  int64_t count = 0;
  for (const LatencyRecorder& stage : stages_) count += stage.count();
  return count;
}

int64_t RunRecorder::unanswered() const {
  int64_t count = 0;
  for (const FailureReason reason : kUnanswered) count += failures(reason);
  return count;
}

int64_t RunRecorder::failures() const {
  return std::accumulate(failures_.begin(), failures_.end(), int64_t{0});
}

}  // namespace slo::bench
