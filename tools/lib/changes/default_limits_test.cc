#include "tools/lib/changes/default_limits.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(DefaultLimits, LetEveryBenchmarkCostThreePercentMoreCpuTime) {
  const RegressionLimits limits = DefaultLimits();
  EXPECT_EQ(limits.file, "default limits");
  EXPECT_EQ(limits.confidence, 0.99);
  ASSERT_EQ(limits.tolerances.size(), 1U);
  EXPECT_EQ(limits.tolerances[0].id, "default");
  EXPECT_EQ(limits.tolerances[0].metric, "cpu_time");
  EXPECT_EQ(limits.tolerances[0].max_increase.value, 0.03);
  EXPECT_EQ(limits.tolerances[0].max_increase.text, "3%");
  EXPECT_THAT(TolerancesOf(limits, "BM_Any/thing:1"),
              ::testing::ElementsAre(&limits.tolerances[0]));
  EXPECT_TRUE(limits.exact.empty() && limits.waivers.empty());
  EXPECT_TRUE(IsRegressionLimits(DefaultLimitsText()));
}

}  // namespace
}  // namespace slo::tools
