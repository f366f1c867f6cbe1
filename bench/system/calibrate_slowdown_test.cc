#include "bench/system/calibrate_slowdown.h"

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(CalibrateSlowdown, KeepsTheStageAndTheText) {
  const auto slowdown = CalibrateSlowdown({.stage = Stage::kRunnerStatus,
                                           .amount = 120,
                                           .unit = SlowdownSpec::Unit::kNanoseconds,
                                           .text = "runner_status:120ns"});
  ASSERT_TRUE(slowdown.ok()) << slowdown.status();
  EXPECT_EQ(slowdown->stage, Stage::kRunnerStatus);
  EXPECT_EQ(slowdown->text, "runner_status:120ns");
  EXPECT_GE(slowdown->operations, 1);
  EXPECT_GT(slowdown->nanoseconds, 0);
}

TEST(CalibrateSlowdown, MeasuresWhatAPercentageIsOfForEveryStage) {
  for (const Stage stage : kStages) {
    const auto slowdown = CalibrateSlowdown(
        {.stage = stage, .amount = 1000, .unit = SlowdownSpec::Unit::kPercent, .text = "x"});
    ASSERT_TRUE(slowdown.ok()) << slowdown.status();
    EXPECT_GT(slowdown->operations, 1) << StageName(stage);
  }
}

}  // namespace
}  // namespace slo::bench
