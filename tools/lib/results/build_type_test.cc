#include "tools/lib/results/build_type.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(IsDebugBuild, TakesOnlyOptimisedBuildsAndTheUnknownForNone) {
  EXPECT_TRUE(IsDebugBuild("debug"));
  EXPECT_TRUE(IsDebugBuild("asan"));
  EXPECT_FALSE(IsDebugBuild("Release"));
  EXPECT_FALSE(IsDebugBuild("RelWithDebInfo"));
  EXPECT_FALSE(IsDebugBuild(""));
}

}  // namespace
}  // namespace slo::tools
