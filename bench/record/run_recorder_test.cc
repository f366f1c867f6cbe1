#include "bench/record/run_recorder.h"

#include <time.h>  // NOLINT(modernize-deprecated-headers): clock_gettime is POSIX

#include <optional>

#include "bench/machine/monotonic_clock.h"
#include "bench/system/constant_client.h"
#include "gtest/gtest.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::bench {
namespace {

constexpr int64_t kNowNs = 5'000'000'000;

TEST(RunRecorder, KeepsStagesApartAndPoolsThemOnRequest) {
  RunRecorder recorder;
  recorder.RecordRequest(Stage::kCreateRun, 100, kNowNs);
  recorder.RecordRequest(Stage::kReadRun, 300, kNowNs);
  recorder.RecordRequest(Stage::kCreateRun, 200, kNowNs);
  EXPECT_EQ(recorder.stage(Stage::kCreateRun).count(), 2);
  EXPECT_EQ(recorder.stage(Stage::kDispatchReady).count(), 0);
  EXPECT_EQ(recorder.requests(), 3);
  EXPECT_EQ(recorder.AllRequests().count(), 3);
  EXPECT_EQ(recorder.AllRequests().histogram().max(), absl::Nanoseconds(300));
  const LatencyRecorder all = recorder.AllRequests();
  EXPECT_EQ(all.slots().slots().counts(0)[stats::LatencySlots::ColumnOf(300)], 1U)
      << "with their times";
}

TEST(RunRecorder, CountsFailuresByReasonAndKeepsTheFirstText) {
  RunRecorder recorder;
  recorder.CountFailure(FailureReason::kStatus, "create_run: expected 200, found 500", kNowNs);
  recorder.CountFailure(FailureReason::kStatus, "later", kNowNs);
  recorder.CountFailure(FailureReason::kOutcome, "later", kNowNs);
  EXPECT_EQ(recorder.failures(), 3);
  EXPECT_EQ(recorder.failures(FailureReason::kStatus), 2);
  EXPECT_EQ(recorder.unanswered(), 0);
  EXPECT_EQ(recorder.first_failure(), "create_run: expected 200, found 500");
}

TEST(RunRecorder, MergeAddsEverythingUp) {
  RunRecorder first;
  first.CountTrial(kNowNs);
  first.RecordRun(10, kNowNs);
  RunRecorder second;
  second.CountTrial(kNowNs);
  second.RecordRun(20, kNowNs);
  second.RecordRequest(Stage::kReadRun, 5, kNowNs);
  second.CountFailure(FailureReason::kBody, "read_run: no id", kNowNs);
  first.Merge(second);
  EXPECT_EQ(first.trials(), 2);
  EXPECT_EQ(first.runs().count(), 2);
  EXPECT_EQ(first.stage(Stage::kReadRun).count(), 1);
  EXPECT_EQ(first.AllRequests().count(), 1);
  EXPECT_EQ(first.trial_slots().slots().counts(0)[stats::TrialSlots::kTrials], 2U);
  EXPECT_EQ(first.trial_slots().slots().counts(0)[stats::TrialSlots::kFailures], 1U);
  EXPECT_EQ(first.failures(FailureReason::kBody), 1);
  EXPECT_EQ(first.first_failure(), "read_run: no id");
}

TEST(FailureReasonName, NamesEveryReason) {
  EXPECT_EQ(FailureReasonName(FailureReason::kConnect), "connect");
  EXPECT_EQ(FailureReasonName(FailureReason::kBroken), "broken");
  EXPECT_EQ(FailureReasonName(FailureReason::kTimeout), "timeout");
  EXPECT_EQ(FailureReasonName(FailureReason::kMalformed), "malformed");
  EXPECT_EQ(FailureReasonName(FailureReason::kGone), "gone");
  EXPECT_EQ(FailureReasonName(FailureReason::kStatus), "status");
  EXPECT_EQ(FailureReasonName(FailureReason::kBody), "body");
  EXPECT_EQ(FailureReasonName(FailureReason::kOutcome), "outcome");
}

TEST(RunRecorder, CountsTrialsThatWereNeverSentAsGone) {
  RunRecorder recorder;
  recorder.CountGone(0, "x", kNowNs);
  recorder.CountGone(-3, "x", kNowNs);
  EXPECT_EQ(recorder.trials(), 0);
  EXPECT_EQ(recorder.failures(), 0);
  EXPECT_EQ(recorder.first_failure(), "");
  recorder.CountGone(1, "first", kNowNs);
  EXPECT_EQ(recorder.trials(), 1);
  EXPECT_EQ(recorder.failures(FailureReason::kGone), 1);
  recorder.CountGone(4, "second", kNowNs);
  EXPECT_EQ(recorder.trials(), 5);
  EXPECT_EQ(recorder.failures(FailureReason::kGone), 5);
  EXPECT_EQ(recorder.failures(), 5);
  EXPECT_EQ(recorder.first_failure(), "first");
  const stats::TimeSlots& slots = recorder.trial_slots().slots();
  EXPECT_EQ(slots.counts(0)[stats::TrialSlots::kTrials], 5U);
  EXPECT_EQ(slots.counts(0)[stats::TrialSlots::kFailures], 5U);
}

TEST(RunRecorder, KnowsWhatWasNotAnswered) {
  RunRecorder recorder;
  for (const FailureReason reason :
       {FailureReason::kConnect, FailureReason::kBroken, FailureReason::kTimeout,
        FailureReason::kMalformed, FailureReason::kStatus, FailureReason::kBody,
        FailureReason::kOutcome, FailureReason::kGone}) {
    recorder.CountFailure(reason, "x", kNowNs);
    EXPECT_EQ(recorder.failures(reason), 1);
  }
  EXPECT_EQ(recorder.failures(), 8);
  EXPECT_EQ(recorder.unanswered(), 4);
}

TEST(RunRecorder, CountsTheRequestsOfEachStage) {
  RunRecorder recorder;
  int64_t latency_ns = 0;
  for (const Stage stage : kStages) {
    for (int i = 0; i <= static_cast<int>(stage); ++i)
      recorder.RecordRequest(stage, ++latency_ns, kNowNs);
  }
  for (const Stage stage : kStages) {
    EXPECT_EQ(recorder.stage(stage).count(), static_cast<int64_t>(stage) + 1);
  }
  EXPECT_EQ(recorder.requests(), 10);
  EXPECT_EQ(recorder.AllRequests().count(), 10);
  EXPECT_EQ(recorder.runs().count(), 0);
}

TEST(RunRecorder, MergesEveryStageAndEveryReason) {
  RunRecorder first;
  RunRecorder second;
  for (RunRecorder* one : {&first, &second}) {
    for (const Stage stage : kStages) one->RecordRequest(stage, 7, kNowNs);
    for (size_t i = 0; i < kFailureReasons; ++i) {
      one->CountFailure(static_cast<FailureReason>(i), one == &first ? "first" : "second", kNowNs);
    }
    one->CountTrial(kNowNs);
    one->RecordRun(9, kNowNs);
  }
  first.Merge(second);
  for (const Stage stage : kStages) EXPECT_EQ(first.stage(stage).count(), 2);
  for (size_t i = 0; i < kFailureReasons; ++i) {
    EXPECT_EQ(first.failures(static_cast<FailureReason>(i)), 2);
  }
  EXPECT_EQ(first.trials(), 2);
  EXPECT_EQ(first.runs().count(), 2);
  EXPECT_EQ(first.first_failure(), "first");
  EXPECT_EQ(first.AllRequests().count(), 8);
}

TEST(RunRecorder, HasCountedNothingYet) {
  const RunRecorder recorder;
  EXPECT_EQ(recorder.trials(), 0);
  EXPECT_EQ(recorder.failures(), 0);
  for (size_t i = 0; i < kFailureReasons; ++i) {
    EXPECT_EQ(recorder.failures(static_cast<FailureReason>(i)), 0);
  }
  EXPECT_EQ(kFailureReasons, 8U);
}

TEST(Stage, IsFoundByItsName) {
  for (const Stage stage : kStages) EXPECT_EQ(StageNamed(StageName(stage)), stage);
  EXPECT_EQ(StageNamed("read"), std::nullopt);
  EXPECT_EQ(StageNamed(""), std::nullopt);
  for (size_t i = 0; i < kStages.size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(kStages[i]), i);
    EXPECT_EQ(StageNames()[i], StageName(kStages[i]));
  }
  EXPECT_EQ(StageName(Stage::kCreateRun), "create_run");
  EXPECT_EQ(StageName(Stage::kDispatchReady), "dispatch_ready");
  EXPECT_EQ(StageName(Stage::kRunnerStatus), "runner_status");
  EXPECT_EQ(StageName(Stage::kReadRun), "read_run");
}

TEST(ClockNs, CountsNanosecondsOfItsClock) {
  timespec before = {};
  timespec after = {};
  clock_gettime(CLOCK_MONOTONIC, &before);
  const int64_t now = MonotonicNs();
  clock_gettime(CLOCK_MONOTONIC, &after);
  EXPECT_GE(now, before.tv_sec * 1'000'000'000 + before.tv_nsec);
  EXPECT_LE(now, after.tv_sec * 1'000'000'000 + after.tv_nsec);
  const int64_t cpu = ThreadCpuNs();
  uint64_t state = 1;
  while (ThreadCpuNs() - cpu < 1'000'000) state = stats::MixBits(state);
  EXPECT_NE(state, 0U);
  EXPECT_GE(ThreadCpuNs() - cpu, 1'000'000);
}

TEST(ConstantClient, AnswersAlwaysTheSame) {
  ConstantClient client;
  const auto answer = client.Send({.method = "GET", .target = "/x"});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, R"({"id":1})");
}

}  // namespace
}  // namespace slo::bench
