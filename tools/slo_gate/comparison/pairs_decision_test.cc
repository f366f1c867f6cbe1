// From pairs to outcomes and from outcomes to a verdict: corrections, allowances, who counts as
// what.

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

// Pairs whose log ratios are these, whatever the base is.
MeasuredPairs RatioPairs(const std::string& benchmark, const std::vector<double>& log_ratios,
                         Comparison comparison = Comparison::kChange) {
  MeasuredPairs measured = MakeMeasured({.benchmark = benchmark,
                                         .pairs = static_cast<int>(log_ratios.size()),
                                         .comparison = comparison},
                                        1);
  MetricPairs& metric = measured.metrics["cpu_time"];
  for (size_t i = 0; i < log_ratios.size(); ++i) {
    metric.candidate[i] = metric.base[i] * std::exp(log_ratios[i]);
  }
  return measured;
}

// So many increases by about that much.
std::vector<double> Increases(size_t count, double size = 0.1) {
  std::vector<double> ratios;
  for (size_t i = 0; i < count; ++i) ratios.push_back(size + 1e-4 * static_cast<double>(i));
  return ratios;
}

PairsFile FileWith(std::vector<MeasuredPairs> measured,
                   std::vector<int64_t> analyses = {16, 32, 64}) {
  PairsFile file = {.file = "pairs.json", .analyses = std::move(analyses)};
  for (const MeasuredPairs& one : measured) {
    if (one.comparison == Comparison::kChange) file.selected.push_back(one.benchmark);
  }
  file.measured = std::move(measured);
  return file;
}

TEST(JudgePairsTogether, MultipliesByAnalysesAndThenByHolm) {
  // All increases: 2^-10, 2^-12 and 2^-14, times two analyses; then three, two and one hypotheses.
  const std::vector<PairsFile> files = {
      FileWith({RatioPairs("BM_A", Increases(10)), RatioPairs("BM_B", Increases(14)),
                RatioPairs("BM_C", Increases(12))},
               {16, 32})};
  const RegressionLimits limits = MakeLimits();
  const auto judged = JudgePairs(files, limits, Today());
  EXPECT_DOUBLE_EQ(judged[0].adjusted_p_increase, 2 * std::exp2(-10));
  EXPECT_DOUBLE_EQ(judged[1].adjusted_p_increase, 2 * 3 * std::exp2(-14));
  EXPECT_DOUBLE_EQ(judged[2].adjusted_p_increase, 2 * 2 * std::exp2(-12));
  for (const JudgedChange& one : judged) {
    EXPECT_EQ(one.adjusted_p_decrease, 1);
    EXPECT_EQ(one.outcome, ChangeOutcome::kRegressed) << one.benchmark;
  }
}

TEST(JudgePairsTogether, CountsTheAnalysesOfEachFile) {
  const std::vector<PairsFile> files = {
      FileWith({RatioPairs("BM_A", Increases(16))}, {16}),
      FileWith({RatioPairs("BM_A", Increases(16))}, {8, 16, 32, 64})};
  const RegressionLimits limits = MakeLimits();
  const auto judged = JudgePairs(files, limits, Today());
  EXPECT_DOUBLE_EQ(judged[0].adjusted_p_increase, 2 * std::exp2(-16));
  // Of the analyses of the second, 8 pairs cannot decide: 2^-8 is more than 0.01 / 2 / 4.
  EXPECT_DOUBLE_EQ(judged[1].adjusted_p_increase, 3 * std::exp2(-16));
  EXPECT_NEAR(PlanOf(files[0], 0.01, 2).share(), 0.01 / 2, 1e-15);
  EXPECT_NEAR(PlanOf(files[1], 0.01, 2).share(), 0.01 / 6, 1e-15);
}

TEST(JudgePairsTogether, RegressesAtTheErrorThatTheLimitsState) {
  // 2^-9 times one analysis is 0.00195; of five comparisons 0.0098, of six 0.0117.
  const RegressionLimits limits = MakeLimits();
  const auto outcome = [&](int others) {
    std::vector<MeasuredPairs> measured = {RatioPairs("BM_A", Increases(9))};
    for (int i = 0; i < others; ++i) {
      measured.push_back(RatioPairs("BM_" + std::to_string(i), {-0.01, 0.01, 0.02, -0.02}));
    }
    const std::vector<PairsFile> files = {FileWith(std::move(measured), {16})};
    return JudgePairs(files, limits, Today())[0].outcome;
  };
  EXPECT_EQ(outcome(4), ChangeOutcome::kRegressed);
  EXPECT_EQ(outcome(5), ChangeOutcome::kUndecided);
}

