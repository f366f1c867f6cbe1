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

}  // namespace
}  // namespace slo::bench
