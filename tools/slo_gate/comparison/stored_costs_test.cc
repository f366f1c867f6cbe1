// Times of processes against those of another day: what one observation is, who lacks what.

#include "tools/slo_gate/comparison/stored_costs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

std::vector<Scenario> JudgedStoredCosts(const std::vector<Report>& reports, const Report& baseline,
                                        const RegressionLimits& limits, const std::string& now) {
  std::vector<const Report*> pointers;
  for (const Report& report : reports) pointers.push_back(&report);
  ScenarioList scenarios;
  JudgeStoredCosts(pointers, {&baseline}, limits, now, scenarios);
  return std::move(scenarios).Take();
}

using ::testing::HasSubstr;

// By process the times of its repetitions.
using Times = std::vector<std::vector<double>>;

RegressionLimits StoredLimits(double max_increase, const std::string& glob = "*") {
  return {.file = "r.json",
          .tolerances = {{.id = "all",
                          .benchmark = glob,
                          .max_increase = {.value = max_increase, .text = "limit"},
                          .max_increase_stored = Allowance{.value = max_increase, .text = "limit"},
                          .why = "w"}}};
}

Report BaselineOf(const Times& times, const std::string& name = "BM_A") {
  Report report = {.file = "baseline.json"};
  for (size_t process = 0; process < times.size(); ++process) {
    for (const double time : times[process]) {
      report.rows.push_back(
          {.name = name,
           .metrics = {{"cpu_time", time}, {"process", static_cast<double>(process)}}});
    }
  }
  return report;
}

// A file each.
std::vector<Report> FilesOf(const Times& times, const std::string& name = "BM_A") {
  std::vector<Report> reports;
  for (size_t process = 0; process < times.size(); ++process) {
    reports.push_back({.file = "run" + std::to_string(process)});
    for (const double time : times[process]) {
      reports.back().rows.push_back({.name = name, .metrics = {{"cpu_time", time}}});
    }
  }
  return reports;
}

Check JudgeStored(const std::vector<Report>& reports, const Report& baseline,
                  double max_increase = 0.25) {
  const auto scenarios =
      JudgedStoredCosts(reports, baseline, StoredLimits(max_increase), "2026-11-23T12:00:00Z");
  EXPECT_EQ(scenarios[0].status, scenarios[0].checks[0].status);
  return scenarios[0].checks[0];
}

// Logarithms from -0.02 to 0.02 around that of the factor.
Times FiveProcesses(double factor) {
  Times times;
  for (const double log : {-0.02, -0.01, 0.0, 0.01, 0.02})
    times.push_back({factor * std::exp(log)});
  return times;
}

TEST(JudgeStoredCosts, EqualsAnExampleByHand) {
  // Logarithms of variance 0.00025 on both sides: the error of the difference is 0.01 with 8
  // degrees of freedom, whose t at 99 % is 2.896.
  const Check check = JudgeStored(FilesOf(FiveProcesses(1.1)), BaselineOf(FiveProcesses(1)));
  EXPECT_NEAR(*check.actual, 0.1, 1e-9);
  EXPECT_NEAR(*check.change()->upper, 1.1 * std::exp(0.02896) - 1, 1e-5);
  EXPECT_NEAR(*check.change()->lower, 1.1 * std::exp(-0.02896) - 1, 1e-5);
  EXPECT_EQ(check.samples, 5);
  EXPECT_DOUBLE_EQ(*check.confidence, 0.99);
  EXPECT_EQ(check.change()->outcome, Reason::kOk);
  EXPECT_LT(*check.change()->p_increase, 1e-4);
}

TEST(JudgeStoredCosts, TellsTheOutcomesApart) {
  const auto outcome = [](double factor, double tolerance) {
    return JudgeStored(FilesOf(FiveProcesses(factor)), BaselineOf(FiveProcesses(1)), tolerance)
        .change()
        ->outcome;
  };
  EXPECT_EQ(outcome(1, 0.25), Reason::kOk);
  EXPECT_EQ(outcome(1.3, 0.25), Reason::kRegressed);
  EXPECT_EQ(outcome(1 / 1.3, 0.25), Reason::kImproved);
  EXPECT_EQ(outcome(1.24, 0.25), Reason::kUndecided);
  // Swapping the sides turns one into the other.
  EXPECT_EQ(
      JudgeStored(FilesOf(FiveProcesses(1)), BaselineOf(FiveProcesses(1.3))).change()->outcome,
      Reason::kImproved);
}

TEST(JudgeStoredCosts, DependsOnNeitherUnitNorOrder) {
  Times base = {{1.0}, {1.1}, {1.05}, {0.97}};
  Times times = {{1.2}, {1.15}, {1.31}};
  const Check check = JudgeStored(FilesOf(times), BaselineOf(base));
  std::reverse(base.begin(), base.end());
  std::reverse(times.begin(), times.end());
  for (Times* side : {&base, &times}) {
    for (auto& process : *side) process[0] *= 1'000;
  }
  const Check other = JudgeStored(FilesOf(times), BaselineOf(base));
  EXPECT_NEAR(*check.actual, *other.actual, 1e-12);
  EXPECT_NEAR(*check.bound, *other.bound, 1e-12);
  EXPECT_EQ(check.change()->outcome, other.change()->outcome);
  EXPECT_EQ(check.samples, 3) << "the smaller side";
}

