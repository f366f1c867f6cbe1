// Several rows of one name, several objectives on one row, and the machine: which of them decides.

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/judge.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using RowMetrics = std::vector<std::pair<std::string, double>>;

ReportRow RowOf(const std::string& name, RowMetrics metrics, double real_time = 10) {
  metrics.emplace_back("real_time", real_time);
  std::sort(metrics.begin(), metrics.end());
  return {.name = name, .metrics = std::move(metrics)};
}

// p50 with confidence limits 10 % below and above.
ReportRow LatencyRow(double p50_us, const std::string& name = "BM_A") {
  return RowOf(name, {{"stage_cpu_us", p50_us},
                      {"stage_cpu_lower_us", 0.9 * p50_us},
                      {"stage_cpu_upper_us", 1.1 * p50_us}});
}

ReportRow ErrorRow() {
  ReportRow row = LatencyRow(1);
  row.error = "broken";
  return row;
}

Report ReportOf(std::vector<ReportRow> rows, double level = 0.99) {
  return {.file = "r.json",
          .confidence = level,
          .context = {{"slo_build_type", "release"}, {"slo_schema", "1"}},
          .rows = std::move(rows)};
}

Objective MaxObjective(const std::string& id, const std::string& metric, double max) {
  return {.id = id,
          .benchmark = "BM_*",
          .metric = metric,
          .max = Limit{.value = max, .text = "max"},
          .why = "w",
          .source = "s"};
}

Thresholds P50Below(double max_us) {
  return {
      .file = "t.json", .points = true, .objectives = {MaxObjective("o", "stage_cpu_us", max_us)}};
}

