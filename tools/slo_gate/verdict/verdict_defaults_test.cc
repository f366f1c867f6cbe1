// What is stated before anything was judged: nothing was counted, nothing passed.

#include "gtest/gtest.h"
#include "tools/slo_gate/cli/gate_options.h"
#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/comparison/run_self_test.h"
#include "tools/slo_gate/evidence/verify.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/row_testing.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {
namespace {

TEST(VerdictDefaults, HaveNotPassed) {
  const Check check;
  EXPECT_EQ(check.status, CheckStatus::kFail);
  EXPECT_EQ(check.kind, LimitKind::kMax);
  EXPECT_EQ(check.rows, 0);
  EXPECT_FALSE(check.is_vacuous);
  EXPECT_EQ(check.reason, Reason::kUndecided);
  EXPECT_EQ(check.threshold.value, 0);
  EXPECT_EQ(Scenario{}.status, CheckStatus::kFail);
  EXPECT_EQ(Summary{}.overall_status, CheckStatus::kFail);
  EXPECT_EQ(ExitCodeOf(Verdict{}), 1);
  EXPECT_FALSE(Verdict{}.allow_insufficient);
  EXPECT_EQ(ComparisonDetail{}.tolerance, 0);
}

TEST(VerdictDefaults, CountNothing) {
  const Summary summary;
  EXPECT_EQ(summary.scenarios_count, 0);
  EXPECT_EQ(summary.checks_total, 0);
  EXPECT_EQ(summary.checks_passed, 0);
  EXPECT_EQ(summary.checks_failed, 0);
  EXPECT_EQ(summary.checks_insufficient, 0);
  EXPECT_EQ(summary.checks_invalid, 0);
  EXPECT_EQ(summary.checks_vacuous, 0);
  EXPECT_EQ(summary.checks_with_confidence, 0);
  const Coverage coverage;
  EXPECT_EQ(coverage.expected, 0);
  EXPECT_EQ(coverage.judged, 0);
  EXPECT_EQ(coverage.waived, 0);
  EXPECT_EQ(coverage.missing, 0);
  EXPECT_EQ(Verification{}.checks, 0);
  const SelfTest self_test;
  EXPECT_EQ(self_test.flipped_gates, 0);
  EXPECT_EQ(self_test.false_alarms, 0);
}

TEST(JudgingDefaults, AskForNinetyFivePercentOfObjectivesAndNinetyNineOfChanges) {
  EXPECT_EQ(Thresholds{}.confidence, 0.95);
  EXPECT_EQ(RowContext{}.required, 0.95);
  EXPECT_EQ(RowContext{}.stated, std::nullopt);
  EXPECT_EQ(CheckContext{}.error, 0.01);
  EXPECT_EQ(CheckContext{}.comparisons, 1U);
  const JudgedChange judged;
  EXPECT_EQ(judged.adjusted_p_increase, 1);
  EXPECT_EQ(judged.adjusted_p_decrease, 1);
}

TEST(OptionDefaults, AskForNothing) {
  const GateOptions options;
  EXPECT_FALSE(options.allow_insufficient);
  EXPECT_FALSE(options.all);
  EXPECT_FALSE(options.help);
  EXPECT_FALSE(TextOptions{}.use_color);
  EXPECT_FALSE(TextOptions{}.all);
  EXPECT_FALSE(Objective{}.is_about_the_machine());
}

// The level that a ratio about the machine is judged at, whatever the results state.
TEST(LevelDefaults, JudgeARatioAtNinetyFivePercent) {
  const auto judge = [](double trials) {
    Check check = {.metric = "quiet_ratio",
                   .kind = LimitKind::kMin,
                   .threshold = {.value = 0.99, .text = "0.99"}};
    const Decision decision =
        JudgeMetric(RowWith({{"quiet_ratio", 1}, {"quiet_trials_count", trials}}),
                    {.origin = Origin::kOurs}, check);
    EXPECT_EQ(check.confidence, 0.95);
    return decision.status;
  };
  EXPECT_EQ(judge(299), CheckStatus::kPass);
  EXPECT_EQ(judge(298), CheckStatus::kInsufficient);
}

}  // namespace
}  // namespace slo::tools
