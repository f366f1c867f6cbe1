// What rows of results files that others wrote are read as, each by both readers.

#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/lib/results/json_rows.h"
#include "tools/lib/results/plain_report_reader.h"
#include "tools/lib/results/plain_rows.h"
#include "tools/lib/results/report.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// The report of a file with these rows, which both readers must give.
Report ReadRows(const std::string& rows) {
  const std::string text = absl::StrCat("{\"benchmarks\": [", rows, "]}");
  const absl::StatusOr<Report> report = ParseReport("r.json", text, ReportSink{});
  EXPECT_TRUE(report.ok()) << report.status() << text;
  if (!report.ok()) return {};
  PlainReportReader reader("r.json");
  EXPECT_TRUE(reader.Feed(text)) << "not plain: " << text;
  const std::optional<Report> plain = std::move(reader).Finish();
  EXPECT_TRUE(plain.has_value()) << "not plain: " << text;
  if (!plain.has_value()) return *report;
  EXPECT_EQ(plain->rows, report->rows) << text;
  EXPECT_EQ(plain->aggregates, report->aggregates) << text;
  EXPECT_EQ(plain->ambiguous, report->ambiguous) << text;
  return *report;
}

bool IsNotANumber(const std::optional<double>& value) {
  return value.has_value() && std::isnan(*value);
}

