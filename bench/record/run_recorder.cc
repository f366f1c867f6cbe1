#include "bench/record/run_recorder.h"

#include <numeric>
#include <utility>

namespace slo::bench {

absl::string_view FailureReasonName(FailureReason reason) {
  constexpr std::array<absl::string_view, kFailureReasons> kNames = {
      "connect", "broken", "timeout", "malformed", "status", "body", "outcome", "gone"};
  return kNames[static_cast<size_t>(reason)];
}

void RunRecorder::CountFailure(FailureReason reason, absl::string_view what) {
  ++failures_[static_cast<size_t>(reason)];
  if (first_failure_.empty()) first_failure_ = std::string(what);
}

void RunRecorder::CountGone(int64_t trials, absl::string_view what) {
  if (trials <= 0) return;
  trials_ += trials;
  CountFailure(FailureReason::kGone, what);
  failures_[static_cast<size_t>(FailureReason::kGone)] += trials - 1;
}

void RunRecorder::Merge(const RunRecorder& other) {
  for (size_t i = 0; i < stages_.size(); ++i) stages_[i].Merge(other.stages_[i]);
  requests_.Append(other.requests_);
  runs_.Merge(other.runs_);
  trials_ += other.trials_;
  for (size_t i = 0; i < failures_.size(); ++i) failures_[i] += other.failures_[i];
  if (first_failure_.empty()) first_failure_ = other.first_failure_;
}

LatencyRecorder RunRecorder::AllRequests() const {
  LatencyHistogram all;
  for (const LatencyRecorder& stage : stages_) all.Merge(stage.histogram());
  return LatencyRecorder(std::move(all), requests_);
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