TEST(JudgeStoredCosts, TakesTheMedianOfAProcessForOneObservation) {
  const Times plain = {{1}, {2}, {4}};
  // The median of each process is that of `plain`; of an even number, the mean of the middle two.
  const Times repeated = {{9, 1, 0.5}, {2.5, 0.1, 1.5, 7}, {4}};
  const Check one = JudgeStored(FilesOf(plain), BaselineOf({{1}, {1.5}, {2}}));
  const Check other = JudgeStored(FilesOf(repeated), BaselineOf({{1}, {1.5}, {2}}));
  EXPECT_EQ(one.samples, 3);
  EXPECT_EQ(other.samples, 3);
  EXPECT_EQ(one.actual, other.actual);
  EXPECT_EQ(one.bound, other.bound);
  const Check baseline = JudgeStored(FilesOf({{1}, {1.5}, {2}}), BaselineOf(repeated));
  EXPECT_NEAR((1 + *baseline.actual) * (1 + *one.actual), 1, 1e-12);
}

TEST(JudgeStoredCosts, IsUndecidedByOneProcessASide) {
  for (const auto& [times, base] :
       {std::pair(Times{{9, 9, 9}}, FiveProcesses(1)), {FiveProcesses(9), Times{{1, 1, 1}}}}) {
    const Check check = JudgeStored(FilesOf(times), BaselineOf(base));
    EXPECT_EQ(check.status, CheckStatus::kInsufficient);
    EXPECT_EQ(check.samples, 1);
    EXPECT_EQ(check.bound, std::nullopt);
  }
}

TEST(JudgeStoredCosts, FailsWhatIsNoTime) {
  for (const double bad :
       {-1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(
        JudgeStored(FilesOf({{1}, {bad}, {1.1}}), BaselineOf(FiveProcesses(1))).change()->outcome,
        Reason::kNoTime)
        << bad;
    EXPECT_EQ(
        JudgeStored(FilesOf(FiveProcesses(1)), BaselineOf({{1}, {bad, 1.2}})).change()->outcome,
        Reason::kNoTime)
        << bad;
  }
  std::vector<Report> without = FilesOf(FiveProcesses(1));
  without[2].rows[0].metrics.Erase("cpu_time");
  EXPECT_EQ(JudgeStored(without, BaselineOf(FiveProcesses(1))).change()->outcome, Reason::kNoTime);
}

TEST(JudgeStoredCosts, FailsAnErrorOfEitherSide) {
  std::vector<Report> files = FilesOf(FiveProcesses(1));
  Report baseline = BaselineOf(FiveProcesses(1));
  files[3].rows[0].error = "broken now";
  EXPECT_EQ(JudgeStored(files, baseline).change()->outcome, Reason::kError);
  EXPECT_EQ(JudgeStored(files, baseline).change()->defect->message, "broken now");
  baseline.rows[1].error = "broken then";
  EXPECT_EQ(JudgeStored(files, baseline).change()->defect->message, "broken then");
  EXPECT_EQ(JudgeStored(FilesOf(FiveProcesses(1)), baseline).change()->outcome, Reason::kError);
}

TEST(JudgeStoredCosts, SaysWhichSideLacksABenchmark) {
  const auto scenarios =
      JudgedStoredCosts(FilesOf(FiveProcesses(1), "BM_New"), BaselineOf(FiveProcesses(1), "BM_Old"),
                        StoredLimits(0.25), "2026-11-23T12:00:00Z");
  ASSERT_EQ(scenarios.size(), 2U);
  EXPECT_EQ(scenarios[0].name, "BM_New");
  EXPECT_EQ(scenarios[0].checks[0].change()->defect->side, BuildSide::kBase);
  EXPECT_EQ(scenarios[1].name, "BM_Old");
  EXPECT_EQ(scenarios[1].checks[0].change()->defect->side, BuildSide::kCandidate);
  EXPECT_EQ(scenarios[1].status, CheckStatus::kFail);
}

TEST(JudgeStoredCosts, AsksForATolerance) {
  const auto scenarios = JudgedStoredCosts(FilesOf(FiveProcesses(1)), BaselineOf(FiveProcesses(1)),
                                           StoredLimits(0.25, "BM_B"), "2026-11-23T12:00:00Z");
  EXPECT_EQ(scenarios[0].checks[0].change()->outcome, Reason::kNoTolerance);
}

TEST(JudgeStoredCosts, SpreadsTheErrorOverAllBenchmarks) {
  std::vector<Report> files = FilesOf(FiveProcesses(1.1));
  Report baseline = BaselineOf(FiveProcesses(1));
  const Check alone = JudgeStored(files, baseline);
  for (const char* name : {"BM_B", "BM_C"}) {
    const std::vector<Report> same = FilesOf(FiveProcesses(1), name);
    for (size_t i = 0; i < files.size(); ++i) {
      files[i].rows.push_back(same[i].rows[0]);
    }
    const Report stored = BaselineOf(FiveProcesses(1), name);
    baseline.rows.insert(baseline.rows.end(), stored.rows.begin(), stored.rows.end());
  }
  const Check of_three = JudgeStored(files, baseline);
  EXPECT_DOUBLE_EQ(*of_three.confidence, 1 - 0.01 / 3);
  EXPECT_GT(*of_three.bound, *alone.bound);
  // Holm: the smallest of three p-values, three times.
  EXPECT_NEAR(*of_three.change()->p_increase, 3 * *alone.change()->p_increase, 1e-12);
}

TEST(JudgeStoredCosts, NeedsTheProcessOfEveryRowOrOfNone) {
  Report baseline = BaselineOf({{1}, {1.5}, {2}});
  baseline.rows.push_back({.name = "BM_A", .metrics = {{"cpu_time", 1.2}}});
  const Check check = JudgeStored(FilesOf({{1}, {1.5}, {2}, {3}}), baseline);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.reason, Reason::kLacksCounter);
  EXPECT_EQ(check.change()->defect->metric, "process");
}