TEST(ReportRows, ReadAggregatesInTheFilesOrder) {
  const Report report = ReadRows(R"(
    {"name": "BM_A/7_mean", "run_name": "BM_A/7", "run_type": "aggregate", "repetitions": 3,
     "aggregate_name": "mean", "aggregate_unit": "time", "iterations": 3, "real_time": 2,
     "cpu_time": 1.5, "time_unit": "us", "bytes": 4},
    {"name": "BM_A/7_cv", "run_name": "BM_A/7", "run_type": "aggregate", "aggregate_name": "cv",
     "aggregate_unit": "percentage", "real_time": 0.25, "cpu_time": 0.5, "time_unit": "us"})");
  EXPECT_THAT(report.rows, SizeIs(0));
  ASSERT_THAT(report.aggregates, SizeIs(2));
  const AggregateRow& mean = report.aggregates[0];
  EXPECT_EQ(mean.name, "BM_A/7_mean");
  EXPECT_EQ(mean.run_name, "BM_A/7");
  EXPECT_EQ(mean.aggregate_name, "mean");
  EXPECT_EQ(mean.aggregate_unit, "time");
  EXPECT_EQ(mean.metrics.Find("real_time"), 2'000);
  EXPECT_EQ(mean.metrics.Find("cpu_time"), 1'500);
  EXPECT_EQ(mean.metrics.Find("bytes"), 4);
  EXPECT_EQ(report.aggregates[1].aggregate_name, "cv");
  EXPECT_EQ(report.aggregates[1].metrics.Find("real_time"), 0.25) << "a ratio, no time";
}

TEST(ReportRows, TellAggregatesWhateverMemberIsLost) {
  const nlohmann::json whole = {{"name", "BM_A_median"},    {"run_name", "BM_A"},
                                {"run_type", "aggregate"},  {"aggregate_name", "median"},
                                {"aggregate_unit", "time"}, {"real_time", 1},
                                {"time_unit", "ns"}};
  for (const auto& [key, unused] : whole.items()) {
    nlohmann::json row = whole;
    row.erase(key);
    const Report report = ReadRows(row.dump());
    EXPECT_THAT(report.rows, SizeIs(0)) << key;
    ASSERT_THAT(report.aggregates, SizeIs(1)) << key;
    EXPECT_EQ(report.aggregates[0].aggregate_name, "median") << key;
    EXPECT_EQ(report.aggregates[0].run_name, "BM_A") << key;
    EXPECT_EQ(report.aggregates[0].metrics.Find("real_time").has_value(),
              key != "real_time" && key != "time_unit")
        << key;
  }
}

TEST(ReportRows, ReadTheFitOfAComplexity) {
  const std::string types = R"("run_name": "BM_S", "run_type": "aggregate",)";
  for (const std::string& type : {types + R"("aggregate_name": "BigO",)", types, std::string()}) {
    const Report report =
        ReadRows(R"({"name": "BM_S_BigO", )" + type +
                 R"("cpu_coefficient": 11, "real_coefficient": 12, "big_o": "NlgN",
                                  "time_unit": "us"})");
    ASSERT_THAT(report.aggregates, SizeIs(1)) << type;
    EXPECT_EQ(report.aggregates[0].aggregate_name, "BigO");
    EXPECT_EQ(report.aggregates[0].run_name, "BM_S");
    EXPECT_EQ(report.aggregates[0].metrics.Find("real_coefficient"), 12) << "as it is written";
  }
  // Beside a row that says what the file is, as there always is one.
  const std::string sizes = R"({"name": "BM_S/8", "iterations": 1, "rms": 2}, )";
  const Report report = ReadRows(sizes + R"({"name": "BM_S_RMS", "rms": 0.25})");
  ASSERT_THAT(report.rows, SizeIs(1)) << "a counter may have that name";
  ASSERT_THAT(report.aggregates, SizeIs(1));
  EXPECT_EQ(report.aggregates[0].aggregate_name, "RMS");
  EXPECT_EQ(report.aggregates[0].metrics.Find("rms"), 0.25);
}

TEST(ReportRows, HaveRepetitionsThreadsAndIterations) {
  const Report report = ReadRows(R"({"name": "BM_A", "repetitions": 3, "repetition_index": 2,
      "threads": 8, "iterations": 12345, "family_index": 4},
      {"name": "BM_A", "iterations": 1}, {"name": "BM_A", "threads": 2.0, "repetitions": -1})");
  ASSERT_THAT(report.rows, SizeIs(3));
  EXPECT_EQ(report.rows[0].repetitions, 3);
  EXPECT_EQ(report.rows[0].repetition_index, 2);
  EXPECT_EQ(report.rows[0].threads, 8);
  EXPECT_EQ(report.rows[0].Find("threads"), 8);
  EXPECT_EQ(report.rows[0].Find("iterations"), 12'345);
  EXPECT_THAT(report.rows[0].metrics, SizeIs(2));
  EXPECT_EQ(report.rows[1].threads, std::nullopt);
  EXPECT_EQ(report.rows[1].Find("threads"), std::nullopt);
  EXPECT_EQ(report.rows[2].threads, 2);
  EXPECT_EQ(report.rows[2].repetitions, std::nullopt);
}

TEST(ReportRows, KeepNumbersThatAreNoneAsNaN) {
  for (const char* word : {"nan", "NaN", "-nan", "-NaN", "nan(ind)", "-nan(snan)", "inf", "-inf",
                           "Infinity", "-Infinity", "1.#INF", "-1.#IND", "1.#QNAN0", "null"}) {
    const Report report =
        ReadRows(absl::StrCat(R"({"name": "BM_A", "iterations": 1, "real_time": )", word,
                              R"(, "cpu_time": 2, "time_unit": "us", "x": )", word, R"(, "y": 3},
          {"name": "BM_A_cv", "run_type": "aggregate", "x": )",
                              word, "}"));
    ASSERT_THAT(report.rows, SizeIs(1)) << word;
    EXPECT_TRUE(IsNotANumber(report.rows[0].Find("x"))) << word;
    EXPECT_TRUE(IsNotANumber(report.rows[0].Find("real_time"))) << word;
    EXPECT_EQ(report.rows[0].Find("cpu_time"), 2'000) << word;
    EXPECT_EQ(report.rows[0].Find("y"), 3) << word;
    ASSERT_THAT(report.aggregates, SizeIs(1)) << word;
    EXPECT_TRUE(IsNotANumber(report.aggregates[0].metrics.Find("x"))) << word;
  }
  EXPECT_EQ(ReadRows(R"({"name": "BM_A", "run_type": "iteration", "label": null, "big_o": null})")
                .rows.at(0)
                .metrics.size(),
            0U)
      << "a text that is not there is no number";
}

TEST(ReportRows, LeaveOutTimesWithoutAUnit) {
  const Report report = ReadRows(R"({"name": "BM_A", "real_time": 2, "cpu_time": NaN, "x": 3})");
  ASSERT_THAT(report.rows, SizeIs(1));
  EXPECT_THAT(report.rows[0].metrics, SizeIs(1));
  EXPECT_EQ(report.rows[0].Find("x"), 3);
  EXPECT_EQ(report.rows[0].time_unit, "");
}

TEST(ReportRows, DoNotSayWhichOfTwoNumbersOfOneNameIsMeant) {
  const Report report = ReadRows(R"({"name": "BM_A", "repetition_index": 1, "threads": 2,
    "iterations": 1000, "real_time": 5, "cpu_time": 6, "time_unit": "us", "iterations": 17,
    "repetition_index": 9, "real_time": 1, "threads": 3})");
  ASSERT_THAT(report.rows, SizeIs(1));
  EXPECT_THAT(report.ambiguous, ElementsAre("iterations", "real_time", "threads"));
  for (const char* name : {"iterations", "real_time", "threads"}) {
    EXPECT_TRUE(IsNotANumber(report.rows[0].Find(name))) << name;
  }
  EXPECT_EQ(report.rows[0].threads, std::nullopt);
  EXPECT_EQ(report.rows[0].repetition_index, 1) << "no metric: the library's comes first";
  EXPECT_EQ(report.rows[0].Find("cpu_time"), 6'000);
}

TEST(ParseReport, RefusesTextsAndCountersThatAreThereTwice) {
  for (const char* member : {R"("name": "a", "name": "b")", R"("name": "a", "x": 1, "x": 1)",
                             R"("name": "a", "time_unit": "ns", "time_unit": "us")"}) {
    EXPECT_THAT(
        std::string(ParseReport("r.json", absl::StrCat("{\"benchmarks\": [{", member, "}]}"))
                        .status()
                        .message()),
        HasSubstr("the key is there twice"))
        << member;
  }
}

TEST(ReportRows, AreErrorRowsWhicheverMemberIsLost) {
  for (const char* member :
       {R"("error_occurred": true)", R"("error_message": "broken")", R"("error_message": "")",
        R"("error_occurred": false, "error_message": "broken")", R"("skipped": true)",
        R"("skip_message": "no GPU")", R"("skip_message": "")"}) {
    const Report report =
        ReadRows(absl::StrCat(R"({"name": "BM_A", "iterations": 0, )", member, "}"));
    ASSERT_THAT(report.rows, SizeIs(1));
    EXPECT_TRUE(report.rows[0].error.has_value()) << member;
  }
  EXPECT_FALSE(ReadRows(R"({"name": "BM_A", "iterations": 0, "error_occurred": false,
                        "error_message": "", "skipped": false, "skip_message": ""})")
                   .rows.at(0)
                   .error.has_value());
}

TEST(ReportRows, AreBounded) {
  const nlohmann::json row = {{"name", "BM_A"}, {"iterations", 1}};
  Report report;
  ProblemList problems;
  JsonRows rows(report, problems, 2);
  for (size_t i = 0; i < 5; ++i) rows.Take(i, row);
  EXPECT_EQ(problems.ToStatus("r.json").message(),
            "r.json: benchmarks[2]: expected at most 2 rows; measure with --benchmark_filter, into "
            "several files");
  EXPECT_THAT(report.rows, SizeIs(2));
  Report plain_report;
  PlainRows plain(plain_report, 2);
  EXPECT_TRUE(plain.Take(row.dump()) && plain.Take(row.dump()));
  EXPECT_FALSE(plain.Take(row.dump()));
}

TEST(ParseReport, RefusesNamesThatAreTooLong) {
  const auto status_of = [](size_t length) {
    return ParseReport("r.json", absl::StrCat(R"({"benchmarks": [{"iterations": 1, "name": ")",
                                              std::string(length, 'n'), "\"}]}"))
        .status();
  };
  EXPECT_TRUE(status_of(kMaxNameBytes).ok());
  EXPECT_EQ(status_of(kMaxNameBytes + 1).message(),
            "r.json: benchmarks[0].name: expected at most 65536 bytes, found 65537");
}

TEST(ParseReport, SaysWhereAndWhyAFileIsNoJson) {
  const std::string text = R"({"benchmarks": [{"name": "BM_A", "real_time": 12)";
  EXPECT_EQ(
      ParseReport("r.json", text).status().message(),
      absl::StrCat("r.json: byte ", text.size() + 1,
                   ", in benchmarks[0].real_time (row \"BM_A\"), line 1, column ", text.size() + 1,
                   ": the file ends in the middle (was the program killed, or is the disk "
                   "full?); measure again"));
  EXPECT_THAT(std::string(ParseReport("r.json", "").status().message()),
              HasSubstr("r.json: the file is empty"));
}

}  // namespace
}  // namespace slo::tools