TEST(JudgePairsTogether, SwappingTheSidesTurnsRegressedIntoImproved) {
  std::vector<double> ratios = Increases(32);
  const RegressionLimits limits = MakeLimits();
  const std::vector<PairsFile> files = {FileWith({RatioPairs("BM_A", ratios)})};
  for (double& ratio : ratios) ratio = -ratio;
  const std::vector<PairsFile> swapped = {FileWith({RatioPairs("BM_A", ratios)})};
  const JudgedChange one = JudgePairs(files, limits, Today())[0];
  const JudgedChange other = JudgePairs(swapped, limits, Today())[0];
  EXPECT_EQ(one.outcome, ChangeOutcome::kRegressed);
  EXPECT_EQ(other.outcome, ChangeOutcome::kImproved);
  EXPECT_DOUBLE_EQ(one.adjusted_p_increase, other.adjusted_p_decrease);
  EXPECT_DOUBLE_EQ(one.adjusted_p_decrease, other.adjusted_p_increase);
  EXPECT_NEAR((1 + one.change.change) * (1 + other.change.change), 1, 1e-12);
}

TEST(PlanOf, IsDefinedWithoutComparisonsAndAnalyses) {
  EXPECT_NEAR(PlanOf({}, 0.01, 0).share(), 0.01, 1e-15);
  EXPECT_NEAR(PlanOf({.analyses = {10, 20}}, 0.01, 3).share(), 0.01 / 6, 1e-15);
}

// ---- Allowances ----

std::string LimitsWithWaiver(const std::string& ceiling) {
  return R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*", "max_increase": "3%",
    "max_increase_since_release": "5%", "why": "w", "source": "s"}],
    "waivers": [{"benchmark": "BM_*", "reason": "r", "owner": "o", "ceiling": ")" +
         ceiling + R"(", "expires": "2026-12-31"}]})";
}

TEST(Allowance, IsTheWaiversWhereThatIsMore) {
  const auto allowed = [](const std::string& ceiling, Against against) {
    const RegressionLimits limits = MakeLimits(LimitsWithWaiver(ceiling));
    PairsFile file = FileWith({RatioPairs("BM_A", Increases(4))});
    file.against = against;
    return BeginChanges(file, "BM_A", limits, Today())[0].allowance.value;
  };
  EXPECT_DOUBLE_EQ(allowed("10%", Against::kMergeBase), 0.10);
  EXPECT_DOUBLE_EQ(allowed("2%", Against::kMergeBase), 0.03);
  EXPECT_DOUBLE_EQ(allowed("4%", Against::kRelease), 0.05);
  EXPECT_DOUBLE_EQ(allowed("absent", Against::kMergeBase), 0.03);
}

TEST(Allowance, OfAControlIsTheTolerancesAlone) {
  const std::vector<PairsFile> files = {
      FileWith({RatioPairs("BM_A", Increases(4)),
                RatioPairs("BM_A", Increases(4), Comparison::kQuietControl)})};
  const RegressionLimits limits = MakeLimits(LimitsWithWaiver("10%"));
  const auto judged = JudgePairs(files, limits, Today());
  EXPECT_DOUBLE_EQ(judged[0].allowance.value, 0.10);
  EXPECT_NE(judged[0].waiver, nullptr);
  EXPECT_DOUBLE_EQ(judged[1].allowance.value, 0.03);
  EXPECT_EQ(judged[1].waiver, nullptr);
}

TEST(Allowance, OfAWaiverEndsWithItsLastDay) {
  const RegressionLimits limits = MakeLimits(LimitsWithWaiver("10%"));
  const auto waiver = [&](absl::CivilDay day) {
    return BeginChanges({}, "BM_A", limits, day)[0].waiver;
  };
  EXPECT_NE(waiver(absl::CivilDay(2026, 12, 31)), nullptr);
  EXPECT_EQ(waiver(absl::CivilDay(2027, 1, 1)), nullptr);
  EXPECT_EQ(DayOf("2026-12-31T23:59:59Z"), absl::CivilDay(2026, 12, 31));
}

