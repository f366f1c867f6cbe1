// Costs that are the same in every run, against a baseline: where a change begins, who lacks what.

#include "tools/slo_gate/comparison/exact_costs.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

std::vector<const Report*> PointersTo(const std::vector<Report>& reports) {
  std::vector<const Report*> pointers;
  for (const Report& report : reports) pointers.push_back(&report);
  return pointers;
}

std::vector<Scenario> JudgedExactCosts(const std::vector<Report>& reports, const Report& baseline,
                                       const RegressionLimits& limits) {
  ScenarioList scenarios;
  JudgeExactCosts(PointersTo(reports), {&baseline}, limits, /*are_all_exact=*/true, scenarios);
  return std::move(scenarios).Take();
}

using ::testing::HasSubstr;

ExactLimit LimitOn(const std::string& metric, double max_change, const std::string& glob = "*") {
  return {.id = metric,
          .benchmark = glob,
          .metric = metric,
          .max_change = {.value = max_change, .text = "limit"},
          .why = "w"};
}

RegressionLimits ExactLimits(std::vector<ExactLimit> limits) {
  return {.file = "r.json", .exact = std::move(limits)};
}

ReportRow ExactRow(const std::string& name, std::vector<std::pair<std::string, double>> metrics) {
  return {.name = name, .metrics = std::move(metrics)};
}

Report ExactFile(const std::string& name, std::vector<ReportRow> rows) {
  return {.file = name, .rows = std::move(rows)};
}

// One row of one benchmark on both sides, by one limit.
Check CompareCosts(double base, double found, const ExactLimit& limit) {
  const auto scenarios = JudgedExactCosts(
      {ExactFile("r", {ExactRow("BM_A", {{limit.metric, found}})})},
      ExactFile("b", {ExactRow("BM_A", {{limit.metric, base}})}), ExactLimits({limit}));
  EXPECT_EQ(scenarios.size(), 1U);
  EXPECT_EQ(scenarios[0].status, scenarios[0].checks[0].status);
  return scenarios[0].checks[0];
}

TEST(JudgeExactCosts, AllowsAChangeUpToTheLimitInBothDirections) {
  struct Row {
    double found;
    CheckStatus status;
    Reason outcome;
    double change;
  };
  for (const Row& row :
       {Row{4, CheckStatus::kPass, Reason::kOk, 0}, Row{5, CheckStatus::kPass, Reason::kOk, 0.25},
        Row{5.01, CheckStatus::kFail, Reason::kRegressed, 0.2525},
        Row{3, CheckStatus::kPass, Reason::kOk, -0.25},
        Row{2.99, CheckStatus::kFail, Reason::kImproved, -0.2525},
        Row{0, CheckStatus::kFail, Reason::kImproved, -1}}) {
    const Check check = CompareCosts(4, row.found, LimitOn("allocations", 0.25));
    EXPECT_EQ(check.status, row.status) << row.found;
    EXPECT_EQ(check.change()->outcome, row.outcome) << row.found;
    EXPECT_NEAR(*check.actual, row.change, 1e-12);
    EXPECT_EQ(check.metric, "allocations change");
    EXPECT_EQ(check.rows, 1);
    EXPECT_EQ(check.change()->tolerance, 0.25);
    EXPECT_EQ(check.threshold.value, 0.25);
  }
}

TEST(JudgeExactCosts, JudgesAChangeWhateverItIsAChangeOf) {
  for (const double base : {0.5, 1.0, 2.0, 3.0, 1e6}) {
    const Check check = CompareCosts(base, 1.5 * base, LimitOn("allocations", 0.5));
    EXPECT_EQ(check.status, CheckStatus::kPass) << base;
    EXPECT_DOUBLE_EQ(*check.actual, 0.5) << base;
    EXPECT_EQ(CompareCosts(base, 1.51 * base, LimitOn("allocations", 0.5)).change()->outcome,
              Reason::kRegressed);
  }
}

TEST(JudgeExactCosts, TakesAnyCostAboveNoneForMore) {
  const ExactLimit limit = LimitOn("allocations", 0.25);
  EXPECT_EQ(CompareCosts(0, 0, limit).change()->outcome, Reason::kOk);
  const Check check = CompareCosts(0, 1, limit);
  EXPECT_EQ(check.change()->outcome, Reason::kRegressed);
  EXPECT_EQ(check.actual, std::numeric_limits<double>::infinity());
}

