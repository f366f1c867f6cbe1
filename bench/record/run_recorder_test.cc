#include "bench/record/run_recorder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
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

}  // namespace
}  // namespace slo::bench
