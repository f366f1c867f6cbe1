#include "tools/slo_gate/comparison/side_values.h"

#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

ReportRow RowOf(double x, std::optional<double> process = std::nullopt) {
  ReportRow row = {.name = "BM_A", .metrics = {{"x", x}}};
  if (process.has_value()) row.metrics.Set("process", *process);
  return row;
}

SideValues ValuesOfFiles(const std::vector<Report>& reports) {
  std::vector<const Report*> files;
  for (const Report& report : reports) files.push_back(&report);
  return ValuesOf(files, "BM_A", "x");
}

TEST(SideValues, HasAValueAProcessTheMedianOfItsRows) {
  const SideValues files =
      ValuesOfFiles({{.rows = {RowOf(1), RowOf(9), RowOf(2)}}, {.rows = {RowOf(5)}}});
  EXPECT_TRUE(files.is_there);
  EXPECT_TRUE(files.has_repetitions);
  EXPECT_THAT(files.processes, UnorderedElementsAre(2, 5));
  const SideValues merged =
      ValuesOfFiles({{.rows = {RowOf(1, 0), RowOf(9, 1), RowOf(2, 1), RowOf(3, 1)}}});
  EXPECT_THAT(merged.processes, ElementsAre(1, 3));
}

TEST(SideValues, KeepsAValueThatIsNone) {
  const SideValues side = ValuesOfFiles({{.rows = {RowOf(1), RowOf(NAN), RowOf(2)}}});
  ASSERT_EQ(side.processes.size(), 1U);
  EXPECT_TRUE(std::isnan(side.processes[0]));
  const SideValues lacking = ValuesOfFiles({{.rows = {{.name = "BM_A"}}}});
  EXPECT_TRUE(std::isnan(lacking.processes[0])) << "a row without the metric";
}

TEST(SideValues, SaysWhatIsNotThere) {
  EXPECT_FALSE(ValuesOfFiles({{.rows = {{.name = "BM_B"}}}}).is_there);
  Report aggregates;
  aggregates.aggregates = {{.name = "BM_A_mean", .run_name = "BM_A", .aggregate_name = "mean"}};
  EXPECT_TRUE(ValuesOfFiles({aggregates}).has_only_aggregates);
  aggregates.rows = {RowOf(1)};
  EXPECT_FALSE(ValuesOfFiles({aggregates}).has_only_aggregates);
  ReportRow failed = RowOf(1);
  failed.error = "no";
  EXPECT_EQ(ValuesOfFiles({{.rows = {failed}}}).error, "no");
}

TEST(SideValues, SaysWhatRowsAnnounceAndDoNotHave) {
  ReportRow first = RowOf(1);
  first.repetitions = 3;
  first.repetition_index = 0;
  const SideValues gap = ValuesOfFiles({{.rows = {first}}});
  ASSERT_TRUE(gap.gap.has_value());
  EXPECT_EQ(gap.gap->expected, 3);
  EXPECT_EQ(gap.gap->found, 1);
  EXPECT_EQ(ValuesOfFiles({{.rows = {RowOf(1, 0), RowOf(2)}}}).lacks, "process");
}

TEST(SideValues, AgreeWhereTwoProcessesSayTheSame) {
  const auto agreed = [](const std::vector<double>& processes) {
    return SideValues{.processes = processes}.agreed();
  };
  EXPECT_EQ(agreed({3, 3, 3}), 3);
  EXPECT_EQ(agreed({0, 0}), 0);
  EXPECT_FALSE(agreed({3}).has_value());
  EXPECT_FALSE(agreed({3, 3, 4}).has_value());
  EXPECT_FALSE(agreed({}).has_value());
  EXPECT_FALSE(agreed({NAN, NAN}).has_value());
}

TEST(LossOf, NamesTheSideThatLostSomething) {
  const SideValues whole = {.is_there = true};
  const SideValues gap = {.is_there = true, .gap = RepetitionGap{.expected = 3, .found = 2}};
  const SideValues lacks = {.is_there = true, .lacks = "process"};
  EXPECT_FALSE(LossOf(whole, whole).has_value());
  EXPECT_EQ(LossOf(gap, whole)->side, BuildSide::kBase);
  EXPECT_EQ(LossOf(whole, gap)->side, BuildSide::kCandidate);
  EXPECT_EQ(StatusOfLoss(*LossOf(whole, gap)), CheckStatus::kInvalid);
  EXPECT_EQ(LossOf(whole, lacks)->metric, "process");
  EXPECT_EQ(StatusOfLoss(*LossOf(whole, lacks)), CheckStatus::kInsufficient);
  EXPECT_FALSE(StatusOfLoss({.reason = Reason::kNothingCompared}).has_value());
}

TEST(BenchmarksOf, NamesWhatIsThereAsAggregatesOnlyTooAndNoCurves) {
  Report report = {.rows = {RowOf(1), RowOf(2)}};
  report.aggregates = {{.name = "BM_B_mean", .run_name = "BM_B", .aggregate_name = "mean"},
                       {.name = "BM_C_BigO", .run_name = "BM_C", .aggregate_name = "BigO"}};
  EXPECT_THAT(BenchmarksOf({&report}), ElementsAre("BM_A", "BM_B"));
  EXPECT_THAT(BenchmarksOf({}), IsEmpty());
}

}  // namespace
}  // namespace slo::tools
