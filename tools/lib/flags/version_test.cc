#include "tools/lib/flags/version.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(Version, IsThreeNumbers) {
  EXPECT_THAT(std::string(Version()), ::testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_EQ(VersionLine("slo_gate"), "slo_gate " + std::string(Version()) + "\n");
}

}  // namespace
}  // namespace slo::tools
