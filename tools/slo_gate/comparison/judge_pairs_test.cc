#include "tools/slo_gate/comparison/judge_pairs.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

// The judged change of the file's first benchmark.
JudgedChange JudgeFirst(const PairsFile& file, const RegressionLimits& limits) {
  static PairsFile kept;
  kept = file;
  static RegressionLimits kept_limits;
  kept_limits = limits;
  return JudgePairs(std::vector<PairsFile>(1, kept), kept_limits, Today())[0];
}

TEST(JudgePairs, TellsTheOutcomesApart) {
  const std::vector<PairsFile> files = {
      MakePairs({{.benchmark = "BM_Same"},
                 {.benchmark = "BM_Slower", .change = 0.08},
                 {.benchmark = "BM_Faster", .change = -0.08},
                 {.benchmark = "BM_Unclear", .change = 0.02, .pairs = 16}})};
  const RegressionLimits limits = MakeLimits();
  const auto judged = JudgePairs(files, limits, Today());
  ASSERT_EQ(judged.size(), 6U);
  EXPECT_EQ(judged[0].outcome, ChangeOutcome::kOk);
  EXPECT_EQ(judged[1].outcome, ChangeOutcome::kRegressed);
  EXPECT_EQ(judged[2].outcome, ChangeOutcome::kImproved);
  EXPECT_EQ(judged[3].outcome, ChangeOutcome::kUndecided);
  EXPECT_EQ(judged[4].outcome, ChangeOutcome::kOk);  // the quiet control
  EXPECT_EQ(judged[5].outcome, ChangeOutcome::kRegressed);
}

TEST(JudgePairs, TakesEveryPairThereIs) {
  const RegressionLimits limits = MakeLimits();
  for (const int pairs : {1, 2, 3}) {
    const std::vector<PairsFile> files = {MakePairs({{.benchmark = "BM_A", .pairs = pairs}})};
    const auto judged = JudgePairs(files, limits, Today());
    EXPECT_EQ(judged[0].log_ratios.size(), static_cast<size_t>(pairs));
    EXPECT_EQ(judged[0].change.pairs, pairs);
    EXPECT_EQ(judged[0].outcome, ChangeOutcome::kUndecided);
  }
}

TEST(JudgePairs, CorrectsForAnalysesAndForTheNumberOfComparisons) {
  const RegressionLimits limits = MakeLimits();
  const std::vector<PairsFile> files = {MakePairs({{.benchmark = "BM_A", .change = 0.01}})};
  const auto judged = JudgePairs(files, limits, Today());
  // Of three comparisons the slowed control has the smallest p, this one the second smallest.
  EXPECT_DOUBLE_EQ(judged[0].adjusted_p_increase,
                   std::min(1.0, judged[0].change.p_increase * 3 * 2));
  EXPECT_DOUBLE_EQ(PlanOf(files[0], 0.01, 3).share(), 0.01 / 9);
}

TEST(JudgePairs, NamesWhatCannotBeJudged) {
  const RegressionLimits limits = MakeLimits();
  const auto defect_of = [&](void (*plant)(PairsFile&)) {
    PairsFile file = MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B"}});
    plant(file);
    return JudgeFirst(file, limits);
  };
  const auto zero = defect_of([](PairsFile& f) { f.measured[0].metrics["cpu_time"].base[2] = 0; });
  EXPECT_EQ(zero.defect, (Defect{.reason = Reason::kNoTime,
                                 .side = BuildSide::kBase,
                                 .metric = "cpu_time",
                                 .pair = 3,
                                 .value = 0}));
  const auto nan = defect_of([](PairsFile& f) {
    f.measured[0].metrics["cpu_time"].candidate[0] = std::numeric_limits<double>::quiet_NaN();
  });
  EXPECT_EQ(nan.defect, (Defect{.reason = Reason::kNoTime,
                                .side = BuildSide::kCandidate,
                                .metric = "cpu_time",
                                .pair = 1}));
  const auto unit = defect_of([](PairsFile& f) { f.measured[0].candidate_time_unit = "us"; });
  EXPECT_EQ(unit.defect,
            (Defect{.reason = Reason::kUnitChanged, .base_unit = "ns", .candidate_unit = "us"}));
  const auto error = defect_of([](PairsFile& f) { f.measured[0].failures = {"SIGSEGV"}; });
  EXPECT_EQ(error.defect, (Defect{.reason = Reason::kError, .message = "SIGSEGV"}));
  const auto missing = defect_of([](PairsFile& f) { f.measured[0].in_candidate = false; });
  EXPECT_EQ(missing.defect, (Defect{.reason = Reason::kMissing,
                                    .absent = Absent::kBenchmark,
                                    .side = BuildSide::kCandidate}));
  const auto metric = defect_of([](PairsFile& f) {
    f.measured[0].metrics["real_time"] = f.measured[0].metrics["cpu_time"];
    f.measured[0].metrics.erase("cpu_time");
  });
  EXPECT_EQ(metric.defect, (Defect{.reason = Reason::kNoTime, .metric = "cpu_time"}));
}