// The only check after judging these rows, in whatever order they come.
void ExpectWorstInEveryOrder(std::vector<ReportRow> rows, CheckStatus status,
                             std::optional<double> actual, Reason reason) {
  std::vector<size_t> order(rows.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  do {
    std::vector<ReportRow> ordered;
    for (const size_t i : order) ordered.push_back(rows[i]);
    const Verdict verdict = Judge({ReportOf(ordered)}, P50Below(100), {});
    ASSERT_EQ(verdict.summary.checks_total, 1);
    const Check& check = verdict.scenarios[0].checks[0];
    EXPECT_EQ(check.status, status);
    EXPECT_EQ(check.actual, actual);
    EXPECT_EQ(check.rows, static_cast<int>(rows.size()));
    EXPECT_EQ(check.reason, reason);
    EXPECT_EQ(verdict.scenarios[0].status, status);
    EXPECT_EQ(verdict.summary.overall_status, status);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(JudgeRows, TheWorstStatusDecidesBeforeTheHeadroom) {
  // A row that failed has no headroom, which must not make it the best.
  ExpectWorstInEveryOrder({LatencyRow(1), ErrorRow(), LatencyRow(100)}, CheckStatus::kFail,
                          std::nullopt, Reason::kErrorRow);
  // 100 has the least headroom and is undecided; the row whose clock stood still is invalid.
  ReportRow stopped = LatencyRow(1);
  stopped.metrics.Set("real_time", 0);
  ExpectWorstInEveryOrder({LatencyRow(1), LatencyRow(100), stopped}, CheckStatus::kInvalid, 1,
                          Reason::kClockStopped);
  ExpectWorstInEveryOrder({LatencyRow(1), LatencyRow(100), LatencyRow(50)},
                          CheckStatus::kInsufficient, 100, Reason::kUndecided);
  ExpectWorstInEveryOrder({LatencyRow(100), LatencyRow(112), ErrorRow()}, CheckStatus::kFail, 112,
                          Reason::kLimitViolated);
}

TEST(JudgeRows, OfOneStatusTheLeastHeadroomDecides) {
  ExpectWorstInEveryOrder({LatencyRow(20), LatencyRow(60), LatencyRow(40)}, CheckStatus::kPass, 60,
                          Reason::kLimitKept);
  ExpectWorstInEveryOrder({LatencyRow(150), LatencyRow(300), LatencyRow(200)}, CheckStatus::kFail,
                          300, Reason::kLimitViolated);
}

TEST(JudgeRows, OneRowIsCountedAsOne) {
  const Verdict verdict = Judge({ReportOf({LatencyRow(1)})}, P50Below(100), {});
  EXPECT_EQ(verdict.scenarios[0].checks[0].rows, 1);
}

TEST(JudgeRows, RepeatedRowsCountInTheFamilysErrorOnceEach) {
  for (const int rows : {1, 2, 3}) {
    const Verdict verdict =
        Judge({ReportOf(std::vector<ReportRow>(static_cast<size_t>(rows), LatencyRow(1)), 0.98)},
              P50Below(100), {});
    EXPECT_EQ(verdict.summary.checks_with_confidence, 1);
    EXPECT_NEAR(*verdict.summary.family_confidence, 1 - 0.02 * rows, 1e-12) << rows;
  }
}

TEST(JudgeRows, AreOneCheckWhenTheErrorIsSpread) {
  // Two names, one of them three times, in two files: two checks, which need 97.5 % each.
  const auto judge = [](double level) {
    return ExitCodeOf(Judge({ReportOf({LatencyRow(1), LatencyRow(2), LatencyRow(1, "BM_B")}, level),
                             ReportOf({LatencyRow(3)}, level)},
                            P50Below(100), {}));
  };
  EXPECT_EQ(judge(0.975), 0);
  EXPECT_EQ(judge(0.9749), 3);
}

TEST(JudgeRows, EachLimitAndEachObjectiveIsACheckWhenTheErrorIsSpread) {
  Thresholds thresholds = P50Below(100);
  thresholds.objectives[0].min = Limit{.value = 0.1, .text = "min"};
  const auto code = [&](double level) {
    return ExitCodeOf(Judge({ReportOf({LatencyRow(1)}, level)}, thresholds, {}));
  };
  EXPECT_EQ(code(0.975), 0);
  EXPECT_EQ(code(0.9749), 3);
  thresholds.objectives.push_back(MaxObjective("other", "stage_cpu_us", 200));
  EXPECT_EQ(code(0.9834), 0);
  EXPECT_EQ(code(0.9833), 3);
  // A point value has no share in it.
  thresholds.objectives[1].metric = "real_time";
  EXPECT_EQ(code(0.975), 0);
}

TEST(JudgeRows, AMaximumAndAMinimumAreTwoChecks) {
  Thresholds thresholds = P50Below(100);
  thresholds.objectives[0].min = Limit{.value = 50, .text = "min"};
  const Verdict verdict =
      Judge({ReportOf({LatencyRow(10), LatencyRow(70), LatencyRow(200)})}, thresholds, {});
  ASSERT_EQ(verdict.scenarios[0].checks.size(), 2u);
  const Check& max = verdict.scenarios[0].checks[0];
  const Check& min = verdict.scenarios[0].checks[1];
  EXPECT_EQ(max.kind, LimitKind::kMax);
  EXPECT_EQ(max.threshold.value, 100);
  EXPECT_EQ(max.actual, 200);
  EXPECT_EQ(min.kind, LimitKind::kMin);
  EXPECT_EQ(min.threshold.value, 50);
  EXPECT_EQ(min.actual, 10);
  EXPECT_EQ(max.rows, 3);
  EXPECT_EQ(min.rows, 3);
}

TEST(JudgeRows, TheWorstCheckGivesTheScenarioItsStatusAndItsMetrics) {
  Thresholds thresholds = P50Below(100);
  thresholds.objectives.push_back(MaxObjective("time", "real_time", 15));
  // The first row is the worse one by its latency, the second by its time, which it fails.
  ReportRow slow = LatencyRow(80);
  ReportRow late = RowOf(
      "BM_A", {{"stage_cpu_us", 1}, {"stage_cpu_lower_us", 1}, {"stage_cpu_upper_us", 1}}, 20);
  for (const auto& rows : {std::vector<ReportRow>{slow, late}, {late, slow}}) {
    const Verdict verdict = Judge({ReportOf(rows)}, thresholds, {});
    const Scenario& scenario = verdict.scenarios[0];
    ASSERT_EQ(scenario.checks.size(), 2u);
    EXPECT_EQ(scenario.checks[0].actual, 80);
    EXPECT_EQ(scenario.checks[0].status, CheckStatus::kPass);
    EXPECT_EQ(scenario.checks[1].actual, 20);
    EXPECT_EQ(scenario.status, CheckStatus::kFail);
    EXPECT_EQ(scenario.metrics, late.metrics);
  }
}

TEST(JudgeRows, TheOrderOfRowsFilesAndObjectivesChangesNoStatus) {
  std::vector<ReportRow> rows = {LatencyRow(60), LatencyRow(120), LatencyRow(95, "BM_B"),
                                 LatencyRow(1, "BM_C"), LatencyRow(50, "BM_C")};
  std::vector<Objective> objectives = {MaxObjective("a", "stage_cpu_us", 100),
                                       MaxObjective("b", "real_time", 5),
                                       MaxObjective("c", "stage_cpu_us", 40)};
  const auto states = [](const Verdict& verdict) {
    std::map<std::string, std::pair<CheckStatus, int>> by_check;
    for (const Scenario& scenario : verdict.scenarios) {
      for (const Check& check : scenario.checks) {
        by_check[scenario.name + check.id] = {check.status, check.rows};
      }
    }
    return by_check;
  };
  const auto judge = [&](const std::vector<Report>& reports) {
    return states(Judge(reports, {.file = "t.json", .points = true, .objectives = objectives}, {}));
  };
  const auto expected = judge({ReportOf(rows)});
  EXPECT_EQ(expected.size(), 9u);
  EXPECT_EQ(expected.at("BM_Aa").first, CheckStatus::kFail);
  EXPECT_EQ(expected.at("BM_Ba").first, CheckStatus::kInsufficient);
  EXPECT_EQ(expected.at("BM_Cc").first, CheckStatus::kFail);
  std::reverse(rows.begin(), rows.end());
  EXPECT_EQ(judge({ReportOf(rows)}), expected);
  std::reverse(objectives.begin(), objectives.end());
  EXPECT_EQ(judge({ReportOf(rows)}), expected);
  EXPECT_EQ(judge({ReportOf({rows[2], rows[4]}), ReportOf({rows[3], rows[0], rows[1]})}), expected);
}

TEST(JudgeRows, AMissingRowFailsEachLimitOfItsObjective) {
  Thresholds thresholds = P50Below(100);
  thresholds.objectives[0].min = Limit{.value = 50, .text = "min"};
  const Verdict verdict = Judge({ReportOf({RowOf("Other", {})})}, thresholds, {});
  ASSERT_EQ(verdict.scenarios.size(), 1u);
  EXPECT_EQ(verdict.scenarios[0].name, "BM_*");
  EXPECT_EQ(verdict.scenarios[0].status, CheckStatus::kFail);
  EXPECT_EQ(verdict.summary.checks_failed, 2);
  EXPECT_EQ(verdict.scenarios[0].checks[0].rows, 0);
  EXPECT_EQ(verdict.scenarios[0].checks[1].kind, LimitKind::kMin);
}

TEST(JudgeRows, OfADebugBuildNothingIsVacuousAndNothingPasses) {
  Report report = ReportOf({LatencyRow(0.1)});
  const Verdict release = Judge({report}, P50Below(100), {});
  EXPECT_EQ(release.summary.checks_vacuous, 1);
  report.context["slo_build_type"] = "debug";
  const Verdict debug = Judge({report}, P50Below(100), {});
  EXPECT_EQ(debug.summary.checks_vacuous, 0);
  EXPECT_EQ(debug.summary.checks_failed, 1);
}

TEST(JudgeRows, AllowingWhatIsInsufficientIsNoted) {
  const Verdict plain = Judge({ReportOf({LatencyRow(100)})}, P50Below(100), {});
  EXPECT_EQ(ExitCodeOf(plain), 3);
  const Verdict allowed =
      Judge({ReportOf({LatencyRow(100)})}, P50Below(100), {.allow_insufficient = true});
  EXPECT_EQ(ExitCodeOf(allowed), 0);
  EXPECT_EQ(allowed.summary.overall_status, CheckStatus::kInsufficient);
  EXPECT_EQ(allowed.notes.size(), plain.notes.size() + 1);
}

// ---- The machine ----

Thresholds WithStallObjective() {
  Thresholds thresholds = P50Below(100);
  Objective stalls = MaxObjective("stalls", "environment_stall_share", 0.2);
  stalls.excuses = {"stage_*"};
  thresholds.objectives.push_back(std::move(stalls));
  return thresholds;
}

ReportRow StalledRow(double p50_us, double share, const std::string& name = "BM_A") {
  ReportRow row = LatencyRow(p50_us, name);
  row.metrics.Set("environment_stall_share", share);
  return row;
}

// By check id; of one scenario.
std::map<std::string, CheckStatus> StatesOf(const Scenario& scenario) {
  std::map<std::string, CheckStatus> states;
  for (const Check& check : scenario.checks) states[check.id] = check.status;
  return states;
}

TEST(JudgeMachine, ExcusesFailuresOnly) {
  struct Row {
    double p50_us;
    double share;
    CheckStatus status;
    CheckStatus machine;
  };
  for (const Row& row : {Row{60, 0.3, CheckStatus::kPass, CheckStatus::kInvalid},
                         Row{100, 0.3, CheckStatus::kInsufficient, CheckStatus::kInvalid},
                         Row{200, 0.3, CheckStatus::kInvalid, CheckStatus::kInvalid},
                         Row{200, 0.2, CheckStatus::kFail, CheckStatus::kPass}}) {
    const Verdict verdict =
        Judge({ReportOf({StalledRow(row.p50_us, row.share)})}, WithStallObjective(), {});
    EXPECT_EQ(StatesOf(verdict.scenarios[0]).at("o"), row.status) << row.p50_us;
    EXPECT_EQ(StatesOf(verdict.scenarios[0]).at("stalls"), row.machine) << row.p50_us;
  }
}

TEST(JudgeMachine, ExcusesTheRowThatWasDisturbedAndNoOther) {
  const Verdict verdict = Judge({ReportOf({StalledRow(200, 0.3), StalledRow(200, 0.1, "BM_B")})},
                                WithStallObjective(), {});
  ASSERT_EQ(verdict.scenarios.size(), 2u);
  EXPECT_EQ(StatesOf(verdict.scenarios[0]).at("o"), CheckStatus::kInvalid);
  EXPECT_EQ(StatesOf(verdict.scenarios[1]).at("o"), CheckStatus::kFail);
  EXPECT_EQ(ExitCodeOf(verdict), 1);
}

TEST(JudgeMachine, ExcusesNoErrorRow) {
  ReportRow row = StalledRow(1, 0.3);
  row.error = "broken";
  const Verdict verdict = Judge({ReportOf({row})}, WithStallObjective(), {});
  EXPECT_EQ(StatesOf(verdict.scenarios[0]).at("o"), CheckStatus::kFail);
  EXPECT_EQ(StatesOf(verdict.scenarios[0]).at("stalls"), CheckStatus::kFail);
}

TEST(JudgeMachine, IsExcusedByWhicheverObjectiveSaysSo) {
  Thresholds thresholds = WithStallObjective();
  thresholds.objectives[1].excuses = {"run_*"};
  thresholds.objectives.push_back(thresholds.objectives[1]);
  thresholds.objectives[2].id = "more stalls";
  thresholds.objectives[2].excuses = {"other", "stage_cpu_us"};
  const Verdict verdict = Judge({ReportOf({StalledRow(200, 0.3)})}, thresholds, {});
  EXPECT_EQ(StatesOf(verdict.scenarios[0]).at("o"), CheckStatus::kInvalid);
  for (const Check& check : verdict.scenarios[0].checks) {
    if (check.id != "o") continue;
    EXPECT_EQ(check.objective()->disturbed_by->id, "more stalls");
  }
}

TEST(JudgeMachine, IsNeverVacuousAndHasNoShareInTheError) {
  const Verdict verdict =
      Judge({ReportOf({StalledRow(60, 0.0001)}, 0.95)}, WithStallObjective(), {});
  EXPECT_EQ(ExitCodeOf(verdict), 0) << "one check carries a confidence";
  EXPECT_EQ(verdict.summary.checks_vacuous, 0);
  EXPECT_EQ(verdict.summary.checks_total, 2);
}

TEST(JudgeMachine, WithoutARowOfThatNameItsObjectiveFails) {
  Thresholds thresholds = WithStallObjective();
  thresholds.objectives[1].benchmark = "BM_None";
  EXPECT_EQ(ExitCodeOf(Judge({ReportOf({StalledRow(60, 0.1)})}, thresholds, {})), 1);
}

}  // namespace
}  // namespace slo::tools
