#include "bench/system/stage_batch.h"

#include <array>
#include <memory>
#include <ostream>
#include <string>

#include "bench/drive/json_fields.h"
#include "bench/faults/slowed_client.h"
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

TEST_P(StageBatchTest, ReturnsTheSumOfWhatItRecorded) {
  StageBatch batch(*api_, lifecycle_, GetParam(), 4);
  EXPECT_EQ(batch.requests(), 4);
  RunRecorder recorder;
  ASSERT_TRUE(batch.Prepare().ok());
  batch.Send();
  const int64_t total_ns = batch.CheckAndRecord(recorder);
  // A bucket's end is above its values by less than 0.1 %.
  int64_t sum = 0;
  recorder.stage(GetParam())
      .histogram()
      .ForEachBucket([&](size_t, int64_t highest_ns, int64_t count) { sum += highest_ns * count; });
  EXPECT_GE(sum, total_ns);
  EXPECT_LE(static_cast<double>(sum), 1.001 * static_cast<double>(total_ns));
}

// What was sent to the API, by method and target.
class RecordingClient : public client::ApiClient {
 public:
  explicit RecordingClient(client::ApiClient& client) : client_(&client) {}
  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    for (const Stage stage : kStages) {
      if (IsOfStage(request, stage)) ++requests[static_cast<size_t>(stage)];
    }
    if (silent) return absl::UnavailableError("nobody");
    return client_->Send(request);
  }
  std::array<int, 4> requests = {};
  bool silent = false;

 private:
  client::ApiClient* client_;
};

TEST_P(StageBatchTest, BringsEachRunToTheStateThatTheStageNeeds) {
  RecordingClient client(api_->client());
  Lifecycle lifecycle(client, 1, workflow_, "test");
  StageBatch batch(*api_, lifecycle, GetParam(), 3);
  ASSERT_TRUE(batch.Prepare().ok());
  const int stage = static_cast<int>(GetParam());
  EXPECT_EQ(client.requests,
            (std::array<int, 4>{stage >= 1 ? 3 : 0, stage >= 2 ? 3 : 0, stage >= 3 ? 3 : 0, 0}));
  const std::array<int, 4> before = client.requests;
  batch.Send();
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(client.requests[i] - before[i], static_cast<int>(i) == stage ? 3 : 0);
  }
}

TEST_P(StageBatchTest, EndsAtARequestThatIsNotAnswered) {
  RecordingClient client(api_->client());
  Lifecycle lifecycle(client, 1, workflow_, "test");
  StageBatch batch(*api_, lifecycle, GetParam(), 3);
  RunRecorder recorder;
  ASSERT_TRUE(batch.Prepare().ok());
  client.silent = true;
  batch.Send();
  batch.CheckAndRecord(recorder);
  EXPECT_EQ(recorder.trials(), 1);
  EXPECT_EQ(recorder.failures(FailureReason::kConnect), 1);
}

TEST_P(StageBatchTest, SaysThatAPreparationFailed) {
  RecordingClient client(api_->client());
  client.silent = true;
  Lifecycle lifecycle(client, 1, workflow_, "test");
  EXPECT_EQ(StageBatch(*api_, lifecycle, GetParam(), 3).Prepare().ok(),
            GetParam() == Stage::kCreateRun);
}

}  // namespace
}  // namespace slo::bench
