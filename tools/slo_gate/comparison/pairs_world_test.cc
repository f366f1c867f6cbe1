// From outcomes on pairs to a verdict: who counts as what.

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

namespace slo::tools {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::map<std::string, std::string> OutcomesOf(const Verdict& verdict) {
  std::map<std::string, std::string> outcomes;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) {
      outcomes[scenario.name + " " + check.id] = std::string(Name(check.change()->outcome));
    }
  }
  return outcomes;
}

TEST(PairsWorld, AccountsForEveryBenchmarkOnce) {
  PairsFile file = MakePairs({{.benchmark = "BM_Judged"},
                              {.benchmark = "BM_Slower", .change = 0.05},
                              {.benchmark = "BM_New"},
                              {.benchmark = "BM_Bad"},
                              {.benchmark = "BM_WaivedBad"}});
  file.measured[2].in_base = false;
  file.measured[3].failures = {"crash"};
  file.measured[4].failures = {"crash"};
  file.selected.emplace_back("BM_Gone");
  const std::string limits = R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*",
    "max_increase": "3%", "why": "w", "source": "s"}], "waivers": [
    {"benchmark": "BM_New", "reason": "r", "owner": "o", "ceiling": "absent",
     "expires": "2026-12-31"},
    {"benchmark": "BM_Slower", "reason": "r", "owner": "o", "ceiling": "20%",
     "expires": "2026-12-31"},
    {"benchmark": "BM_WaivedBad", "reason": "r", "owner": "o", "ceiling": "20%",
     "expires": "2026-12-31"}]})";
  const Verdict verdict = VerdictOn({file}, limits);
  const Coverage& coverage = verdict.coverage;
  EXPECT_EQ(coverage.expected, 6);
  EXPECT_EQ(coverage.judged, 1);
  EXPECT_EQ(coverage.waived, 2);
  EXPECT_EQ(coverage.missing, 3);
  EXPECT_EQ(ExitCodeOf(verdict), 1);
}

TEST(PairsVerdict, DependsOnNeitherTheOrderOfBenchmarksNorOfFilesNorOnTheUnit) {
  PairsFile one = MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B", .change = 0.08}});
  PairsFile other = MakePairs({{.benchmark = "BM_C", .change = -0.08}, {.benchmark = "BM_A"}}, 40);
  other.against = Against::kRelease;
  const auto expected = OutcomesOf(VerdictOn({one, other}));
  EXPECT_EQ(expected.at("BM_B all"), "regressed");
  EXPECT_EQ(expected.at("BM_C all.since_release"), "improved");
  EXPECT_EQ(OutcomesOf(VerdictOn({other, one})), expected);
  std::reverse(one.measured.begin(), one.measured.end());
  std::reverse(one.selected.begin(), one.selected.end());
  EXPECT_EQ(OutcomesOf(VerdictOn({one, other})), expected);
  for (MeasuredPairs& measured : one.measured) {
    for (double& time : measured.metrics["cpu_time"].base) time *= 1'000;
    for (double& time : measured.metrics["cpu_time"].candidate) time *= 1'000;
  }
  EXPECT_EQ(OutcomesOf(VerdictOn({one, other})), expected);
}

TEST(PairsVerdict, TakesTheWorstOfWhatConcernsABenchmark) {
  PairsFile step = MakePairs({{.benchmark = "BM_A"}});
  PairsFile release = MakePairs({{.benchmark = "BM_A", .change = 0.2}}, 9);
  release.file = "release.json";
  release.against = Against::kRelease;
  for (const auto& files : {std::vector<PairsFile>{step, release}, {release, step}}) {
    const Verdict verdict = VerdictOn(files);
    const auto found = std::find_if(verdict.scenarios.begin(), verdict.scenarios.end(),
                                    [](const Scenario& one) { return one.name == "BM_A"; });
    ASSERT_EQ(found->checks.size(), 2U);
    EXPECT_EQ(found->status, CheckStatus::kFail);
    EXPECT_EQ(ExitCodeOf(verdict), 1);
  }
}

TEST(PairsVerdict, WithAFailedControlKeepsFailuresWithAName) {
  PairsFile file = MakePairs({{.benchmark = "BM_A", .change = 0.08}, {.benchmark = "BM_B"}});
  file.measured[1].in_candidate = false;
  file.measured[2] = MakeMeasured(
      {.benchmark = "BM_Control", .change = 0.2, .comparison = Comparison::kQuietControl}, 5);
  const Verdict verdict = VerdictOn({file});
  std::map<std::string, CheckStatus> states;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks)
      states[scenario.name + " " + check.id] = check.status;
  }
  EXPECT_EQ(states.at("BM_A all"), CheckStatus::kInvalid);
  EXPECT_EQ(states.at("BM_B all"), CheckStatus::kFail);
  EXPECT_EQ(states.at("control: BM_Control quiet_control"), CheckStatus::kInvalid);
  EXPECT_EQ(states.at("control: BM_Control slowed_control"), CheckStatus::kPass)
      << "a control stands for itself";
  EXPECT_EQ(verdict.scenarios[1].status, CheckStatus::kInvalid);
}

