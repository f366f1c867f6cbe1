#include "tools/lib/text/name_filter.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

bool Matches(const std::string& expression, const std::string& name) {
  return NameFilter::Create(expression)->Matches(name);
}

TEST(NameFilter, FindsTheExpressionAnywhereInTheName) {
  EXPECT_TRUE(Matches("Path", "BM_RunPath/steps:3"));
  EXPECT_TRUE(Matches("^BM_(RunPath|ReadRun)/", "BM_RunPath/steps:3"));
  EXPECT_FALSE(Matches("^RunPath", "BM_RunPath/steps:3"));
  EXPECT_TRUE(Matches("^BM_A/x:1\\.5$", "BM_A/x:1.5"));
  EXPECT_FALSE(Matches("^BM_A/x:1\\.5$", "BM_A/x:1a5"));
}

TEST(NameFilter, MatchesAllWhenEmpty) {
  EXPECT_TRUE(Matches("", "anything"));
  EXPECT_TRUE(NameFilter().Matches("anything"));
}

TEST(NameFilter, SaysWhatIsWrongWithAnExpression) {
  EXPECT_EQ(NameFilter::Create("BM_(").status().message(),
            "expected a POSIX extended regular expression, found \"BM_(\": Unmatched ( or \\(");
}

}  // namespace
}  // namespace slo::tools
