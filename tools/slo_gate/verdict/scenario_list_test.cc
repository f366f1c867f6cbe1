#include "tools/slo_gate/verdict/scenario_list.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

Check CheckOf(CheckStatus status, std::optional<double> headroom = std::nullopt,
              const std::string& id = "a", LimitKind kind = LimitKind::kMax) {
  return {.id = id, .kind = kind, .headroom = headroom, .status = status};
}

ReportRow RowOf(const std::string& name, double x) { return {.name = name, .metrics = {{"x", x}}}; }

TEST(ScenarioList, KeepsTheWorstOfTheRowsOfOneName) {
  const ReportRow good = RowOf("BM_A", 1);
  const ReportRow bad = RowOf("BM_A", 2);
  for (const bool bad_first : {false, true}) {
    ScenarioList list;
    if (bad_first) list.AddRow(CheckOf(CheckStatus::kFail), bad);
    list.AddRow(CheckOf(CheckStatus::kPass, 3), good);
    if (!bad_first) list.AddRow(CheckOf(CheckStatus::kFail), bad);
    const std::vector<Scenario> scenarios = std::move(list).Take();
    ASSERT_EQ(scenarios.size(), 1U);
    ASSERT_EQ(scenarios[0].checks.size(), 1U);
    EXPECT_EQ(scenarios[0].checks[0].status, CheckStatus::kFail);
    EXPECT_EQ(scenarios[0].checks[0].rows, 2);
    EXPECT_EQ(scenarios[0].status, CheckStatus::kFail);
    EXPECT_EQ(scenarios[0].metrics.Find("x"), 2) << "of the row behind the worst check";
  }
}

TEST(ScenarioList, KeepsTheSmallerHeadroomOfTwoPasses) {
  const ReportRow near = RowOf("BM_A", 1);
  const ReportRow far = RowOf("BM_A", 2);
  ScenarioList list;
  list.AddRow(CheckOf(CheckStatus::kPass, 5), far);
  list.AddRow(CheckOf(CheckStatus::kPass, 1.5), near);
  list.AddRow(CheckOf(CheckStatus::kPass, 4), far);
  const std::vector<Scenario> scenarios = std::move(list).Take();
  EXPECT_EQ(scenarios[0].checks[0].headroom, 1.5);
  EXPECT_EQ(scenarios[0].checks[0].rows, 3);
  EXPECT_EQ(scenarios[0].metrics.Find("x"), 1);
}

TEST(ScenarioList, KeepsApartChecksOfOtherObjectivesAndSides) {
  const ReportRow row = RowOf("BM_A", 1);
  ScenarioList list;
  list.AddRow(CheckOf(CheckStatus::kPass, 2), row);
  list.AddRow(CheckOf(CheckStatus::kPass, 2, "b"), row);
  list.AddRow(CheckOf(CheckStatus::kPass, 2, "a", LimitKind::kMin), row);
  const std::vector<Scenario> scenarios = std::move(list).Take();
  ASSERT_EQ(scenarios[0].checks.size(), 3U);
  for (const Check& check : scenarios[0].checks) EXPECT_EQ(check.rows, 1);
}

TEST(ScenarioList, HasBenchmarksInTheOrderInWhichTheyFirstAppear) {
  const ReportRow b = RowOf("BM_B", 1);
  const ReportRow a = RowOf("BM_A", 1);
  ScenarioList list;
  list.AddRow(CheckOf(CheckStatus::kPass), b);
  list.AddRow(CheckOf(CheckStatus::kInsufficient), a);
  list.Add("BM_C/*", CheckOf(CheckStatus::kFail));
  list.AddRow(CheckOf(CheckStatus::kPass, 1, "b"), b);
  const std::vector<Scenario> scenarios = std::move(list).Take();
  ASSERT_EQ(scenarios.size(), 3U);
  EXPECT_EQ(scenarios[0].name, "BM_B");
  EXPECT_EQ(scenarios[0].status, CheckStatus::kPass);
  EXPECT_EQ(scenarios[1].name, "BM_A");
  EXPECT_EQ(scenarios[1].status, CheckStatus::kInsufficient);
  EXPECT_EQ(scenarios[2].name, "BM_C/*");
  EXPECT_EQ(scenarios[2].status, CheckStatus::kFail);
  EXPECT_TRUE(scenarios[2].metrics.empty());
}

}  // namespace
}  // namespace slo::tools
