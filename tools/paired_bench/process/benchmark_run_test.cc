#include "tools/paired_bench/process/benchmark_run.h"

#include <cmath>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::HasSubstr;

std::string Output(absl::string_view rows) {
  return absl::StrCat(R"({"context": {"num_cpus": 2}, "benchmarks": [)", rows, "]}");
}

constexpr absl::string_view kRow =
    R"({"name": "BM_A", "cpu_time": 3, "real_time": 4, "time_unit": "us"})";

std::string Row(absl::string_view name, double cpu_time, absl::string_view more = "") {
  return absl::StrCat(R"({"name": ")", name, R"(", "real_time": 1, "cpu_time": )", cpu_time,
                      R"(, "time_unit": "ns")", more, "}");
}

std::string Aggregate(absl::string_view aggregate, double cpu_time) {
  return Row(absl::StrCat("BM_A_", aggregate), cpu_time,
             absl::StrCat(R"(, "run_name": "BM_A", "run_type": "aggregate", "aggregate_name": ")",
                          aggregate, R"(")"));
}

double CpuTime(const std::string& rows) {
  const auto run = ParseRun(Output(rows), "BM_A");
  EXPECT_TRUE(run.ok()) << run.status();
  if (!run.ok()) return -1;
  EXPECT_EQ(run->row.name.substr(0, 4), "BM_A");
  return run->row.Find("cpu_time").value_or(-1);
}

absl::Status Problem(const std::string& output) { return ParseRun(output, "BM_A").status(); }

TEST(ParseRun, TakesTheRowAndTheContext) {
  const auto run = ParseRun(Output(kRow), "BM_A");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->row.Find("cpu_time"), 3'000);
  EXPECT_EQ(run->row.time_unit, "us");
  EXPECT_EQ(run->context.at("num_cpus"), "2");
}

TEST(ParseRun, FindsTheRowAmongOthers) {
  EXPECT_EQ(CpuTime(absl::StrCat(Row("BM_AA", 9), ",", Row("BM_A", 4), ",", Row("BM_A/1", 8))), 4);
}

TEST(ParseRun, FindsANameWithControlCharacters) {
  const auto run = ParseRun(Output(Row("BM\\tA", 5)), "BM\tA");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->row.Find("cpu_time"), 5);
}

TEST(ParseRun, TakesTheMedianOfRepetitions) {
  const std::string three = absl::StrCat(Row("BM_A", 9), ",", Row("BM_A", 2), ",", Row("BM_A", 3));
  EXPECT_EQ(CpuTime(three), 3);
  EXPECT_EQ(CpuTime(absl::StrCat(three, ",", Row("BM_A", 5))), 4);
  EXPECT_EQ(CpuTime(absl::StrCat(three, ",", Aggregate("median", 100))), 3) << "rows come first";
}

TEST(ParseRun, TakesOnlyMetricsThatAllRepetitionsHave) {
  const auto run =
      ParseRun(Output(absl::StrCat(Row("BM_A", 1, R"(, "x": 1)"), ",", Row("BM_A", 1))), "BM_A");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_FALSE(run->row.Find("x").has_value());
}

TEST(ParseRun, TakesTheMedianWhereThereAreOnlyAggregatesElseTheMean) {
  EXPECT_EQ(CpuTime(absl::StrCat(Aggregate("mean", 7), ",", Aggregate("median", 6), ",",
                                 Aggregate("cv", 0.1))),
            6);
  EXPECT_EQ(CpuTime(absl::StrCat(Aggregate("stddev", 1), ",", Aggregate("mean", 7))), 7);
  EXPECT_EQ(CpuTime(absl::StrCat(Row("BM_A_mean", 7), ",", Row("BM_A_median", 6))), 6)
      << "of a library that does not call them aggregates";
}

TEST(ParseRun, TakesNoComplexityForATime) {
  EXPECT_EQ(Problem(Output(absl::StrCat(Aggregate("BigO", 7), ",", Aggregate("RMS", 6)))).code(),
            absl::StatusCode::kNotFound);
}

TEST(ParseRun, SaysWhyThereIsNone) {
  EXPECT_EQ(Problem(Output("")).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Problem(Output(Row("BM_AA", 1))).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Problem("").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(Problem("").message()), HasSubstr("--benchmark_out"));
  EXPECT_EQ(Problem("Segmentation").code(), absl::StatusCode::kInvalidArgument);
}

TEST(ParseRun, FailsWhereATimeIsNotANumber) {
  constexpr absl::string_view kNan =
      R"({"name": "BM_A", "cpu_time": NaN, "real_time": 4, "time_unit": "ns"})";
  for (const std::string& rows : {std::string(kNan), absl::StrCat(Row("BM_A", 1), ",", kNan),
                                  absl::StrCat(kNan, ",", Row("BM_A", 1))}) {
    EXPECT_THAT(std::string(Problem(Output(rows)).message()),
                HasSubstr("cpu_time: expected a number, found NaN"));
  }
}

TEST(ParseRun, KeepsACounterThatIsNotANumber) {
  const auto run = ParseRun(
      Output(absl::StrCat(Row("BM_A", 1, R"(, "x": NaN)"), ",", Row("BM_A", 2, R"(, "x": 1)"))),
      "BM_A");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_TRUE(std::isnan(run->row.Find("x").value()));
}

TEST(ParseRun, FailsWhereOneOfTheRepetitionsDid) {
  const std::string failed = R"({"name": "BM_A", "error_occurred": true, "error_message": "no"})";
  for (const std::string& rows : {failed, absl::StrCat(kRow, ",", failed)}) {
    const absl::Status status = Problem(Output(rows));
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr("the row has an error: no"));
  }
}

TEST(GeometricMean, IsOfTheMetricsThatBothHave) {
  const BenchmarkRun one = {.row = {.name = "x", .metrics = {{"a", 1}, {"b", 4}, {"only", 1}}},
                            .context = {{"key", "one"}}};
  const BenchmarkRun other = {.row = {.name = "x", .metrics = {{"a", 4}, {"b", 0}}}, .context = {}};
  const BenchmarkRun mean = GeometricMean(one, other);
  EXPECT_DOUBLE_EQ(mean.row.Find("a").value(), 2);
  EXPECT_EQ(mean.row.Find("b"), 0);
  EXPECT_EQ(mean.row.Find("only"), std::nullopt);
  EXPECT_EQ(mean.context.at("key"), "one");
  const BenchmarkRun negative = {.row = {.name = "x", .metrics = {{"a", -4}}}, .context = {}};
  EXPECT_TRUE(std::isnan(GeometricMean(one, negative).row.Find("a").value()));
}

}  // namespace
}  // namespace slo::paired
