#include "bench/system/stage_batch.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace slo::bench {
namespace {

absl::Status ToStatus(const std::optional<Failure>& failure) {
  if (!failure.has_value()) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("preparation: ", failure->what));
}

}  // namespace

StageBatch::StageBatch(ApiUnderTest& api, Lifecycle& lifecycle, Stage stage, int requests)
    : api_(&api), lifecycle_(&lifecycle), stage_(stage), requests_(requests) {
  answers_.reserve(static_cast<size_t>(requests));
}

absl::Status StageBatch::Prepare() {
  answers_.clear();
  targets_.resize(static_cast<size_t>(requests_));
  if (stage_ == Stage::kCreateRun) return absl::OkStatus();
  for (Target& target : targets_) {
    const absl::Status status = PrepareOne(target);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// The state before the stage's first request of a run: nothing, created, first task dispatched,
// first task done.
absl::Status StageBatch::PrepareOne(Target& target) {
  const absl::Status created =
      ToStatus(lifecycle_->CheckCreateRun(lifecycle_->SendCreateRun(), target.run));
  if (!created.ok() || stage_ == Stage::kDispatchReady) return created;
  const absl::Status dispatched = Dispatch(target);
  if (!dispatched.ok() || stage_ == Stage::kRunnerStatus) return dispatched;
  return ToStatus(lifecycle_->CheckRunnerSuccess(lifecycle_->SendRunnerSuccess(target.task_id),
                                                 target.task_id));
}

absl::Status StageBatch::Dispatch(Target& target) {
  return ToStatus(lifecycle_->CheckDispatchReady(lifecycle_->SendDispatchReady(target.run.run_id),
                                                 target.run.run_id, target.task_id));
}

void StageBatch::Send() {
  for (const Target& target : targets_) {
    answers_.push_back(SendOne(target));
    if (!answers_.back().response.ok()) return;
  }
}

TimedResponse StageBatch::SendOne(const Target& target) {
  switch (stage_) {
    case Stage::kCreateRun:
      return lifecycle_->SendCreateRun();
    case Stage::kDispatchReady:
      return lifecycle_->SendDispatchReady(target.run.run_id);
    case Stage::kRunnerStatus:
      return lifecycle_->SendRunnerSuccess(target.task_id);
    case Stage::kReadRun:
      break;
  }
  return lifecycle_->SendReadRun(target.run.run_id);
}

std::optional<Failure> StageBatch::CheckOne(const TimedResponse& answer, Target& target) const {
  switch (stage_) {
    case Stage::kCreateRun:
      return lifecycle_->CheckCreateRun(answer, target.run);
    case Stage::kDispatchReady:
      return lifecycle_->CheckDispatchReady(answer, target.run.run_id, target.task_id);
    case Stage::kRunnerStatus:
      return lifecycle_->CheckRunnerSuccess(answer, target.task_id);
    case Stage::kReadRun:
      break;
  }
  return lifecycle_->CheckReadRun(answer, target.run.run_id, /*ended=*/false);
}

int64_t StageBatch::CheckAndRecord(RunRecorder& recorder) {
  int64_t total_ns = 0;
  for (size_t i = 0; i < answers_.size(); ++i) {
    recorder.CountTrial(answers_[i].end_ns);
    recorder.RecordRequest(stage_, answers_[i].latency_ns, answers_[i].end_ns);
    total_ns += answers_[i].latency_ns;
    if (const auto failure = CheckOne(answers_[i], targets_[i])) {
      recorder.CountFailure(failure->reason, failure->what, answers_[i].end_ns);
    }
  }
  EvictRuns();
  return total_ns;
}

void StageBatch::EvictRuns() {
  for (const Target& target : targets_) api_->EvictRun(target.run.run_id);
  targets_.clear();
}

}  // namespace slo::bench
