// From pairs to outcomes: corrections, allowances, defects.

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

}  // namespace
}  // namespace slo::tools
