#include "bench/system/run_path_workers.h"

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::bench {
namespace {

constexpr Workflow kTwoSteps = {.shape = Shape::kChain, .steps = 2};

size_t StoredRuns(const PreparedStack& prepared) {
  const auto answer = prepared.api->client().Send({.method = "GET", .target = "/workflow-runs"});
  return nlohmann::json::parse(answer.value().body).size();
}

TEST(RunPathWorkers, HaveAPathEach) {
  const auto prepared = PrepareStack(kTwoSteps, 0).value();
  for (const int64_t workers : {0, 1, 3}) {
    const RunPathWorkers all(prepared, kTwoSteps, workers, 1);
    ASSERT_EQ(all.run_paths().size(), static_cast<size_t>(workers));
    for (RunPath* run_path : all.run_paths()) {
      RunRecorder recorder;
      run_path->Drive(recorder);
      EXPECT_EQ(recorder.failures(), 0) << recorder.first_failure();
    }
  }
}

TEST(RunPathWorkers, WarmUpByEachWorker) {
  const auto prepared = PrepareStack(kTwoSteps, 0).value();
  RunPathWorkers workers(prepared, kTwoSteps, 3, 1);
  workers.WarmUp(0);
  EXPECT_EQ(StoredRuns(prepared), 0U);
  workers.WarmUp(4);
  EXPECT_EQ(StoredRuns(prepared), 12U);
}

TEST(RunPathWorkers, EndTheWarmUpOfAnApiThatDoesNotAnswer) {
  class SilentClient : public client::ApiClient {
   public:
    absl::StatusOr<api::Response> Send(const api::Request& /*request*/) override {
      ++requests;
      return absl::UnavailableError("nobody");
    }
    int requests = 0;
  };
  SilentClient silent;
  PreparedStack prepared = PrepareStack(kTwoSteps, 0).value();
  prepared.faulty = std::make_unique<FaultyClient>(silent, std::vector<Fault>(), 1);
  RunPathWorkers workers(prepared, kTwoSteps, 3, 1);
  workers.WarmUp(1'000);
  EXPECT_EQ(silent.requests, 3) << "each tried once";
}

}  // namespace
}  // namespace slo::bench
