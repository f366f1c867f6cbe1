#include "bench/workload/run_recorder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::workload {
namespace {

using ::testing::ElementsAre;

TEST(RunRecorder, KeepsStagesApartAndPoolsThemOnRequest) {
  RunRecorder recorder;
  recorder.RecordRequest(Stage::kCreateRun, 100);
  recorder.RecordRequest(Stage::kReadRun, 300);
  recorder.RecordRequest(Stage::kCreateRun, 200);
  EXPECT_THAT(recorder.stage(Stage::kCreateRun).series().values(), ElementsAre(100, 200));
  EXPECT_EQ(recorder.stage(Stage::kDispatchReady).count(), 0);
  EXPECT_EQ(recorder.requests(), 3);
  EXPECT_EQ(recorder.AllRequests().count(), 3);
  EXPECT_EQ(recorder.AllRequests().histogram().max(), absl::Nanoseconds(300));
  EXPECT_THAT(recorder.AllRequests().series().values(), ElementsAre(100, 300, 200));
}

TEST(RunRecorder, CountsFailuresByReasonAndKeepsTheFirstText) {
  RunRecorder recorder;
  recorder.CountFailure(FailureReason::kStatus, "create_run: expected 200, found 500");
  recorder.CountFailure(FailureReason::kStatus, "later");
  recorder.CountFailure(FailureReason::kOutcome, "later");
  EXPECT_EQ(recorder.failures(), 3);
  EXPECT_EQ(recorder.failures(FailureReason::kStatus), 2);
  EXPECT_EQ(recorder.unanswered(), 0);
  EXPECT_EQ(recorder.first_failure(), "create_run: expected 200, found 500");
}

TEST(RunRecorder, MergeAddsEverythingUp) {
  RunRecorder first;
  first.CountTrial();
  first.RecordRun(10);
  RunRecorder second;
  second.CountTrial();
  second.RecordRun(20);
  second.RecordRequest(Stage::kReadRun, 5);
  second.CountFailure(FailureReason::kBody, "read_run: no id");
  first.Merge(second);
  EXPECT_EQ(first.trials(), 2);
  EXPECT_EQ(first.runs().count(), 2);
  EXPECT_EQ(first.stage(Stage::kReadRun).count(), 1);
  EXPECT_THAT(first.AllRequests().series().values(), ElementsAre(5));
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
  recorder.CountGone(0, "x");
  recorder.CountGone(-3, "x");
  EXPECT_EQ(recorder.trials(), 0);
  EXPECT_EQ(recorder.failures(), 0);
  EXPECT_EQ(recorder.first_failure(), "");
  recorder.CountGone(1, "first");
  EXPECT_EQ(recorder.trials(), 1);
  EXPECT_EQ(recorder.failures(FailureReason::kGone), 1);
  recorder.CountGone(4, "second");
  EXPECT_EQ(recorder.trials(), 5);
  EXPECT_EQ(recorder.failures(FailureReason::kGone), 5);
  EXPECT_EQ(recorder.failures(), 5);
  EXPECT_EQ(recorder.first_failure(), "first");
}

TEST(RunRecorder, KnowsWhatWasNotAnswered) {
  RunRecorder recorder;
  for (const FailureReason reason :
       {FailureReason::kConnect, FailureReason::kBroken, FailureReason::kTimeout,
        FailureReason::kMalformed, FailureReason::kStatus, FailureReason::kBody,
        FailureReason::kOutcome, FailureReason::kGone}) {
    recorder.CountFailure(reason, "x");
    EXPECT_EQ(recorder.failures(reason), 1);
  }
  EXPECT_EQ(recorder.failures(), 8);
  EXPECT_EQ(recorder.unanswered(), 4);
}

TEST(RunRecorder, CountsTheRequestsOfEachStage) {
  RunRecorder recorder;
  int64_t latency_ns = 0;
  for (const Stage stage : kStages) {
    for (int i = 0; i <= static_cast<int>(stage); ++i) recorder.RecordRequest(stage, ++latency_ns);
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
    for (const Stage stage : kStages) one->RecordRequest(stage, 7);
    for (size_t i = 0; i < kFailureReasons; ++i) {
      one->CountFailure(static_cast<FailureReason>(i), one == &first ? "first" : "second");
    }
    one->CountTrial();
    one->RecordRun(9);
  }
  first.Merge(second);
  for (const Stage stage : kStages) EXPECT_EQ(first.stage(stage).count(), 2);
  for (size_t i = 0; i < kFailureReasons; ++i) {
    EXPECT_EQ(first.failures(static_cast<FailureReason>(i)), 2);
  }
  EXPECT_EQ(first.trials(), 2);
  EXPECT_EQ(first.runs().count(), 2);
  EXPECT_EQ(first.first_failure(), "first");
  EXPECT_EQ(first.AllRequests().series().values().size(), 8U);
}

}  // namespace
}  // namespace slo::workload
