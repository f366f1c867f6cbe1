#include "tools/slo_gate/objectives/judge_sample.h"

#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/row_testing.h"

namespace slo::tools {
namespace {

const Statistic kMedian = {.kind = Statistic::Kind::kMedian, .quantile = 0.5, .text = "median"};
const Statistic kMean = {.kind = Statistic::Kind::kMean, .text = "mean"};
const Statistic kP90 = {.kind = Statistic::Kind::kQuantile, .quantile = 0.9, .text = "p90"};

// By process the values of its rows.
using Values = std::vector<std::vector<double>>;

struct Judged {
  Check check;
  Decision decision;
};

// Against "x <= limit", or "x >= limit".
Judged Judge(const Values& values, const Statistic& statistic, double limit,
             const RowContext& context = {}, LimitKind kind = LimitKind::kMax) {
  std::vector<Report> reports(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    for (const double value : values[i]) reports[i].rows.push_back(RowWith({{"x", value}}));
  }
  BenchmarkRows benchmark = {.name = "BM_A"};
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) benchmark.rows.push_back({&report, &row});
  }
  Judged judged = {
      .check = {.metric = "x", .kind = kind, .threshold = {.value = limit, .text = "L"}}};
  judged.decision = JudgeSample(benchmark, statistic, context, judged.check);
  return judged;
}

TEST(JudgeSample, TakesTheRowsOfOneProcess) {
  const Judged judged = Judge({{6, 1, 5, 2, 4, 3}}, kMedian, 6);
  EXPECT_EQ(judged.check.actual, 3.5);
  EXPECT_EQ(judged.check.samples, 6);
  EXPECT_EQ(judged.check.confidence, 0.95);
  EXPECT_EQ(judged.check.bound, 6) << "of six the largest exceeds the median with 1 - 2^-6";
  EXPECT_EQ(judged.decision.status, CheckStatus::kPass);
}

TEST(JudgeSample, FailsWhereTheLowerBoundIsBeyondTheLimit) {
  EXPECT_EQ(Judge({{1, 2, 3, 4, 5, 6}}, kMedian, 0.9).decision.status, CheckStatus::kFail);
  EXPECT_EQ(Judge({{1, 2, 3, 4, 5, 6}}, kMedian, 3).decision.status, CheckStatus::kInsufficient);
  EXPECT_EQ(Judge({{1, 2, 3, 4, 5, 6}}, kMedian, 6.1, {}, LimitKind::kMin).decision.status,
            CheckStatus::kFail);
  EXPECT_EQ(Judge({{1, 2, 3, 4, 5, 6}}, kMedian, 1, {}, LimitKind::kMin).decision.status,
            CheckStatus::kPass);
}

TEST(JudgeSample, TakesTheProcessesWhereThereAreSeveral) {
  const Judged judged = Judge({{1, 1, 9}, {2}, {3}, {4}, {5}, {6}}, kMedian, 6);
  EXPECT_EQ(judged.check.samples, 6) << "of each process the median of its rows";
  EXPECT_EQ(judged.check.actual, 3.5);
  const Judged of_means = Judge({{0, 2}, {1}, {1}, {1}, {1}, {1}}, kMean, 2);
  EXPECT_EQ(of_means.check.actual, 1);
  EXPECT_EQ(of_means.check.bound, 1) << "all means are the same";
}

TEST(JudgeSample, SaysHowManyRowsItNeeds) {
  const Judged judged = Judge({{1, 1, 1, 1, 1}}, kMedian, 2);
  EXPECT_EQ(judged.decision.status, CheckStatus::kInsufficient);
  EXPECT_EQ(judged.decision.reason, Reason::kTooFewRows);
  EXPECT_EQ(std::get<ObjectiveDetail>(judged.check.detail).needed->count, 6);
  const Judged of_p90 = Judge({std::vector<double>(28, 1)}, kP90, 2);
  EXPECT_EQ(std::get<ObjectiveDetail>(of_p90.check.detail).needed->count, 29) << "0.9^29 < 0.05";
  EXPECT_EQ(Judge({std::vector<double>(29, 1)}, kP90, 2).decision.status, CheckStatus::kPass);
}

TEST(JudgeSample, NeedsMoreRowsForAHigherLevel) {
  const std::vector<double> ten(10, 1);
  EXPECT_EQ(Judge({ten}, kMedian, 2, {.required = 0.999}).decision.status, CheckStatus::kPass);
  EXPECT_EQ(Judge({ten}, kMedian, 2, {.required = 0.9995}).decision.reason, Reason::kTooFewRows);
}

TEST(JudgeSample, IsAPointWithFewerRowsWhereThatIsSaid) {
  const Judged judged = Judge({{1, 3}}, kMedian, 2, {.point = true});
  EXPECT_EQ(judged.decision.status, CheckStatus::kPass);
  EXPECT_FALSE(judged.check.confidence.has_value());
  EXPECT_EQ(Judge({{1, 3.5}}, kMedian, 2, {.point = true}).decision.status, CheckStatus::kFail);
}

TEST(JudgeSample, HasTheNearestRankOfAPercentile) {
  std::vector<double> values;
  for (int i = 1; i <= 29; ++i) values.push_back(i);
  EXPECT_EQ(Judge({values}, kP90, 40).check.actual, 27) << "ceil(0.9 * 29)";
}

TEST(JudgeSample, LetsARowThatIsUnfitDecide) {
  const Judged judged = Judge({{1, 1, NAN, 1, 1, 1}}, kMedian, 2, {.point = true});
  EXPECT_EQ(judged.decision.status, CheckStatus::kFail);
  EXPECT_EQ(judged.decision.reason, Reason::kNotANumber);
}

TEST(SampleSize, CountsProcessesWhereThereAreSeveral) {
  const Report a;
  const Report b;
  const ReportRow row = RowWith({});
  EXPECT_EQ(SampleSize({.rows = {{&a, &row}, {&a, &row}}}), 2U);
  EXPECT_EQ(SampleSize({.rows = {{&a, &row}, {&a, &row}, {&b, &row}}}), 2U);
  const ReportRow merged = RowWith({{"process", 1}});
  EXPECT_EQ(SampleSize({.rows = {{&a, &row}, {&a, &row}, {&a, &merged}}}), 2U);
}

// ---- Statistics that Google Benchmark computed ----

Decision JudgeMedianRow(const Statistic& statistic, double limit, const RowContext& context) {
  AggregateRow row = {.name = "BM_A_median", .run_name = "BM_A", .aggregate_name = "median"};
  row.metrics = RowWith({{"x", 5}}).metrics;
  Check check = {.metric = "x", .threshold = {.value = limit, .text = "L"}};
  return JudgeAggregate(row, statistic, context, check);
}

TEST(JudgeAggregate, IsAPointOfTheStatisticThatIsAskedFor) {
  EXPECT_EQ(JudgeMedianRow(kMedian, 5, {.point = true}).status, CheckStatus::kPass);
  EXPECT_EQ(JudgeMedianRow(kMedian, 4, {.point = true}).status, CheckStatus::kFail);
  EXPECT_EQ(JudgeMedianRow(kMedian, 5, {}).status, CheckStatus::kInsufficient);
}

TEST(JudgeAggregate, IsNoOtherStatisticAndNoRow) {
  for (const Statistic& statistic : {kMean, kP90, Statistic{}}) {
    EXPECT_EQ(JudgeMedianRow(statistic, 5, {.point = true}).reason, Reason::kOnlyAggregates)
        << statistic.text;
  }
}

}  // namespace
}  // namespace slo::tools
