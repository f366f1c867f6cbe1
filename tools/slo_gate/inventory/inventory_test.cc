#include "tools/slo_gate/inventory/inventory.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ReportRow Row(const std::string& name, RowMetrics metrics) {
  return {.name = name, .metrics = std::move(metrics)};
}

Report ReportOfRows(std::vector<ReportRow> rows) {
  return {.file = "r.json", .rows = std::move(rows)};
}

std::vector<ReportRow> Rows(size_t count, int64_t announced) {
  std::vector<ReportRow> rows;
  for (size_t i = 0; i < count; ++i) {
    rows.push_back(Row("BM_A", {{"real_time", 10.0 + static_cast<double>(i)}}));
    rows.back().repetitions = announced;
    rows.back().repetition_index = static_cast<int64_t>(i);
  }
  return rows;
}

TEST(Inventory, HasTheBenchmarksInOrderWithTheSpreadOfEachMetric) {
  const Inventory inventory = TakeInventory(
      {ReportOfRows({Row("BM_B", {{"real_time", 30}, {"a", -1}}), Row("BM_A", {{"real_time", 5}}),
                     Row("BM_B", {{"real_time", 10}}), Row("BM_B", {{"real_time", 11}})})});
  EXPECT_EQ(inventory.rows, 4U);
  ASSERT_EQ(inventory.benchmarks.size(), 2U);
  const BenchmarkEntry& first = inventory.benchmarks[0];
  EXPECT_EQ(first.name, "BM_B");
  EXPECT_EQ(first.rows, 3U);
  EXPECT_EQ(first.processes, 1U);
  EXPECT_THAT(
      first.metrics,
      ElementsAre(
          MetricEntry{.name = "real_time",
                      .type = {MetricKind::kTime, 1e9},
                      .values = 3,
                      .smallest = 10,
                      .median = 11,
                      .largest = 30},
          MetricEntry{.name = "a", .values = 1, .smallest = -1, .median = -1, .largest = -1}));
  EXPECT_EQ(inventory.benchmarks[1].name, "BM_A");
}

TEST(Inventory, CountsWhatIsNoNumber) {
  const Inventory inventory = TakeInventory({ReportOfRows(
      {Row("BM_A", {{"x", std::numeric_limits<double>::quiet_NaN()}}), Row("BM_A", {{"x", 3}})})});
  const MetricEntry& metric = inventory.benchmarks[0].metrics[0];
  EXPECT_EQ(metric.values, 1U);
  EXPECT_EQ(metric.not_finite, 1U);
  EXPECT_EQ(metric.smallest, 3);
}

TEST(Inventory, SaysFromHowManyRowsOnAStatisticCanBeJudged) {
  const auto judgeable = [](size_t rows) {
    return TakeInventory({ReportOfRows(Rows(rows, static_cast<int64_t>(rows)))})
        .benchmarks[0]
        .judgeable;
  };
  EXPECT_EQ(judgeable(1), Judgeable::kEachRow);
  EXPECT_EQ(judgeable(5), Judgeable::kEachRow);
  EXPECT_EQ(judgeable(6), Judgeable::kStatistic);
}

TEST(Inventory, NamesRepetitionsThatAreMissing) {
  const BenchmarkEntry entry = TakeInventory({ReportOfRows(Rows(3, 5))}).benchmarks[0];
  EXPECT_EQ(entry.judgeable, Judgeable::kIncomplete);
  EXPECT_EQ(entry.repetitions, 5);
  ASSERT_TRUE(entry.gap.has_value());
  EXPECT_EQ(entry.gap->found, 3);
}

TEST(Inventory, CountsProcessesAndHidesTheirNumber) {
  const BenchmarkEntry entry =
      TakeInventory({ReportOfRows({Row("BM_A", {{"process", 0}, {"real_time", 1}}),
                                   Row("BM_A", {{"process", 1}, {"real_time", 1}})})})
          .benchmarks[0];
  EXPECT_EQ(entry.processes, 2U);
  EXPECT_EQ(entry.sample_size, 2U);
  EXPECT_EQ(entry.metrics.size(), 1U);
}

TEST(Inventory, CountsErrorsAndKeepsTheirRowsOutOfTheMetrics) {
  std::vector<ReportRow> rows = {Row("BM_A", {{"real_time", 0}}), Row("BM_A", {{"real_time", 0}}),
                                 Row("BM_A", {{"real_time", 7}})};
  rows[0].error = rows[1].error = "no device";
  rows[2].label = "fast";
  const BenchmarkEntry entry = TakeInventory({ReportOfRows(rows)}).benchmarks[0];
  EXPECT_EQ(entry.judgeable, Judgeable::kFailed);
  EXPECT_THAT(entry.errors, ElementsAre(CountedText{"no device", 2}));
  EXPECT_THAT(entry.labels, ElementsAre("fast"));
  EXPECT_EQ(entry.metrics[0].values, 1U);
}

TEST(Inventory, TellsCurvesFromStatisticsAndThoseFromRows) {
  Report report = ReportOfRows({Row("BM_A/8", {{"real_time", 1}})});
  report.aggregates = {{.name = "BM_A/8_median", .run_name = "BM_A/8", .aggregate_name = "median"},
                       {.name = "BM_C_mean", .run_name = "BM_C", .aggregate_name = "mean"},
                       {.name = "BM_A_BigO", .run_name = "BM_A", .aggregate_name = "BigO"},
                       {.name = "BM_A_RMS",
                        .run_name = "BM_A",
                        .aggregate_name = "RMS",
                        .metrics = {{"rms", 0.03}}}};
  const Inventory inventory = TakeInventory({report});
  ASSERT_EQ(inventory.benchmarks.size(), 2U);
  EXPECT_EQ(inventory.benchmarks[0].aggregates.size(), 1U);
  EXPECT_EQ(inventory.benchmarks[1].name, "BM_C");
  EXPECT_EQ(inventory.benchmarks[1].judgeable, Judgeable::kAggregates);
  ASSERT_EQ(inventory.curves.size(), 2U);
  EXPECT_EQ(inventory.curves[0].benchmark, "BM_A");
  EXPECT_EQ(inventory.curves[1].kind, "RMS");
  EXPECT_EQ(inventory.curves[1].metrics.Find("rms"), 0.03);
}

TEST(Inventory, KnowsBoundsOfOurProgramAlone) {
  Report report = ReportOfRows({Row("BM_A", {{"latency_p99_us", 5},
                                             {"latency_p99_upper_us", 6},
                                             {"latency_p99_lower_us", 4},
                                             {"samples_count", 1'000}})});
  report.confidence = 0.99;
  const auto has_bounds = [&] {
    const Inventory inventory = TakeInventory({report});
    for (const MetricEntry& metric : inventory.benchmarks[0].metrics) {
      if (metric.name == "latency_p99_us") return metric.has_bounds;
    }
    return false;
  };
  EXPECT_FALSE(has_bounds());
  report.context["slo_confidence_level"] = "0.99";
  report.context["slo_schema"] = "1";
  EXPECT_TRUE(has_bounds());
}

TEST(Inventory, SaysWhatWeakensEveryVerdict) {
  Report report = ReportOfRows({Row("BM_A", {{"real_time", 1}})});
  report.context = {{"library_build_type", "debug"}, {"host_name", "box"}};
  const Inventory inventory = TakeInventory({report});
  EXPECT_THAT(inventory.notes, Contains(HasSubstr("library_build_type is debug")));
  EXPECT_EQ(inventory.provenance.at("host"), "box");
  EXPECT_THAT(TakeInventory({}).benchmarks, IsEmpty());
}

}  // namespace
}  // namespace slo::tools
