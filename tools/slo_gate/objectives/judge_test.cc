#include "tools/slo_gate/objectives/judge.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

ReportRow MakeRow(const std::string& name, double p50_us) {
  return {.name = name, .metrics = {{"stage_cpu_us", p50_us}, {"real_time", 10.0}}};
}

Report MakeReport(std::vector<ReportRow> rows, const std::string& build_type = "release") {
  return {.file = "r.json",
          .context = {{"slo_build_type", build_type}, {"slo_schema", "1"}},
          .rows = std::move(rows)};
}

Thresholds MakeThresholds(const std::string& glob, double max_us) {
  return {.file = "t.json",
          .points = true,
          .objectives = {{.id = "o",
                          .benchmark = glob,
                          .metric = "stage_cpu_us",
                          .max = Limit{.value = max_us, .text = "limit"},
                          .why = "w",
                          .source = "s"}}};
}

TEST(Judge, MakesAScenarioOfEachRowThatTheGlobMatches) {
  const Verdict verdict =
      Judge({MakeReport({MakeRow("BM_A/1", 1), MakeRow("BM_A/2", 9), MakeRow("BM_B/1", 9)})},
            MakeThresholds("BM_A/*", 5), {});
  ASSERT_EQ(verdict.scenarios.size(), 2u);
  EXPECT_EQ(verdict.scenarios[0].status, CheckStatus::kPass);
  EXPECT_EQ(verdict.scenarios[1].status, CheckStatus::kFail);
  EXPECT_EQ(verdict.summary.overall_status, CheckStatus::kFail);
  EXPECT_EQ(verdict.summary.checks_total, 2);
  EXPECT_EQ(ExitCodeOf(verdict), 1);
}

TEST(Judge, FailsAnObjectiveWithoutARowAndNamesTheNearest) {
  const Verdict verdict =
      Judge({MakeReport({MakeRow("BM_LoadBurst", 1)})}, MakeThresholds("BM_LaodBurst", 5), {});
  ASSERT_EQ(verdict.scenarios.size(), 1u);
  EXPECT_EQ(verdict.scenarios[0].name, "BM_LaodBurst");
  EXPECT_EQ(verdict.scenarios[0].checks[0].reason, Reason::kNoRow);
  EXPECT_EQ(verdict.scenarios[0].checks[0].objective()->no_match->nearest, "BM_LoadBurst");
  EXPECT_EQ(ExitCodeOf(verdict), 1);
}

TEST(Judge, FailsWhenThereIsNoRowAtAll) {
  EXPECT_EQ(ExitCodeOf(Judge({MakeReport({})}, MakeThresholds("*", 5), {})), 1);
}

TEST(Judge, LetsTheWorstOfSeveralRowsOfOneNameDecideInAnyOrder) {
  const Report good = MakeReport({MakeRow("BM_A", 1)});
  const Report bad = MakeReport({MakeRow("BM_A", 9)});
  for (const auto& reports : {std::vector<Report>{good, bad}, std::vector<Report>{bad, good}}) {
    const Verdict verdict = Judge(reports, MakeThresholds("BM_A", 5), {});
    ASSERT_EQ(verdict.summary.checks_total, 1);
    EXPECT_EQ(verdict.scenarios[0].checks[0].actual, 9);
    EXPECT_EQ(verdict.summary.overall_status, CheckStatus::kFail);
  }
}

TEST(Judge, FailsEveryCheckOfADebugBuild) {
  const Verdict verdict =
      Judge({MakeReport({MakeRow("BM_A", 1)}, "debug")}, MakeThresholds("BM_A", 5), {});
  EXPECT_EQ(verdict.scenarios[0].checks[0].reason, Reason::kDebugBuild);
  EXPECT_EQ(verdict.scenarios[0].checks[0].objective()->message, "debug");
  EXPECT_EQ(ExitCodeOf(verdict), 1);
}

