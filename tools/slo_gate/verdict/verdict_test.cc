#include "tools/slo_gate/verdict/verdict.h"

#include <vector>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

Check CheckWith(CheckStatus status, std::optional<double> confidence = std::nullopt, int rows = 1) {
  Check check;
  check.status = status;
  check.confidence = confidence;
  check.rows = rows;
  return check;
}

TEST(Summarize, CountsChecksByStatusOverAllScenarios) {
  Check vacuous = CheckWith(CheckStatus::kPass);
  vacuous.is_vacuous = true;
  const Summary summary = Summarize({
      {.name = "a",
       .status = CheckStatus::kInvalid,
       .checks = {CheckWith(CheckStatus::kPass), vacuous, CheckWith(CheckStatus::kInvalid),
                  CheckWith(CheckStatus::kPass)}},
      {.name = "b",
       .status = CheckStatus::kFail,
       .checks = {CheckWith(CheckStatus::kFail), CheckWith(CheckStatus::kFail),
                  CheckWith(CheckStatus::kInsufficient)}},
      {.name = "c", .status = CheckStatus::kInsufficient, .checks = {}},
  });
  EXPECT_EQ(summary.overall_status, CheckStatus::kFail);
  EXPECT_EQ(summary.scenarios_count, 3);
  EXPECT_EQ(summary.checks_total, 7);
  EXPECT_EQ(summary.checks_passed, 3);
  EXPECT_EQ(summary.checks_vacuous, 1);
  EXPECT_EQ(summary.checks_invalid, 1);
  EXPECT_EQ(summary.checks_failed, 2);
  EXPECT_EQ(summary.checks_insufficient, 1);
  EXPECT_EQ(summary.checks_with_confidence, 0);
  EXPECT_EQ(summary.family_confidence, std::nullopt);
}

TEST(Verdict, FailsUntilSomethingWasJudged) {
  const Verdict verdict;
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(Check{}.status, CheckStatus::kFail);
  EXPECT_EQ(Check{}.rows, 0);
  EXPECT_FALSE(Check{}.is_vacuous);
  EXPECT_EQ(Scenario{}.status, CheckStatus::kFail);
  EXPECT_EQ(ComparisonDetail{}.tolerance, 0);
  const Summary& summary = verdict.summary;
  for (const int count :
       {summary.scenarios_count, summary.checks_total, summary.checks_passed, summary.checks_failed,
        summary.checks_insufficient, summary.checks_invalid, summary.checks_vacuous,
        summary.checks_with_confidence}) {
    EXPECT_EQ(count, 0);
  }
  const Coverage coverage;
  for (const int count : {coverage.expected, coverage.judged, coverage.waived, coverage.missing}) {
    EXPECT_EQ(count, 0);
  }
}

TEST(Summarize, FailsWhenNothingWasJudged) {
  EXPECT_EQ(Summarize({}).overall_status, CheckStatus::kFail);
}

Scenario ScenarioWith(std::vector<Check> checks) {
  return {.name = "a", .status = CheckStatus::kPass, .checks = std::move(checks)};
}

Check CheckFor(Reason reason) { return {.reason = reason}; }

Check ChangeFor(Reason outcome, Control control = Control::kNone) {
  return {.reason = outcome, .detail = ComparisonDetail{.control = control, .outcome = outcome}};
}

TEST(CoverageOf, AccountsForEveryBenchmarkOnce) {
  const auto of = [](std::vector<Check> checks) {
    return CoverageOf({ScenarioWith(std::move(checks))});
  };
  const Coverage judged = {.expected = 1, .judged = 1};
  const Coverage missing = {.expected = 1, .missing = 1};
  const Coverage waived = {.expected = 1, .waived = 1};
  for (const Reason reason : {Reason::kLimitKept, Reason::kLimitViolated, Reason::kUndecided,
                              Reason::kLevelTooLow, Reason::kMachine, Reason::kDebugBuild}) {
    EXPECT_EQ(of({CheckFor(reason)}), judged) << Name(reason);
    EXPECT_EQ(of({CheckFor(reason), CheckFor(Reason::kPointValue)}), judged) << Name(reason);
    EXPECT_EQ(of({CheckFor(reason), CheckFor(Reason::kNoMetric)}), missing) << Name(reason);
  }
  for (const Reason reason :
       {Reason::kPointValue, Reason::kOnlyAggregates, Reason::kNoRow, Reason::kErrorRow,
        Reason::kContradiction, Reason::kNoSamples, Reason::kRepetitionsMissing}) {
    EXPECT_EQ(of({CheckFor(reason)}), missing) << Name(reason);
  }
  EXPECT_EQ(of({ChangeFor(Reason::kWaived)}), waived);
  EXPECT_EQ(of({ChangeFor(Reason::kRegressed)}), judged);
  EXPECT_EQ(of({ChangeFor(Reason::kOneProcess)}), missing);
  EXPECT_EQ(of({ChangeFor(Reason::kQuiet, Control::kQuiet)}), Coverage{});
}

TEST(Summarize, AddsUpTheErrorsOfTheRowsBehindTheChecks) {
  const auto family = [](std::vector<Check> checks) {
    return Summarize({{.name = "a", .status = CheckStatus::kPass, .checks = std::move(checks)}});
  };
  const Summary summary =
      family({CheckWith(CheckStatus::kPass, 0.99, 3), CheckWith(CheckStatus::kFail, 0.95),
              CheckWith(CheckStatus::kPass)});
  EXPECT_EQ(summary.checks_with_confidence, 2);
  EXPECT_NEAR(*summary.family_confidence, 1 - 3 * 0.01 - 0.05, 1e-12);
  EXPECT_EQ(family({CheckWith(CheckStatus::kPass, 0.75, 4)}).family_confidence, 0);
  EXPECT_EQ(family({CheckWith(CheckStatus::kPass, 0.75, 9)}).family_confidence, 0);
}

TEST(ExitCodeOf, IsTheSameForAStatusWhateverElseIsTrue) {
  struct Row {
    CheckStatus status;
    int code;
    int code_when_insufficient_is_allowed;
  };
  for (const Row& row : {Row{CheckStatus::kPass, 0, 0}, Row{CheckStatus::kFail, 1, 1},
                         Row{CheckStatus::kInsufficient, 3, 0}, Row{CheckStatus::kInvalid, 4, 4}}) {
    Verdict verdict;
    verdict.summary.overall_status = row.status;
    verdict.coverage = {.expected = 1, .judged = 1};
    EXPECT_EQ(ExitCodeOf(verdict), row.code) << Name(row.status);
    verdict.allow_insufficient = true;
    EXPECT_EQ(ExitCodeOf(verdict), row.code_when_insufficient_is_allowed) << Name(row.status);
  }
}

TEST(CheckStatusName, IsTheOneInTheEvidence) {
  EXPECT_EQ(Name(CheckStatus::kPass), "pass");
  EXPECT_EQ(Name(CheckStatus::kInsufficient), "insufficient");
  EXPECT_EQ(Name(CheckStatus::kInvalid), "invalid");
  EXPECT_EQ(Name(CheckStatus::kFail), "fail");
}

}  // namespace
}  // namespace slo::tools