TEST(AbsentOnPurpose, IsWhatAWaiverWithoutACeilingMeans) {
  const RegressionLimits absent = MakeLimits(LimitsWithWaiver("absent"));
  const RegressionLimits slower = MakeLimits(LimitsWithWaiver("10%"));
  for (const RegressionLimits* limits : {&absent, &slower}) {
    MeasuredPairs measured = RatioPairs("BM_A", Increases(4));
    measured.in_base = false;
    const std::vector<PairsFile> files = {FileWith({measured})};
    EXPECT_EQ(JudgePairs(files, *limits, Today())[0].is_absent_on_purpose(), limits == &absent);
    measured.in_base = true;
    measured.failures = {"crash"};
    const std::vector<PairsFile> failed = {FileWith({measured})};
    EXPECT_FALSE(JudgePairs(failed, *limits, Today())[0].is_absent_on_purpose());
  }
}

// ---- Defects ----

TEST(Defects, AreNamedInTheOrderInWhichAReaderWouldAsk) {
  const RegressionLimits limits = MakeLimits(
      R"({"version": 1, "tolerances": [{"id": "b", "benchmark": "BM_B", "max_increase": "3%",
          "why": "w", "source": "s"}]})");
  MeasuredPairs measured = RatioPairs("BM_A", Increases(4));
  measured.in_candidate = false;
  measured.failures = {"first", "second"};
  measured.candidate_time_unit = "us";
  measured.metrics["cpu_time"].candidate[1] = -1;
  const auto judge = [&] {
    const std::vector<PairsFile> files = {FileWith({measured})};
    return JudgePairs(files, limits, Today())[0];
  };
  EXPECT_EQ(judge().defect->reason, Reason::kMissing);
  measured.in_candidate = true;
  EXPECT_EQ(judge().defect->reason, Reason::kError);
  EXPECT_EQ(judge().defect->message, "first");
  measured.failures.clear();
  EXPECT_EQ(judge().defect->reason, Reason::kNoTolerance);
  measured.benchmark = "BM_B";
  EXPECT_EQ(judge().defect->reason, Reason::kUnitChanged);
  measured.candidate_time_unit = "ns";
  EXPECT_EQ(judge().defect->reason, Reason::kNoTime);
  EXPECT_EQ(judge().defect, (Defect{.reason = Reason::kNoTime,
                                    .side = BuildSide::kCandidate,
                                    .metric = "cpu_time",
                                    .pair = 2,
                                    .value = -1}));
  measured.metrics["cpu_time"].base[3] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(judge().defect, (Defect{.reason = Reason::kNoTime, .metric = "cpu_time", .pair = 4}));
  measured = RatioPairs("BM_B", Increases(4));
  EXPECT_EQ(judge().defect, std::nullopt);
  EXPECT_EQ(judge().log_ratios.size(), 4U);
  measured.metrics.clear();
  EXPECT_EQ(judge().defect, std::nullopt) << "nothing was measured: undecided, not defective";
  EXPECT_EQ(judge().outcome, ChangeOutcome::kUndecided);
}

TEST(Defects, CountAsComparisonsAndDecideNothing) {
  MeasuredPairs bad = RatioPairs("BM_B", Increases(32));
  bad.failures = {"crash"};
  PairsFile file = FileWith({RatioPairs("BM_A", Increases(9)), bad}, {16});
  file.selected.emplace_back("BM_Gone");
  const std::vector<PairsFile> files = {file};
  const RegressionLimits limits = MakeLimits();
  const auto judged = JudgePairs(files, limits, Today());
  ASSERT_EQ(judged.size(), 3U);
  EXPECT_DOUBLE_EQ(judged[0].adjusted_p_increase, 3 * std::exp2(-9));
  EXPECT_EQ(judged[1].outcome, ChangeOutcome::kUndecided);
  EXPECT_EQ(judged[1].change.pairs, 0);
  EXPECT_EQ(judged[2].defect->reason, Reason::kMissing);
}

TEST(Defects, OfAControlOnlyDoNotRecordItsBenchmark) {
  PairsFile file = FileWith({RatioPairs("BM_A", Increases(4), Comparison::kQuietControl)});
  file.selected = {"BM_A"};
  const std::vector<PairsFile> files = {file};
  const RegressionLimits limits = MakeLimits();
  EXPECT_EQ(JudgePairs(files, limits, Today()).back().defect->reason, Reason::kMissing);
}

// ---- The verdict ----

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