TEST(Judge, KnowsOptimisedBuildsInAnySpelling) {
  for (const char* type : {"release", "Release", "RelWithDebInfo", "MinSizeRel"}) {
    const Verdict verdict =
        Judge({MakeReport({MakeRow("BM_A", 1)}, type)}, MakeThresholds("BM_A", 5), {});
    EXPECT_EQ(ExitCodeOf(verdict), 0) << type;
  }
}

TEST(Judge, JudgesOtherProgramsThatDoNotStateTheirBuildAndNotesIt) {
  Report report = MakeReport({MakeRow("BM_A", 1)}, "");
  report.context.erase("slo_schema");
  const Verdict verdict = Judge({report}, MakeThresholds("BM_A", 5), {});
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  EXPECT_THAT(verdict.notes, Contains(HasSubstr("do not state their build type")));
}

TEST(Judge, DoesNotPassOurProgramWhereItDoesNotStateItsBuild) {
  const Report report = MakeReport({MakeRow("BM_A", 1)}, "");
  const Verdict verdict = Judge({report}, MakeThresholds("BM_A", 5), {});
  EXPECT_EQ(ExitCodeOf(verdict), 3);
  EXPECT_EQ(verdict.scenarios[0].checks[0].reason, Reason::kBuildUnknown);
  EXPECT_EQ(ExitCodeOf(Judge({report}, MakeThresholds("BM_A", 0.5), {})), 1) << "still a failure";
}

// Rows BM_0, BM_1, ... whose limits hold at the level.
Report MakeReportWithLimits(int rows, double level) {
  Report report = MakeReport({});
  report.confidence = level;
  for (int i = 0; i < rows; ++i) {
    report.rows.push_back({.name = "BM_" + std::to_string(i),
                           .metrics = {{"stage_cpu_lower_us", 1.0},
                                       {"stage_cpu_upper_us", 2.0},
                                       {"stage_cpu_us", 1.5},
                                       {"real_time", 1.0}}});
  }
  return report;
}

TEST(Judge, SpreadsTheErrorOverTheChecksThatCarryAConfidence) {
  const Report report = MakeReportWithLimits(3, 0.99);
  const Verdict verdict = Judge({report}, MakeThresholds("*", 5), {});
  EXPECT_NEAR(*verdict.summary.family_confidence, 0.97, 1e-12);
}

TEST(Judge, CountsEveryRowBehindACheckInTheFamilysError) {
  Report report = MakeReport({});
  report.confidence = 0.99;
  for (const double upper : {2.0, 9.0, 3.0}) {
    report.rows.push_back(
        {.name = "BM_A",
         .metrics = {{"stage_cpu_upper_us", upper}, {"stage_cpu_us", 1.5}, {"real_time", 1.0}}});
  }
  const Verdict verdict = Judge({report}, MakeThresholds("BM_A", 10), {});
  const Check& check = verdict.scenarios[0].checks[0];
  EXPECT_EQ(check.rows, 3);
  EXPECT_EQ(check.bound, 9);
  EXPECT_EQ(verdict.scenarios[0].metrics.Find("stage_cpu_upper_us"), 9)
      << "the metrics are of the worst row";
  EXPECT_NEAR(*verdict.summary.family_confidence, 0.97, 1e-12);
}

TEST(Judge, AsksEachCheckForItsShareOfTheFamilysError) {
  const Report report = MakeReportWithLimits(3, 0.98);
  Thresholds thresholds = MakeThresholds("*", 5);
  // Three checks of 2 % each exceed 5 %, but not 6 %.
  EXPECT_EQ(ExitCodeOf(Judge({report}, thresholds, {})), 3);
  thresholds.confidence = 0.94;
  EXPECT_EQ(ExitCodeOf(Judge({report}, thresholds, {})), 0);
  thresholds.confidence = 0.95;
  EXPECT_EQ(ExitCodeOf(Judge({report, report}, MakeThresholds("BM_0", 5), {})), 0)
      << "rows of one name are one check";
}

