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

TEST(CalibrateSlowdown, IsInProportionToWhatIsAskedFor) {
  const auto operations_of = [](double amount, SlowdownSpec::Unit unit) {
    return static_cast<double>(
        CalibrateSlowdown({.stage = Stage::kReadRun, .amount = amount, .unit = unit})->operations);
  };
  const double by_time = operations_of(500'000, SlowdownSpec::Unit::kNanoseconds) /
                         operations_of(50'000, SlowdownSpec::Unit::kNanoseconds);
  EXPECT_GT(by_time, 10.0 / 3);
  EXPECT_LT(by_time, 10.0 * 3);
  const double by_share = operations_of(10'000, SlowdownSpec::Unit::kPercent) /
                          operations_of(1'000, SlowdownSpec::Unit::kPercent);
  EXPECT_GT(by_share, 10.0 / 3);
  EXPECT_LT(by_share, 10.0 * 3);
}

TEST(CalibrateSlowdown, TakesAPercentageOfARequest) {
  // A request in process takes from some hundred nanoseconds to some hundred microseconds; of a
  // batch of them it would be a hundred times as much.
  const auto whole = CalibrateSlowdown(
      {.stage = Stage::kReadRun, .amount = 100, .unit = SlowdownSpec::Unit::kPercent});
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_GT(whole->nanoseconds, 300);
  EXPECT_LT(whole->nanoseconds, 300'000);
}

TEST(Slowdown, IsOneOperationOfACreationUnlessSaid) {
  EXPECT_EQ(SlowdownSpec().stage, Stage::kCreateRun);
  EXPECT_EQ(SlowdownSpec().amount, 0);
  EXPECT_EQ(SlowdownSpec().unit, SlowdownSpec::Unit::kNanoseconds);
  EXPECT_EQ(Slowdown().stage, Stage::kCreateRun);
  EXPECT_EQ(Slowdown().operations, 1);
  EXPECT_EQ(Slowdown().nanoseconds, 0);
}

}  // namespace
}  // namespace slo::bench
