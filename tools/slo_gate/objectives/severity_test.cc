// Objectives that only warn, and the reason codes of checks.

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/objectives/row_testing.h"
#include "tools/slo_gate/objectives/thresholds.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

Thresholds LimitOf10Us(Severity severity) {
  Thresholds thresholds = {.points = true};
  thresholds.objectives = {{.id = "p50",
                            .benchmark = "BM_A",
                            .metric = "stage_cpu_us",
                            .max = Limit{.value = 10, .text = "10us"},
                            .severity = severity}};
  return thresholds;
}

struct SeverityRow {
  const char* what;
  NamedValues metrics;
  std::optional<std::string> error;
  CheckStatus status;   // where the limit fails
  CheckStatus warning;  // where it only warns
  Reason reason;
};

const std::vector<SeverityRow>& SeverityRows() {
  static const auto* const rows = new std::vector<SeverityRow>{
      {"point kept",
       {{"stage_cpu_us", 10}},
       {},
       CheckStatus::kPass,
       CheckStatus::kPass,
       Reason::kLimitKept},
      {"point violated",
       {{"stage_cpu_us", 10.1}},
       {},
       CheckStatus::kFail,
       CheckStatus::kWarn,
       Reason::kLimitViolated},
      {"bound kept",
       {{"stage_cpu_us", 9}, {"stage_cpu_upper_us", 10}},
       {},
       CheckStatus::kPass,
       CheckStatus::kPass,
       Reason::kLimitKept},
      {"bound violated",
       {{"stage_cpu_us", 12}, {"stage_cpu_lower_us", 11}, {"stage_cpu_upper_us", 13}},
       {},
       CheckStatus::kFail,
       CheckStatus::kWarn,
       Reason::kLimitViolated},
      {"undecided",
       {{"stage_cpu_us", 9}, {"stage_cpu_lower_us", 8}, {"stage_cpu_upper_us", 11}},
       {},
       CheckStatus::kInsufficient,
       CheckStatus::kInsufficient,
       Reason::kUndecided},
      {"no metric", {{"x", 1}}, {}, CheckStatus::kFail, CheckStatus::kFail, Reason::kNoMetric},
      {"error row",
       {{"stage_cpu_us", 99}},
       "broken",
       CheckStatus::kFail,
       CheckStatus::kFail,
       Reason::kErrorRow},
      {"clock",
       {{"stage_cpu_us", 99}, {"real_time", 0}},
       {},
       CheckStatus::kInvalid,
       CheckStatus::kInvalid,
       Reason::kClockStopped},
  };
  return *rows;
}

Verdict JudgeRow(const SeverityRow& row, Severity severity, const char* build_type = "release") {
  Report report = {.confidence = 0.999,
                   .context = {{"slo_build_type", build_type}, {"slo_schema", "1"}}};
  ReportRow report_row = RowWith(row.metrics);
  report_row.error = row.error;
  report.rows = {report_row};
  return Judge({report}, LimitOf10Us(severity), {});
}

TEST(Severity, OnlyWarnsOfAViolatedLimit) {
  for (const SeverityRow& row : SeverityRows()) {
    EXPECT_EQ(JudgeRow(row, Severity::kFail).summary.overall_status, row.status) << row.what;
    const Verdict verdict = JudgeRow(row, Severity::kWarn);
    EXPECT_EQ(verdict.summary.overall_status, row.warning) << row.what;
    const bool is_warning = row.warning == CheckStatus::kWarn;
    EXPECT_EQ(verdict.summary.checks_warned, is_warning ? 1 : 0) << row.what;
    if (is_warning) {
      EXPECT_EQ(ExitCodeOf(verdict), 0) << row.what;
    }
  }
}

TEST(Severity, IsNoExcuseForADebugBuildNorForARowThatIsMissing) {
  const Verdict debug = JudgeRow(SeverityRows()[1], Severity::kWarn, "debug");
  EXPECT_EQ(debug.summary.overall_status, CheckStatus::kFail);
  EXPECT_EQ(debug.scenarios[0].checks[0].reason, Reason::kDebugBuild);
  const Verdict missing = Judge({Report{}}, LimitOf10Us(Severity::kWarn), {});
  EXPECT_EQ(missing.summary.overall_status, CheckStatus::kFail);
  EXPECT_EQ(missing.scenarios[0].checks[0].reason, Reason::kNoRow);
}

TEST(ReasonCode, SaysWhyWhateverTheSeverity) {
  for (const SeverityRow& row : SeverityRows()) {
    for (const Severity severity : {Severity::kFail, Severity::kWarn}) {
      EXPECT_EQ(JudgeRow(row, severity).scenarios[0].checks[0].reason, row.reason) << row.what;
    }
  }
}

TEST(ReasonCode, NamesALevelThatIsTooLow) {
  Report report = {.confidence = 0.9,
                   .context = {{"slo_build_type", "release"}, {"slo_schema", "1"}}};
  report.rows = {RowWith({{"stage_cpu_us", 1}, {"stage_cpu_upper_us", 2}})};
  const Verdict verdict = Judge({report}, LimitOf10Us(Severity::kFail), {});
  EXPECT_EQ(verdict.scenarios[0].checks[0].reason, Reason::kLevelTooLow);
  EXPECT_EQ(verdict.scenarios[0].checks[0].status, CheckStatus::kInsufficient);
}

TEST(ReasonCode, NamesTheMachineThatDisturbed) {
  Thresholds thresholds = LimitOf10Us(Severity::kWarn);
  thresholds.objectives.push_back({.id = "stall",
                                   .benchmark = "*",
                                   .metric = "environment_stall_share",
                                   .max = Limit{.value = 0.2, .text = "0.2"},
                                   .excuses = {"*_us"}});
  Report report = {.context = {{"num_cpus", "2"}}};
  report.rows = {RowWith({{"stage_cpu_us", 99}, {"environment_stall_share", 0.5}})};
  const Verdict verdict = Judge({report}, thresholds, {});
  ASSERT_EQ(verdict.scenarios[0].checks.size(), 2u);
  for (const Check& check : verdict.scenarios[0].checks) {
    EXPECT_EQ(check.status, CheckStatus::kInvalid) << check.id;
    EXPECT_EQ(check.reason, Reason::kMachine) << check.id;
  }
}

TEST(ParseThresholds, ReadsTheSeverityOfAnObjective) {
  const auto with = [](const std::string& severity) {
    return ParseThresholds("f", R"({"version": 1, "objectives": [{"id": "a", "benchmark": "*",
      "metric": "cpu_time", "max": "1s", "why": "w", "source": "s")" +
                                    severity + "}]}");
  };
  EXPECT_EQ(with("")->objectives[0].severity, Severity::kFail);
  EXPECT_EQ(with(R"(, "severity": "fail")")->objectives[0].severity, Severity::kFail);
  EXPECT_EQ(with(R"(, "severity": "warn")")->objectives[0].severity, Severity::kWarn);
  EXPECT_THAT(std::string(with(R"(, "severity": "panic")").status().message()),
              HasSubstr("objectives[0].severity: expected \"fail\" or \"warn\", found \"panic\""));
}

}  // namespace
}  // namespace slo::tools