TEST(PairsVerdict, NotesHowTheBuildsDiffer) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}});
  EXPECT_TRUE(VerdictOn({file}).notes.empty());
  file.interrupted = true;
  file.base.context["slo_compiler"] = "gcc 12";
  file.candidate.context["slo_compiler"] = "gcc 13";
  file.candidate.context["slo_benchmark_version"] = "1.7";
  const std::vector<std::string> notes = VerdictOn({file}).notes;
  EXPECT_EQ(notes.size(), 3U);
  EXPECT_THAT(notes, Contains(HasSubstr("interrupted")));
  EXPECT_THAT(notes, Contains(HasSubstr("slo_compiler: \"gcc 12\" and \"gcc 13\"")));
  EXPECT_THAT(notes, Contains(HasSubstr("slo_benchmark_version: \"\" and \"1.7\"")));
}

TEST(PairsVerdict, SaysWhereTheFilesComeFrom) {
  PairsFile one = MakePairs({{.benchmark = "BM_A"}});
  PairsFile other = MakePairs({{.benchmark = "BM_B"}}, 9);
  one.base.context["slo_git_revision"] = "abc";
  one.collection = {{"cpu", "3"}, {"min_time", "0.1"}};
  other.base.binary = "release/bench";
  other.collection = {{"cpu", "4"}, {"min_time", "0.1"}};
  const auto provenance = VerdictOn({one, other}).provenance;
  EXPECT_EQ(provenance.at("base_binary"), "base/bench; release/bench");
  EXPECT_EQ(provenance.at("base_git_revision"), "abc; not stated");
  EXPECT_EQ(provenance.at("candidate_binary"), "candidate/bench; candidate/bench");
  EXPECT_EQ(provenance.at("collection_cpu"), "3; 4");
  EXPECT_EQ(provenance.at("collection_min_time"), "0.1");
}

TEST(PairsVerdict, FailsADebugBuildOfEitherSideOfThatFileOnly) {
  PairsFile one = MakePairs({{.benchmark = "BM_A"}});
  const PairsFile other = MakePairs({{.benchmark = "BM_B"}}, 9);
  one.base.context["slo_build_type"] = "Debug";
  const Verdict verdict = VerdictOn({one, other});
  for (const Scenario& scenario : verdict.scenarios) {
    EXPECT_EQ(scenario.status, scenario.name == "BM_A" ? CheckStatus::kFail : CheckStatus::kPass);
  }
}

TEST(PairsVerdict, AcceptsAToleranceForWhatWasNotSelected) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}});
  file.not_selected = {"BM_Rare"};
  const std::string limits = R"({"version": 1, "tolerances": [
    {"id": "rare", "benchmark": "BM_Rare", "max_increase": "3%", "why": "w", "source": "s"},
    {"id": "control", "benchmark": "BM_Control", "max_increase": "3%", "why": "w", "source": "s"},
    {"id": "all", "benchmark": "*", "max_increase": "3%", "why": "w", "source": "s"}]})";
  const Verdict verdict = VerdictOn({file}, limits);
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  EXPECT_THAT(OutcomesOf(verdict), Not(Contains(testing::Pair("BM_Rare rare", "missing"))));
}

TEST(PairsVerdict, AllowsWhatIsInsufficientOnlyWhenAsked) {
  const std::vector<PairsFile> files = {MakePairs({{.benchmark = "BM_A", .pairs = 0}})};
  const auto judge = [&](bool allow) {
    return VerdictOnPairs(
        files, MakeLimits(), kLimitsText,
        {.allow_insufficient = allow, .generated_at_utc = "2026-11-23T12:00:00Z"});
  };
  EXPECT_EQ(ExitCodeOf(judge(false)), 3);
  EXPECT_EQ(ExitCodeOf(judge(true)), 0);
  EXPECT_EQ(judge(true).notes.size(), judge(false).notes.size() + 1);
}

TEST(PairsVerdict, OfADefectiveGateIsInvalidThroughout) {
  // What was not selected can be deleted, and nothing is missing.
  PairsFile file = MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B"}});
  file.measured[1].in_candidate = false;
  file.selected.clear();
  const Verdict verdict = VerdictOn({file});
  EXPECT_TRUE(verdict.comparison()->self_test.is_defective());
  EXPECT_EQ(ExitCodeOf(verdict), 4);
  EXPECT_EQ(verdict.summary.checks_invalid, verdict.summary.checks_total);
  EXPECT_EQ(verdict.summary.checks_total, 4);
  for (const Scenario& scenario : verdict.scenarios) {
    EXPECT_EQ(scenario.status, CheckStatus::kInvalid) << scenario.name;
    for (const Check& check : scenario.checks) {
      EXPECT_EQ(check.reason, Reason::kNotTrusted);
      EXPECT_EQ(check.change()->doubt, Doubt::kGateDefective);
    }
  }
  EXPECT_THAT(verdict.notes, Contains(HasSubstr("gate defective")));
}

}  // namespace
}  // namespace slo::tools
