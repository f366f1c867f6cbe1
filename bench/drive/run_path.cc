#include "bench/drive/run_path.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "bench/drive/anonymous_body.h"

namespace slo::bench {
namespace {

constexpr int kDispatched = -1;

}  // namespace

RunPath::RunPath(Lifecycle& lifecycle, uint64_t seed)
    : lifecycle_(&lifecycle), seed_(seed), random_(seed) {
  const std::vector<std::vector<int>> dependencies = Dependencies(lifecycle.workflow());
  dependents_.resize(dependencies.size());
  for (size_t step = 0; step < dependencies.size(); ++step) {
    dependency_counts_.push_back(static_cast<int>(dependencies[step].size()));
    for (const int dependency : dependencies[step]) {
      dependents_[static_cast<size_t>(dependency)].push_back(static_cast<int>(step));
    }
  }
}

std::optional<int64_t> RunPath::Drive(RunRecorder& recorder) {
  run_latency_ns_ = 0;
  answer_count_ = 0;
  const TimedResponse created = lifecycle_->SendCreateRun();
  Record(Stage::kCreateRun, created, recorder);
  std::optional<Failure> failure = lifecycle_->CheckCreateRun(created, run_);
  if (failure.has_value()) {
    RecordRun(failure, recorder);
    return std::nullopt;
  }
  failure = DriveTasks(recorder);
  if (!failure.has_value()) {
    const TimedResponse read = lifecycle_->SendReadRun(run_.run_id);
    Record(Stage::kReadRun, read, recorder);
    failure = lifecycle_->CheckReadRun(read, run_.run_id, /*ended=*/true);
  }
  RecordRun(failure, recorder);
  return run_.run_id;
}

void RunPath::RecordRun(const std::optional<Failure>& failure, RunRecorder& recorder) const {
  recorder.CountTrial(run_end_ns_);
  recorder.RecordRun(run_latency_ns_, run_end_ns_);
  if (failure.has_value()) recorder.CountFailure(failure->reason, failure->what, run_end_ns_);
}

std::optional<Failure> RunPath::DriveTasks(RunRecorder& recorder) {
  waiting_for_ = dependency_counts_;
  in_flight_.clear();
  ready_ = static_cast<int>(std::count(waiting_for_.begin(), waiting_for_.end(), 0));
  while (ready_ > 0 || !in_flight_.empty()) {
    if (auto failure = ready_ > 0 ? DispatchOne(recorder) : FinishOne(recorder)) return failure;
  }
  return std::nullopt;
}

std::optional<Failure> RunPath::DispatchOne(RunRecorder& recorder) {
  const TimedResponse dispatched = lifecycle_->SendDispatchReady(run_.run_id);
  Record(Stage::kDispatchReady, dispatched, recorder);
  int64_t task_id = 0;
  if (auto failure = lifecycle_->CheckDispatchReady(dispatched, run_.run_id, task_id)) {
    return failure;
  }
  const auto found = std::find(run_.task_ids.begin(), run_.task_ids.end(), task_id);
  const auto step = static_cast<size_t>(found - run_.task_ids.begin());
  if (found == run_.task_ids.end() || waiting_for_[step] != 0) {
    return Failure{FailureReason::kBody,
                   absl::StrCat("dispatch_ready: expected a ready task of run ", run_.run_id,
                                ", found task ", task_id)};
  }
  waiting_for_[step] = kDispatched;
  in_flight_.push_back(static_cast<int>(step));
  --ready_;
  return std::nullopt;
}

std::optional<Failure> RunPath::FinishOne(RunRecorder& recorder) {
  const size_t choice = in_flight_.size() == 1 ? 0 : random_.Next() % in_flight_.size();
  const auto step = static_cast<size_t>(in_flight_[choice]);
  in_flight_.erase(in_flight_.begin() + static_cast<std::ptrdiff_t>(choice));
  const int64_t task_id = run_.task_ids[step];
  const TimedResponse reported = lifecycle_->SendRunnerSuccess(task_id);
  Record(Stage::kRunnerStatus, reported, recorder);
  if (auto failure = lifecycle_->CheckRunnerSuccess(reported, task_id)) return failure;
  for (const int dependent : dependents_[step]) {
    if (--waiting_for_[static_cast<size_t>(dependent)] == 0) ++ready_;
  }
  return std::nullopt;
}

void RunPath::Record(Stage stage, const TimedResponse& answer, RunRecorder& recorder) {
  recorder.RecordRequest(stage, answer.latency_ns, answer.end_ns);
  run_latency_ns_ += answer.latency_ns;
  run_end_ns_ = answer.end_ns;
  if (keeps_answers_) Keep(answer.response);
}

void RunPath::Seed(int64_t run) {
  random_ = stats::SplitMix64(stats::MixBits(seed_) + static_cast<uint64_t>(run));
}

void RunPath::Keep(const absl::StatusOr<api::Response>& answer) {
  if (answer_count_ == answers_.size()) answers_.emplace_back();
  KeptAnswer& kept = answers_[answer_count_++];
  kept.status = answer.ok() ? answer->status : 0;
  kept.body.clear();
  if (answer.ok()) kept.body.append(answer->body);
}

void RunPath::AddAnswersTo(ResponseDigest& digest) const {
  for (size_t i = 0; i < answer_count_; ++i) {
    // With its place in the run: the order in which steps end is part of what happened.
    digest.Add(answers_[i].status, absl::StrCat(i, AnonymousBody(answers_[i].body)));
  }
}

}  // namespace slo::bench
