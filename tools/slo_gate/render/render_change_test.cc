#include "tools/slo_gate/render/render_change.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Check MakeCheck(double lower, double change, double upper) {
  return {.actual = change,
          .change = ChangeDetail{.tolerance = 0.03, .lower = lower, .upper = upper}};
}

TEST(ChangeBar, PlacesTheIntervalBetweenNoChangeAndTheTolerance) {
  EXPECT_EQ(ChangeBar(MakeCheck(-0.018, 0.006, 0.024)), "            [--:o--]!          ");
  //                                                     -9 %           0    +3 %       +9 %
}

TEST(ChangeBar, ShowsWhatLiesBeyondTheScale) {
  EXPECT_EQ(ChangeBar(MakeCheck(0.06, 0.12, 0.5)), "               :    !    [----o");
  EXPECT_EQ(ChangeBar(MakeCheck(-0.5, -0.03, 0.2)), "<---------o----:----!--------->");
}

TEST(ChangeBar, IsBlankWithoutAnInterval) { EXPECT_EQ(ChangeBar(Check{}), std::string(31, ' ')); }

TEST(RegressionLines, AccountForEveryBenchmarkAndForTheGateItself) {
  const auto lines = RegressionLines(
      VerdictOn({MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B", .change = 0.1}})}));
  EXPECT_THAT(lines, Contains("benchmarks: 2 expected = 2 judged + 0 waived + 0 missing"));
  EXPECT_THAT(lines, Contains("outcomes: 1 caught, 1 ok, 1 quiet, 1 regressed"));
  EXPECT_THAT(lines, Contains("planted faults in BM_A: 8 of 8 caught"));
  EXPECT_THAT(lines, Contains(StartsWith("smallest increase that could have been seen")));
  EXPECT_THAT(lines, Contains(HasSubstr(" of 1000 gates")));
}

TEST(RegressionLines, SayThatAGateIsDefective) {
  Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A"}})});
  verdict.regression->proof.faults[1].found = "ok";
  EXPECT_THAT(RegressionLines(verdict),
              Contains(HasSubstr("gate defective: planted faults in BM_A: 7 of 8 caught; missed: "
                                 "scaled so, and the two sides swapped (expected improved, found "
                                 "ok)")));
}

TEST(RegressionLines, AreNoneForObjectives) { EXPECT_THAT(RegressionLines(Verdict{}), IsEmpty()); }

TEST(RenderMarkdown, ShowsATableOfChangesWithTheWorstFirst) {
  const std::string page = RenderMarkdown(
      VerdictOn({MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B", .change = 0.1}})}));
  EXPECT_THAT(page, StartsWith("# Regression verdict: fail\n"));
  EXPECT_LT(page.find("| regressed | BM\\_B"), page.find("| ok | BM\\_A"));
  EXPECT_LT(page.find("## BM\\_B: fail"), page.find("## controls: pass"));
  EXPECT_LT(page.find("## controls: pass"), page.find("## BM\\_A: pass"));
  EXPECT_THAT(page, HasSubstr("| &lt;= 3% | 64 | `"));
}

}  // namespace
}  // namespace slo::tools
