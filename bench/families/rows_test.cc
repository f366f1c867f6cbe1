#include "bench/families/rows.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(StageRows, HaveEveryStageForEachSetOfArguments) {
  std::set<std::pair<std::string, int>> names;
  for (const StageRow& row : StageRows(BenchOptions())) names.insert({row.name(), row.threads});
  EXPECT_EQ(names.size(), StageRows(BenchOptions()).size())
      << "a name and its threads say which row it is";
  EXPECT_EQ(names.size() % kStages.size(), 0u);
}

TEST(StageRows, NameEveryArgument) {
  EXPECT_EQ((StageRow{.stage = Stage::kReadRun,
                      .workflow = {.shape = Shape::kFanOut, .steps = 10},
                      .stored_runs = 7}
                 .name()),
            "BM_ReadRun/shape:fan_out/steps:10/stored_runs:7");
}

TEST(StageRows, HaveTheLargestStoreLast) {
  EXPECT_EQ(StageRows(BenchOptions()).front().stored_runs, 0);
  EXPECT_EQ(StageRows(BenchOptions()).back().stored_runs, 100'000);
}

TEST(RunPathRows, NameEveryArgument) {
  EXPECT_EQ(RunPathRows(BenchOptions()).front().name(), "BM_RunPath/shape:chain/steps:3");
}

TEST(OpenLoadRows, AreOneForEachArrivalProcess) {
  const BenchOptions options = {
      .steps_per_run = 2, .open_rate = 100, .open_runs = 7, .open_workers = 3, .seed = 5};
  const std::vector<OpenLoadRow> rows = OpenLoadRows(options);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].name, "BM_OpenLoad/rate:100/arrivals:poisson/steps:2");
  EXPECT_EQ(rows[1].name, "BM_OpenLoad/rate:100/arrivals:constant/steps:2");
  EXPECT_EQ(rows[0].plan.rate_per_second, 100);
  EXPECT_EQ(rows[0].plan.arrivals, 7);
  EXPECT_EQ(rows[0].plan.seed, 5u);
  EXPECT_EQ(rows[0].workers, 3);
}

TEST(SustainedSoakRow, IsNamedByItsDurationWhenItHasOne) {
  const BenchOptions options = {.soak_duration = absl::Minutes(10)};
  EXPECT_EQ(SustainedSoakRow(options).name, "BM_SustainedSoak/duration:10m/steps:3/pace_ms:3");
  EXPECT_EQ(SustainedSoakRow(options).duration, absl::Minutes(10));
}

TEST(KeptRunsRows, TakeTheirSizesFromTheOptions) {
  const BenchOptions options = {
      .load_runs = 5, .soak_runs = 6, .steps_per_run = 2, .soak_pace_ms = 1};
  EXPECT_EQ(LoadBurstRow(options).name, "BM_LoadBurst/runs:5/steps:2");
  EXPECT_EQ(LoadBurstRow(options).runs, 5);
  EXPECT_EQ(SustainedSoakRow(options).name, "BM_SustainedSoak/runs:6/steps:2/pace_ms:1");
  EXPECT_EQ(SustainedSoakRow(options).pace_ms, 1);
  EXPECT_EQ(RetainedRunRow().name, "BM_RetainedRun/runs:20000/steps:3");
}

}  // namespace
}  // namespace slo::bench
