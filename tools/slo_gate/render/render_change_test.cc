#include "tools/slo_gate/render/render_change.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

Check MakeCheck(double lower, double change, double upper) {
  return {.actual = change,
          .detail = ComparisonDetail{.tolerance = 0.03, .lower = lower, .upper = upper}};
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
  const Verdict verdict =
      VerdictOn({MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B", .change = 0.1}})});
  const auto lines = RegressionLines(verdict);
  EXPECT_EQ(CoverageLine(verdict.coverage),
            "benchmarks: 2 expected = 2 judged + 0 waived + 0 missing");
  EXPECT_THAT(lines, Contains("outcomes: 1 caught, 1 ok, 1 quiet, 1 regressed"));
  EXPECT_THAT(lines, Contains("planted faults in BM_A: 8 of 8 caught"));
  EXPECT_THAT(lines, Contains(StartsWith("smallest increase that could have been seen")));
  EXPECT_THAT(lines, Contains(HasSubstr(" of 1000 gates")));
}

TEST(RegressionLines, SayThatAGateIsDefective) {
  Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A"}})});
  std::get<ComparisonFindings>(verdict.findings).self_test.faults[1].found = Reason::kOk;
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

Check BarCheck(double lower, double change, double upper, double tolerance) {
  return {.actual = change,
          .detail = ComparisonDetail{.tolerance = tolerance, .lower = lower, .upper = upper}};
}

TEST(ChangeBar, EndsAtThreeTimesWhatIsTolerated) {
  //                                                     -75 %        0    +25 %     +75 %
  EXPECT_EQ(ChangeBar(BarCheck(-0.75, -0.5, 0.75, 0.25)), "[----o---------:----!---------]");
  EXPECT_EQ(ChangeBar(BarCheck(-0.76, -0.5, 0.76, 0.25)), "<----o---------:----!--------->");
  EXPECT_EQ(ChangeBar(BarCheck(-0.05, 0.05, 0.15, 0.25)), "              [:o-] !          ");
}

TEST(ChangeBar, EndsAtOnePercentWhereNothingIsTolerated) {
  EXPECT_EQ(ChangeBar(BarCheck(-0.004, 0.002, 0.01, 0)), "         [-----!--o-----------]");
  EXPECT_EQ(ChangeBar(BarCheck(-0.004, 0.002, 0.0101, 0)), "         [-----!--o----------->");
}

TEST(ChangeBar, IsBlankWithoutAValue) {
  Check check = BarCheck(-0.1, 0, 0.1, 0.25);
  check.actual.reset();
  EXPECT_EQ(ChangeBar(check), std::string(31, ' '));
}

// A comparison with changes that would have been seen, by benchmark.
Verdict WithVisible(const std::vector<std::pair<std::string, double>>& visible) {
  Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A"}})});
  verdict.scenarios.clear();
  for (const auto& [name, change] : visible) {
    const Control control = name == "control" ? Control::kQuiet : Control::kNone;
    Check check = {.id = name};
    check.detail =
        ComparisonDetail{.control = control, .outcome = Reason::kOk, .smallest_visible = change};
    verdict.scenarios.push_back({.name = name, .checks = {check}});
  }
  return verdict;
}

TEST(RegressionLines, NameTheSmallestMedianAndLargestIncreaseThatWouldHaveBeenSeen) {
  const auto lines = [](const std::vector<std::pair<std::string, double>>& visible) {
    return RegressionLines(WithVisible(visible));
  };
  const std::string head = "smallest increase that could have been seen (with 90 % probability): ";
  EXPECT_THAT(lines({{"BM_A", 0.05}, {"BM_B", 0.01}, {"BM_C", 0.03}}),
              Contains(head + "+1.00 % at best, +3.00 % in the median, +5.00 % in BM_A"));
  EXPECT_THAT(lines({{"BM_A", 0.02}, {"BM_B", 0.04}}),
              Contains(head + "+2.00 % at best, +3.00 % in the median, +4.00 % in BM_B"));
  EXPECT_THAT(lines({{"BM_A", 0.02}, {"control", 0.9}}),
              Contains(head + "+2.00 % at best, +2.00 % in the median, +2.00 % in BM_A"));
  EXPECT_THAT(lines({}), Contains(HasSubstr("no increase, however large, could have been seen")));
}

TEST(RegressionLines, CountWhatWasProved) {
  Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A"}})});
  auto& findings = std::get<ComparisonFindings>(verdict.findings);
  SelfTest& self_test = findings.self_test;
  self_test.flipped_gates = 1;
  self_test.false_alarms = 1;
  EXPECT_THAT(
      RegressionLines(verdict),
      Contains("false alarms without any change, signs flipped in blocks of 8 pairs: 1 of 1 "
               "gates, which is too many"));
  const size_t count = RegressionLines(verdict).size();
  self_test.flipped_gates = 0;
  EXPECT_EQ(RegressionLines(verdict).size(), count - 1);
  self_test.faults.clear();
  EXPECT_THAT(RegressionLines(verdict), Contains(HasSubstr("no fault could be planted")));
  findings.pairs.clear();
  EXPECT_EQ(RegressionLines(verdict).size(), 1U) << "of a baseline there are no pairs to prove by";
}

TEST(RegressionLines, SayHowToMeasureMoreOfWhatIsUndecided) {
  PairsFile file = MakePairs({{.benchmark = "BM_A", .change = 0.025}});
  file.arguments = {"--base=a"};
  const auto lines = [](const PairsFile& one) { return RegressionLines(VerdictOn({one})); };
  file.file = "out/pairs.json";
  EXPECT_THAT(lines(file), Contains("more pairs, in the same plan: paired_bench "
                                    "--resume=out/pairs.json --budget=5m"));
  file.file = "it's; rm -r x";
  EXPECT_THAT(lines(file), Contains("more pairs, in the same plan: paired_bench "
                                    "--resume='it'\\''s; rm -r x' --budget=5m"));
  file.arguments.clear();
  EXPECT_THAT(lines(file), Not(Contains(HasSubstr("--resume"))));
  PairsFile decided = MakePairs({{.benchmark = "BM_A"}});
  decided.arguments = {"--base=a"};
  EXPECT_THAT(lines(decided), Not(Contains(HasSubstr("--resume"))));
}

}  // namespace
}  // namespace slo::tools