TEST(JudgeExactCosts, TellsFiguresApartByTheirLastDigit) {
  const ExactLimit limit = LimitOn("response_digest", 0);
  for (const double other : {123'456'789'012'346.0, 123'456'789'012'344.0}) {
    const Check check = CompareCosts(123'456'789'012'345, other, limit);
    EXPECT_EQ(check.change()->outcome, Reason::kChanged);
    EXPECT_EQ(check.status, CheckStatus::kFail);
    EXPECT_EQ(check.change()->base_value, 123'456'789'012'345);
    EXPECT_EQ(check.change()->candidate_value, other);
  }
}

TEST(JudgeExactCosts, OnlyWarnsBySeverity) {
  ExactLimit limit = LimitOn("allocations", 0);
  limit.severity = Severity::kWarn;
  const Check check = CompareCosts(4, 5, limit);
  EXPECT_EQ(check.status, CheckStatus::kWarn);
  EXPECT_EQ(check.change()->outcome, Reason::kRegressed);
}

// What became of each check, as "benchmark metric outcome".
std::vector<std::string> Found(const std::vector<Scenario>& scenarios) {
  std::vector<std::string> found;
  for (const Scenario& scenario : scenarios) {
    for (const Check& check : scenario.checks) {
      found.push_back(scenario.name + " " + check.id + " " +
                      std::string(Name(check.change()->outcome)));
    }
  }
  return found;
}

using Expected = std::vector<std::string>;

TEST(JudgeExactCosts, SaysWhichSideLacksAMetric) {
  const RegressionLimits limits = ExactLimits({LimitOn("a", 0), LimitOn("b", 0), LimitOn("c", 0)});
  const auto scenarios =
      JudgedExactCosts({ExactFile("r", {ExactRow("BM_A", {{"a", 1}, {"c", 1}})})},
                       ExactFile("b", {ExactRow("BM_A", {{"a", 1}, {"b", 1}})}), limits);
  EXPECT_EQ(Found(scenarios), (Expected{"BM_A a ok", "BM_A b missing", "BM_A c missing"}));
  const auto lacks = [](BuildSide side, const std::string& metric) {
    return Defect{
        .reason = Reason::kMissing, .absent = Absent::kMetric, .side = side, .metric = metric};
  };
  EXPECT_EQ(scenarios[0].checks[1].change()->defect, lacks(BuildSide::kCandidate, "b"));
  EXPECT_EQ(scenarios[0].checks[2].change()->defect, lacks(BuildSide::kBase, "c"));
  EXPECT_EQ(scenarios[0].status, CheckStatus::kFail);
}

TEST(JudgeExactCosts, MissesABenchmarkOncePerSideWhateverItsLimits) {
  const auto scenarios =
      JudgedExactCosts({ExactFile("r", {ExactRow("BM_New", {{"a", 1}, {"b", 1}})})},
                       ExactFile("b", {ExactRow("BM_Old", {{"a", 1}, {"b", 1}})}),
                       ExactLimits({LimitOn("a", 0, "BM_*"), LimitOn("b", 0, "BM_*")}));
  EXPECT_EQ(Found(scenarios), (Expected{"BM_New a missing", "BM_Old a missing", "BM_* b missing"}));
  const auto lacks = [](BuildSide side) {
    return Defect{.reason = Reason::kMissing, .absent = Absent::kBenchmark, .side = side};
  };
  EXPECT_EQ(scenarios[0].checks[0].change()->defect, lacks(BuildSide::kBase));
  EXPECT_EQ(scenarios[1].checks[0].change()->defect, lacks(BuildSide::kCandidate));
}

TEST(JudgeExactCosts, FailsAnErrorRowOfEitherSideOnce) {
  ReportRow bad = ExactRow("BM_A", {{"a", 1}, {"b", 1}});
  bad.error = "broken";
  const ReportRow good = ExactRow("BM_A", {{"a", 1}, {"b", 1}});
  const RegressionLimits limits = ExactLimits({LimitOn("a", 0), LimitOn("b", 0)});
  for (const auto& [base, found] : {std::pair(bad, good), {good, bad}}) {
    const auto scenarios =
        JudgedExactCosts({ExactFile("r", {found})}, ExactFile("b", {base}), limits);
    EXPECT_EQ(scenarios[0].checks.size(), 1U);
    EXPECT_EQ(scenarios[0].checks[0].change()->outcome, Reason::kError);
    EXPECT_EQ(scenarios[0].checks[0].change()->defect->message, "broken");
    EXPECT_EQ(scenarios[0].status, CheckStatus::kFail);
  }
}

