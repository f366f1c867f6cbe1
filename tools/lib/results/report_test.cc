#include "tools/lib/results/report.h"

#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(ParseReport, ReadsRowsAndScalesTimes) {
  const auto report = ParseReport("r.json", R"({
    "context": {"num_cpus": 2, "slo_seed": "7", "caches": []},
    "benchmarks": [{"name": "BM_A", "run_type": "iteration", "real_time": 2.5, "cpu_time": 2,
                    "time_unit": "us", "iterations": 10, "threads": 1, "samples_count": 3,
                    "label": "l", "future_member": {}}]})");
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->rows.size(), 1u);
  const ReportRow& row = report->rows[0];
  EXPECT_EQ(row.Find("real_time"), 2'500);
  EXPECT_EQ(row.Find("samples_count"), 3);
  EXPECT_EQ(row.Find("iterations"), 10);
  EXPECT_EQ(row.label, "l");
  EXPECT_EQ(report->ContextValue("slo_seed"), "7");
  EXPECT_EQ(report->ContextValue("num_cpus"), "2");
  EXPECT_EQ(report->ContextValue("absent"), "");
}

TEST(ParseReport, TellsAggregatesFromRows) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [
    {"name": "BM_A", "run_type": "iteration", "real_time": 1, "time_unit": "ns"},
    {"name": "BM_A_mean", "run_type": "aggregate", "real_time": 1, "time_unit": "ns"}]})");
  EXPECT_EQ(report->rows.size(), 1u);
  EXPECT_EQ(report->aggregates.size(), 1u);
}

TEST(ParseReport, KeepsErrorRows) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [
    {"name": "BM_A", "error_occurred": true, "error_message": "broken"}]})");
  EXPECT_EQ(report->rows[0].error, "broken");
}

TEST(ParseReport, TreatsSkippedRowsAsErrors) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [
    {"name": "BM_A", "skipped": true, "skip_message": "no device"}]})");
  EXPECT_EQ(report->rows[0].error, "skipped: no device");
}

TEST(ParseReport, ReadsTheConfidenceLevelAndRefusesOneThatIsNone) {
  const auto parse = [](const std::string& level) {
    return ParseReport(
        "r.json", R"({"context": {"slo_confidence_level": ")" + level + R"("}, "benchmarks": []})");
  };
  EXPECT_EQ(parse("0.999")->confidence, 0.999);
  EXPECT_EQ(parse("")->confidence, std::nullopt);
  for (const char* level : {"high", "99.9", "1", "0.4", "nan"}) {
    EXPECT_THAT(parse(level).status().message(),
                HasSubstr("r.json: context.slo_confidence_level: expected a level from 0.5"))
        << level;
  }
}

TEST(ParseReport, RefusesASchemaThatItDoesNotKnow) {
  EXPECT_THAT(ParseReport("r.json", R"({"context": {"slo_schema": "2"}, "benchmarks": []})")
                  .status()
                  .message(),
              HasSubstr("r.json: context.slo_schema: expected 1, found \"2\""));
}

TEST(ParseReport, SaysWhatShapeItExpects) {
  for (const char* text : {"[]", "{}", "{\"benchmarks\": {}}", "3"}) {
    EXPECT_THAT(ParseReport("r.json", text).status().message(),
                HasSubstr("expected the output of a Google Benchmark binary"))
        << text;
  }
}

TEST(ParseReport, ListsEveryMalformedRow) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [
    {"real_time": 1}, 7, {"name": "BM_A", "time_unit": "h"}]})");
  EXPECT_THAT(
      report.status().message(),
      AllOf(HasSubstr("r.json: benchmarks[0].name: expected the benchmark's name"),
            HasSubstr("r.json: benchmarks[1]: expected an object"),
            HasSubstr("r.json: benchmarks[2].time_unit: expected ns, us, ms or s, found \"h\"")));
}

