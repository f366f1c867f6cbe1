#include "bench/system/stage_batch.h"

#include <memory>
#include <ostream>
#include <string>

#include "bench/drive/json_fields.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {

// Read by GoogleTest, for the names of the tests.
void PrintTo(Stage stage, std::ostream* out) { *out << StageName(stage); }

namespace {

using ::testing::HasSubstr;

class StageBatchTest : public ::testing::TestWithParam<Stage> {
 protected:
  std::string Get(absl::string_view target) {
    return api_->client().Send({.method = "GET", .target = target}).value().body;
  }

  std::unique_ptr<ApiUnderTest> api_ = ApiUnderTest::Make({}).value();
  Workflow workflow_ = {.shape = Shape::kChain, .steps = 3};
  Lifecycle lifecycle_{api_->client(), CreateTemplate(api_->client(), workflow_, "test").value(),
                       workflow_, "test"};
};

TEST_P(StageBatchTest, RecordsOneCheckedRequestOfTheStageForEachRun) {
  StageBatch batch(*api_, lifecycle_, GetParam(), 5);
  RunRecorder recorder;
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(batch.Prepare().ok());
    batch.Send();
    EXPECT_GT(batch.CheckAndRecord(recorder), 0);
  }
  EXPECT_EQ(recorder.trials(), 10);
  EXPECT_EQ(recorder.failures(), 0) << recorder.first_failure();
  EXPECT_EQ(recorder.stage(GetParam()).count(), 10);
  EXPECT_EQ(recorder.requests(), 10) << "preparation is not recorded";
}

TEST_P(StageBatchTest, LeavesTheStoreAsItWas) {
  StageBatch batch(*api_, lifecycle_, GetParam(), 3);
  RunRecorder recorder;
  ASSERT_TRUE(batch.Prepare().ok());
  batch.Send();
  batch.CheckAndRecord(recorder);
  EXPECT_EQ(Get("/workflow-runs"), "[]");
  EXPECT_EQ(Get("/tasks"), "[]");
  EXPECT_EQ(Get("/events"), "[]");
}

INSTANTIATE_TEST_SUITE_P(EveryStage, StageBatchTest, ::testing::ValuesIn(kStages),
                         [](const auto& stage) { return std::string(StageName(stage.param)); });

TEST(StageBatch, SaysWhichRequestOfThePreparationFailed) {
  const auto api = ApiUnderTest::Make({}).value();
  Lifecycle lifecycle(api->client(), /*template_id=*/99, {}, "test");
  StageBatch batch(*api, lifecycle, Stage::kReadRun, 1);
  const absl::Status status = batch.Prepare();
  EXPECT_THAT(status.message(),
              HasSubstr("preparation: create_run: expected status 200, found 404"));
}

TEST(StageBatch, CountsAFailingRequestOfTheStage) {
  const auto api = ApiUnderTest::Make({}).value();
  Lifecycle lifecycle(api->client(), /*template_id=*/99, {}, "test");
  StageBatch batch(*api, lifecycle, Stage::kCreateRun, 4);
  RunRecorder recorder;
  ASSERT_TRUE(batch.Prepare().ok());
  batch.Send();
  batch.CheckAndRecord(recorder);
  EXPECT_EQ(recorder.trials(), 4);
  EXPECT_EQ(recorder.failures(FailureReason::kStatus), 4);
}

}  // namespace
}  // namespace slo::bench