TEST(ExitCodeOf, RanksTheStatesBySeverity) {
  Verdict verdict;
  verdict.summary.overall_status = CheckStatus::kInsufficient;
  EXPECT_EQ(ExitCodeOf(verdict), 3);
  verdict.allow_insufficient = true;
  EXPECT_EQ(ExitCodeOf(verdict), 3) << "nothing was judged";
  verdict.coverage = {.expected = 1, .judged = 1};
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  verdict.summary.overall_status = CheckStatus::kInvalid;
  EXPECT_EQ(ExitCodeOf(verdict), 4);
  EXPECT_LT(CheckStatus::kInsufficient, CheckStatus::kInvalid);
  EXPECT_LT(CheckStatus::kInvalid, CheckStatus::kFail);
}

// An objective about the machine beside MakeThresholds' own.
Thresholds WithMachineObjective(double max_us) {
  Thresholds thresholds = MakeThresholds("BM_A", max_us);
  thresholds.objectives.push_back({.id = "stalls",
                                   .benchmark = "BM_*",
                                   .metric = "environment_stall_share",
                                   .max = Limit{.value = 0.2, .text = "0.2"},
                                   .why = "w",
                                   .source = "s",
                                   .excuses = {"stage_*", "run_*"}});
  return thresholds;
}

Report ReportWithStalls(double p50_us, double share) {
  ReportRow row = MakeRow("BM_A", p50_us);
  row.metrics.Set("environment_stall_share", share);
  return MakeReport({std::move(row)});
}

TEST(Judge, MakesARowInvalidThatTheMachineDisturbed) {
  const Verdict verdict = Judge({ReportWithStalls(1, 0.3)}, WithMachineObjective(5), {});
  EXPECT_EQ(ExitCodeOf(verdict), 4) << "although the API kept its limit";
  EXPECT_EQ(verdict.summary.checks_passed, 1);
}

TEST(Judge, BlamesTheMachineAndNotTheApiForWhatItExcuses) {
  const Verdict verdict = Judge({ReportWithStalls(9, 0.3)}, WithMachineObjective(5), {});
  EXPECT_EQ(ExitCodeOf(verdict), 4);
  const Check& excused = verdict.scenarios[0].checks[1];
  EXPECT_EQ(excused.id, "o");
  EXPECT_EQ(excused.reason, Reason::kMachine);
  const Disturbance& disturbance = excused.objective()->disturbed_by.value();
  EXPECT_EQ(disturbance.id, "stalls");
  EXPECT_EQ(disturbance.metric, "environment_stall_share");
  EXPECT_EQ(disturbance.value, 0.3);
  EXPECT_EQ(disturbance.limit_text, "0.2");
  EXPECT_FALSE(verdict.scenarios[0].checks[0].objective()->disturbed_by.has_value());
}

TEST(Judge, DoesNotExcuseWhatTheMachineCannotHaveDone) {
  Thresholds thresholds = WithMachineObjective(5);
  thresholds.objectives[1].excuses = {"runs_per_second"};
  EXPECT_EQ(ExitCodeOf(Judge({ReportWithStalls(9, 0.3)}, thresholds, {})), 1);
  EXPECT_EQ(ExitCodeOf(Judge({ReportWithStalls(9, 0.1)}, WithMachineObjective(5), {})), 1)
      << "a quiet machine excuses nothing";
}

TEST(Judge, TakesARowThatSaysNothingAboutTheMachineAsItIs) {
  EXPECT_EQ(ExitCodeOf(Judge({MakeReport({MakeRow("BM_A", 1)})}, WithMachineObjective(5), {})), 0);
  EXPECT_EQ(ExitCodeOf(Judge({MakeReport({MakeRow("BM_A", 9)})}, WithMachineObjective(5), {})), 1);
}

}  // namespace
}  // namespace slo::tools