TEST(CheckFilesAgree, NamesFilesKeyAndBothValues) {
  const Report first = {.file = "a.json", .context = {{"slo_build_type", "release"}}};
  const Report second = {.file = "b.json", .context = {{"slo_build_type", "debug"}}};
  EXPECT_TRUE(CheckFilesAgree({first, first}).ok());
  EXPECT_THAT(CheckFilesAgree({first, second}).message(),
              HasSubstr("b.json: context.slo_build_type: expected \"release\" as in a.json, found "
                        "\"debug\""));
}

TEST(CheckFilesAgree, CountsTheSameRowsOnce) {
  const Report first = {.file = "a", .rows = {{.name = "BM_A", .label = "x"}}};
  Report second = first;
  second.file = "b";
  EXPECT_EQ(CheckFilesAgree({first, second}).message(),
            "b: has the rows of a; what one process measured counts once");
  second.rows[0].label = "y";
  EXPECT_TRUE(CheckFilesAgree({first, second}).ok());
  EXPECT_TRUE(CheckFilesAgree({Report(), Report()}).ok()) << "there are no rows";
}

TEST(CheckFilesAgree, WantsOneSystem) {
  const Report first = {.file = "a.json", .context = {{"slo_target", "10.0.0.1:80"}}};
  const Report second = {.file = "b.json", .context = {{"slo_target", "10.0.0.2:80"}}};
  EXPECT_THAT(CheckFilesAgree({first, second}).message(), HasSubstr("context.slo_target"));
}

TEST(ParseReport, ScalesEveryUnitOfTimeAndNothingElse) {
  for (const auto& [unit, scale] : {std::pair("ns", 1.0), {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}) {
    const auto report = ParseReport(
        "r.json", std::string(R"({"benchmarks": [{"name": "BM_A", "real_time": 2, "cpu_time": 3,
            "x_us": 4, "time_unit": ")") +
                      unit + R"("}]})");
    EXPECT_EQ(report->rows[0].Find("real_time"), 2 * scale) << unit;
    EXPECT_EQ(report->rows[0].Find("cpu_time"), 3 * scale) << unit;
    EXPECT_EQ(report->rows[0].Find("x_us"), 4) << unit;
    EXPECT_EQ(report->rows[0].time_unit, unit);
  }
}

TEST(ParseReport, TakesRowsThatSayThatTheyDidNotFail) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [
    {"name": "BM_A", "error_occurred": false, "error_message": "", "skipped": false, "x": 1}]})");
  EXPECT_EQ(report->rows[0].error, std::nullopt);
  EXPECT_EQ(report->rows[0].Find("x"), 1);
}

TEST(ParseReport, TakesTheEdgesOfALevelAndTheSchemaThatItKnows) {
  const auto parse = [](const char* level, const char* schema) {
    return ParseReport("r.json", std::string(R"({"context": {"slo_confidence_level": ")") + level +
                                     R"(", "slo_schema": ")" + schema + R"("}, "benchmarks": []})");
  };
  EXPECT_EQ(parse("0.5", "1")->confidence, 0.5);
  EXPECT_EQ(parse("0.999999", "")->confidence, 0.999999);
  EXPECT_FALSE(parse("0.4999", "1").ok());
}

TEST(ReportRow, FindsMetricsByTheirWholeName) {
  const ReportRow row = {.metrics = {{"a", 1}, {"ab", 2}, {"b", 3}}};
  EXPECT_EQ(row.Find("a"), 1);
  EXPECT_EQ(row.Find("ab"), 2);
  EXPECT_EQ(row.Find("b"), 3);
  for (const char* other : {"", "aa", "abc", "c"})
    EXPECT_EQ(row.Find(other), std::nullopt) << other;
}

