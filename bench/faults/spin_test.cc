#include "bench/faults/spin.h"

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(Spin, DependsOnEveryOperationAndOnItsStart) {
  EXPECT_EQ(Spin(0, 7), 7u);
  EXPECT_EQ(Spin(3, 7), Spin(1, Spin(2, 7)));
  EXPECT_NE(Spin(3, 7), Spin(2, 7));
  EXPECT_NE(Spin(3, 7), Spin(3, 8));
}

TEST(CalibrateSpin, NeedsMoreOperationsForMoreTime) {
  const SpinCalibration brief = CalibrateSpin(100);
  const SpinCalibration long_one = CalibrateSpin(100'000);
  EXPECT_GT(brief.operations, 0);
  EXPECT_GT(brief.nanoseconds, 0);
  EXPECT_GT(long_one.operations, brief.operations);
}

TEST(CalibrateSpin, DoesAtLeastOneOperation) { EXPECT_EQ(CalibrateSpin(1e-3).operations, 1); }

TEST(Spin, IsKnuthsCongruentialStep) {
  EXPECT_EQ(Spin(1, 0), 1'442'695'040'888'963'407U);
  EXPECT_EQ(Spin(1, 1), 7'806'831'264'735'756'412U);
  EXPECT_EQ(Spin(2, 1), 9'396'908'728'118'811'419U);
  EXPECT_EQ(Spin(-1, 5), 5U);
}

TEST(CalibrateSpin, TakesAboutTheTimeItSays) {
  // The minimum over many blocks: a factor of three is far from what a busy machine does to it.
  for (const double nanoseconds : {300.0, 5'000.0, 100'000.0}) {
    const SpinCalibration spin = CalibrateSpin(nanoseconds);
    EXPECT_GT(spin.nanoseconds, nanoseconds / 3);
    EXPECT_LT(spin.nanoseconds, nanoseconds * 3);
  }
}

TEST(CalibrateSpin, TakesInProportionMoreOperations) {
  const SpinCalibration one = CalibrateSpin(2'000);
  const SpinCalibration ten = CalibrateSpin(200'000);
  const double ratio = static_cast<double>(ten.operations) / static_cast<double>(one.operations);
  EXPECT_GT(ratio, 30);
  EXPECT_LT(ratio, 300);
}

TEST(SpinCalibration, IsOneOperationOfNoTimeUnlessMeasured) {
  EXPECT_EQ(SpinCalibration().operations, 1);
  EXPECT_EQ(SpinCalibration().nanoseconds, 0);
}

}  // namespace
}  // namespace slo::bench