TEST(JudgeExactCosts, AsksForALimitOnEveryBenchmarkAndABenchmarkForEveryLimit) {
  const Report file = ExactFile("b", {ExactRow("BM_A", {{"a", 1}}), ExactRow("BM_B", {{"z", 1}})});
  const auto scenarios = JudgedExactCosts(
      {file}, file,
      ExactLimits({LimitOn("a", 0, "BM_A"), LimitOn("b", 0, "BM_*"), LimitOn("c", 0, "Other")}));
  EXPECT_EQ(Found(scenarios), (Expected{"BM_A a ok", "BM_B exact no_tolerance", "BM_* b missing",
                                        "Other c missing"}));
  EXPECT_EQ(scenarios[1].status, CheckStatus::kFail);
  EXPECT_EQ(scenarios[3].status, CheckStatus::kFail);
}

TEST(JudgeExactCosts, JudgesEveryLimitThatMatchesAndTakesTheWorst) {
  const auto scenarios =
      JudgedExactCosts({ExactFile("r", {ExactRow("BM_A", {{"a", 2}, {"b", 1}, {"c", 1}})})},
                       ExactFile("b", {ExactRow("BM_A", {{"a", 1}, {"b", 1}, {"c", 1}})}),
                       ExactLimits({LimitOn("a", 0), LimitOn("b", 0), LimitOn("c", 0, "BM_B")}));
  EXPECT_EQ(Found(scenarios), (Expected{"BM_A a regressed", "BM_A b ok", "BM_B c missing"}));
  EXPECT_EQ(scenarios[0].status, CheckStatus::kFail);
}

TEST(JudgeExactCosts, FindsRowsInAnyFileAndInAnyOrder) {
  const ReportRow a = ExactRow("BM_A", {{"a", 1}});
  const ReportRow b = ExactRow("BM_B", {{"a", 2}});
  const RegressionLimits limits = ExactLimits({LimitOn("a", 0)});
  const Expected expected = {"BM_A a ok", "BM_B a ok"};
  EXPECT_EQ(Found(JudgedExactCosts({ExactFile("r", {a, b})}, ExactFile("b", {a, b}), limits)),
            expected);
  EXPECT_EQ(Found(JudgedExactCosts({ExactFile("r", {b, a})}, ExactFile("b", {a, b}), limits)),
            expected);
  EXPECT_EQ(Found(JudgedExactCosts({ExactFile("r", {b}), ExactFile("s", {a})},
                                   ExactFile("b", {b, a}), limits)),
            expected);
}

TEST(ExactLimits, ApplyToResultsOfTimesToo) {
  const auto judge = [](double found, const std::string& metric) {
    const std::vector<Report> reports = {ExactFile("1", {ExactRow("BM_A", {{"a", found}})}),
                                         ExactFile("2", {ExactRow("BM_A", {{"a", found}})})};
    const Report baseline = ExactFile("b", {ExactRow("BM_A", {{"a", 3}})});
    ScenarioList scenarios;
    JudgeExactCosts(PointersTo(reports), {&baseline}, ExactLimits({LimitOn(metric, 0)}),
                    /*are_all_exact=*/false, scenarios);
    return std::move(scenarios).Take();
  };
  EXPECT_EQ(judge(3, "a")[0].checks[0].reason, Reason::kOk);
  EXPECT_EQ(judge(4, "a")[0].checks[0].reason, Reason::kRegressed);
  EXPECT_TRUE(judge(3, "b").empty()) << "a limit on what bench_exact counts";
}

TEST(ExactLimits, FailANumberThatDiffersBetweenProcesses) {
  const std::vector<Report> reports = {ExactFile("1", {ExactRow("BM_A", {{"a", 3}})}),
                                       ExactFile("2", {ExactRow("BM_A", {{"a", 4}})})};
  const auto scenarios = JudgedExactCosts(reports, ExactFile("b", {ExactRow("BM_A", {{"a", 3}})}),
                                          ExactLimits({LimitOn("a", 0)}));
  EXPECT_EQ(scenarios[0].checks[0].reason, Reason::kNotExact);
  EXPECT_EQ(scenarios[0].status, CheckStatus::kFail);
}

}  // namespace
}  // namespace slo::tools
