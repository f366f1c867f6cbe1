// What is stated of a change before anything was measured or read: nothing that decides.

#include "gtest/gtest.h"
#include "tools/lib/changes/paired_change.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/pairs_file.h"

namespace slo::tools {
namespace {

TEST(ChangeDefaults, RejectNothing) {
  const PairedChange change;
  EXPECT_EQ(change.pairs, 0);
  EXPECT_EQ(change.change, 0);
  EXPECT_FALSE(change.interval.has_value());
  EXPECT_EQ(change.pairs_for_interval, 0);
  EXPECT_EQ(change.p_increase, 1);
  EXPECT_EQ(change.p_decrease, 1);
  const ChangeInterval interval;
  EXPECT_EQ(interval.lower, 0);
  EXPECT_EQ(interval.upper, 0);
}

TEST(ChangeDefaults, SpendTheWholeErrorOnOneAnalysis) {
  EXPECT_EQ(ErrorPlan{}.share(), 0.01);
  EXPECT_DOUBLE_EQ((ErrorPlan{.comparisons = 4}.share()), 0.0025);
  EXPECT_DOUBLE_EQ((ErrorPlan{.analyses = 5}.share()), 0.002);
  EXPECT_EQ((ErrorPlan{.error = 0.2}.share()), 0.2);
}

TEST(LimitDefaults, AllowNothingAtNinetyNinePercent) {
  EXPECT_EQ(RegressionLimits{}.confidence, 0.99);
  EXPECT_EQ(Allowance{}.value, 0);
}

TEST(PairsDefaults, AreThoseOfACompleteCollection) {
  const MeasuredPairs measured;
  EXPECT_TRUE(measured.in_base);
  EXPECT_TRUE(measured.in_candidate);
  EXPECT_EQ(measured.pairs(), 0);
  EXPECT_FALSE(PairsFile{}.interrupted);
}

}  // namespace
}  // namespace slo::tools