TEST(JudgePairs, MissesABenchmarkThatWasSelectedAndLeftOut) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}});
  file.selected.emplace_back("BM_Gone");
  const std::vector<PairsFile> files = {file};
  const RegressionLimits limits = MakeLimits();
  const auto judged = JudgePairs(files, limits, Today());
  ASSERT_EQ(judged.size(), 4U);
  EXPECT_EQ(judged[3].benchmark, "BM_Gone");
  EXPECT_EQ(judged[3].defect->reason, Reason::kMissing);
}

TEST(JudgePairs, AsksForAToleranceForEachBenchmark) {
  const RegressionLimits limits = MakeLimits(
      R"({"version": 1, "tolerances": [{"id": "b", "benchmark": "BM_B", "max_increase": "3%",
          "why": "w", "source": "s"}]})");
  EXPECT_EQ(JudgeFirst(MakePairs({{.benchmark = "BM_A"}}), limits).defect->reason,
            Reason::kNoTolerance);
}

TEST(JudgePairs, LetsAWaiverRaiseTheCeilingWhileItLasts) {
  const std::string waived = R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*",
    "max_increase": "3%", "why": "w", "source": "s"}], "waivers": [{"benchmark": "BM_A",
    "reason": "r", "owner": "o", "ceiling": "10%", "expires": "2026-11-%"}]})";
  const auto with_expiry = [&](const std::string& day) {
    std::string text = waived;
    text.replace(text.find("11-%") + 3, 1, day);
    return MakeLimits(text);
  };
  const PairsFile file = MakePairs({{.benchmark = "BM_A", .change = 0.07}});
  EXPECT_EQ(JudgeFirst(file, with_expiry("23")).outcome, ChangeOutcome::kOk);
  EXPECT_EQ(JudgeFirst(file, with_expiry("22")).outcome, ChangeOutcome::kRegressed);
  EXPECT_EQ(
      JudgeFirst(MakePairs({{.benchmark = "BM_A", .change = 0.2}}), with_expiry("23")).outcome,
      ChangeOutcome::kRegressed);
}

TEST(JudgePairs, AllowsMoreSinceARelease) {
  PairsFile file = MakePairs({{.benchmark = "BM_A", .change = 0.04, .pairs = 400}});
  file.analyses = {400};
  EXPECT_EQ(JudgeFirst(file, MakeLimits()).outcome, ChangeOutcome::kRegressed);
  file.against = Against::kRelease;
  EXPECT_EQ(JudgeFirst(file, MakeLimits()).outcome, ChangeOutcome::kOk);
}

TEST(JudgePairs, CallsARateThatHalvesRegressed) {
  const RegressionLimits limits = MakeLimits(
      R"({"version": 1, "tolerances": [{"id": "rate", "benchmark": "*", "metric": "cpu_time_rate",
          "max_decrease": "20%", "why": "w", "source": "s"}]})");
  const auto outcome = [&](double change) {
    PairsFile file = MakePairs({{.benchmark = "BM_A", .change = change}});
    for (MeasuredPairs& one : file.measured) {
      one.metrics["cpu_time_rate"] = one.metrics["cpu_time"];
    }
    return JudgeFirst(file, limits).outcome;
  };
  EXPECT_EQ(outcome(-0.5), ChangeOutcome::kRegressed);
  EXPECT_EQ(outcome(-0.22), ChangeOutcome::kRegressed);
  EXPECT_EQ(outcome(-0.18), ChangeOutcome::kOk);
  EXPECT_EQ(outcome(1), ChangeOutcome::kImproved);
}

}  // namespace
}  // namespace slo::tools