// ---- Numbers that are the same in every process ----

TEST(DeterministicNumbers, AreComparedExactly) {
  struct Row {
    double base;
    double candidate;
    Reason outcome;
    double change;
  };
  const double infinite = std::numeric_limits<double>::infinity();
  for (const Row& row : {Row{3, 3, Reason::kOk, 0}, Row{3, 4, Reason::kRegressed, 1.0 / 3},
                         Row{4, 3, Reason::kImproved, -0.25}, Row{0, 0, Reason::kOk, 0},
                         Row{0, 1, Reason::kRegressed, infinite}, Row{1, 0, Reason::kImproved, -1},
                         Row{64, 65, Reason::kOk, 1.0 / 64}}) {
    const Check check = JudgeStored(FilesOf({{row.candidate}, {row.candidate}}),
                                    BaselineOf({{row.base}, {row.base}, {row.base}}), 0.02);
    EXPECT_EQ(check.reason, row.outcome) << row.base << " " << row.candidate;
    EXPECT_DOUBLE_EQ(*check.actual, row.change);
    EXPECT_TRUE(check.change()->is_deterministic);
    EXPECT_EQ(check.change()->base_value, row.base);
    EXPECT_EQ(check.change()->candidate_value, row.candidate);
  }
}

TEST(DeterministicNumbers, AreNotThoseOfOneProcess) {
  const Check check = JudgeStored(FilesOf({{4}}), BaselineOf({{3}}));
  EXPECT_EQ(check.reason, Reason::kOneProcess);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_DOUBLE_EQ(*check.actual, 1.0 / 3) << "observed, and not shown";
  EXPECT_EQ(check.bound, std::nullopt);
  EXPECT_FALSE(check.change()->has_repetitions);
  EXPECT_TRUE(JudgeStored(FilesOf({{4, 4, 4}}), BaselineOf({{3}})).change()->has_repetitions);
}

TEST(StoredZeros, AmongOtherNumbersLeaveTheChangeUndecided) {
  const Check check = JudgeStored(FilesOf({{0}, {2}, {3}}), BaselineOf(FiveProcesses(1)));
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.bound, std::nullopt);
}

TEST(StoredCosts, SayThatOnlyAggregatesAreThere) {
  Report aggregates = {.file = "c.json"};
  aggregates.aggregates = {{.name = "BM_A_mean", .run_name = "BM_A", .aggregate_name = "mean"}};
  const auto scenarios = JudgedStoredCosts({aggregates}, BaselineOf(FiveProcesses(1)),
                                           StoredLimits(0.25), "2026-11-23T12:00:00Z");
  ASSERT_EQ(scenarios.size(), 1U);
  EXPECT_EQ(scenarios[0].checks[0].reason, Reason::kOnlyAggregates);
  EXPECT_EQ(scenarios[0].status, CheckStatus::kInsufficient);
}

TEST(StoredCosts, FailAToleranceThatMatchesNoBenchmark) {
  RegressionLimits limits = StoredLimits(0.25);
  limits.tolerances.insert(limits.tolerances.begin(), {.id = "typo", .benchmark = "BM_Z*"});
  const auto scenarios = JudgedStoredCosts(FilesOf(FiveProcesses(1)), BaselineOf(FiveProcesses(1)),
                                           limits, "2026-11-23T12:00:00Z");
  ASSERT_EQ(scenarios.size(), 2U);
  EXPECT_EQ(scenarios[1].name, "BM_Z*");
  EXPECT_EQ(scenarios[1].status, CheckStatus::kFail);
}

TEST(StoredCosts, FailADebugBuildOfEitherSide) {
  Report baseline = BaselineOf(FiveProcesses(1));
  baseline.context["slo_build_type"] = "debug";
  const Check check = JudgeStored(FilesOf(FiveProcesses(1)), baseline);
  EXPECT_EQ(check.reason, Reason::kDebugBuild);
  EXPECT_EQ(check.status, CheckStatus::kFail);
}

}  // namespace
}  // namespace slo::tools