TEST(CheckFilesAgree, ComparesEachWithTheFirst) {
  const auto with = [](const std::string& file, const std::string& store) {
    return Report{.file = file, .context = {{"slo_store", store}}};
  };
  EXPECT_TRUE(CheckFilesAgree({}).ok());
  EXPECT_TRUE(CheckFilesAgree({with("a", "x")}).ok());
  EXPECT_TRUE(CheckFilesAgree({with("a", "x"), with("b", "x"), with("c", "x")}).ok());
  const std::string last(
      CheckFilesAgree({with("a", "x"), with("b", "x"), with("c", "y")}).message());
  EXPECT_THAT(last, HasSubstr("c: context.slo_store: expected \"x\" as in a, found \"y\""));
  const std::string both(
      CheckFilesAgree({with("a", "x"), with("b", "y"), with("c", "y")}).message());
  EXPECT_THAT(both, AllOf(HasSubstr("b: context.slo_store"), HasSubstr("c: context.slo_store")));
}

TEST(CheckFilesAgree, WantsEveryEntryOfTheSystemToAgree) {
  for (const char* key : kSystemContext) {
    EXPECT_FALSE(CheckFilesAgree({{.file = "a", .context = {{key, "1"}}}, {.file = "b"}}).ok())
        << key;
  }
  EXPECT_TRUE(CheckFilesAgree({{.context = {{"host_name", "1"}}}, {.context = {}}}).ok());
}

TEST(ParseReport, TakesAContextThatIsNoneForNothingStated) {
  for (const char* context : {"[]", "7", "null", "\"x\"", "[\"slo_schema\"]"}) {
    const auto report = ParseReport(
        "r.json",
        std::string(R"({"benchmarks": [{"name": "BM_A", "iterations": 1}], "context": )") +
            context + "}");
    ASSERT_TRUE(report.ok()) << context;
    EXPECT_TRUE(report->context.empty()) << context;
    EXPECT_EQ(report->confidence, std::nullopt);
  }
  EXPECT_TRUE(ParseReport("r.json", R"({"benchmarks": []})").ok());
}

TEST(ParseReport, KeepsWhatIsSimpleInItsContext) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [], "context":
    {"text": "t", "number": 2.5, "flag": true, "none": null, "list": [1], "object": {"a": 1}}})");
  EXPECT_EQ(report->context,
            (std::map<std::string, std::string>{
                {"text", "t"}, {"number", "2.5"}, {"flag", "true"}, {"none", "null"}}));
}

TEST(ParseReport, LeavesOutNumbersThatAreNoMetrics) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [{"name": "BM_A", "family_index": 1,
    "per_family_instance_index": 1, "repetitions": 1, "repetition_index": 1, "threads": 1,
    "iterations": 1, "x": 1, "": 2, "text": "1", "flag": true}]})");
  ASSERT_EQ(report->rows[0].metrics.size(), 4U) << "with threads and iterations";
  EXPECT_EQ(report->rows[0].Find("x"), 1);
  EXPECT_EQ(report->rows[0].Find(""), 2) << "whatever its name is";
}

TEST(ParseReport, TakesOnlyTrueForAnError) {
  for (const char* word : {"1", "\"true\"", "null", "false"}) {
    const auto report = ParseReport(
        "r.json", std::string(R"({"benchmarks": [{"name": "BM_A", "error_occurred": )") + word +
                      R"(, "skipped": )" + word + "}]}");
    EXPECT_EQ(report->rows[0].error, std::nullopt) << word;
  }
}

TEST(CheckFilesAgree, WantsEveryEntryOfTheBuildToAgree) {
  for (const char* key : {"slo_schema", "slo_build_type", "slo_compiler", "slo_compiler_flags",
                          "slo_git_revision", "slo_git_dirty", "slo_confidence_level",
                          "slo_confidence_method", "slo_seed", "slo_benchmark_version"}) {
    EXPECT_FALSE(CheckFilesAgree({{.file = "a", .context = {{key, "1"}}}, {.file = "b"}}).ok())
        << key;
  }
}

}  // namespace
}  // namespace slo::tools
