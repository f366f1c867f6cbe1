#include "tools/lib/results/plain_report_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::SizeIs;

std::optional<Report> ReadPlain(absl::string_view text, size_t step) {
  PlainReportReader reader("f");
  for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
    if (!reader.Feed(text.substr(0, step))) return std::nullopt;
  }
  return std::move(reader).Finish();
}

// Both ways to read a text say the same: the same report, or the same problems.
void ExpectSameReport(const std::string& text) {
  const absl::StatusOr<Report> expected = ParseReport("f", text, ReportSink{});
  const absl::StatusOr<Report> found = ParseReport("f", text);
  ASSERT_EQ(found.status(), expected.status()) << text;
  for (const size_t step : {size_t{7}, text.size()}) {
    const std::optional<Report> plain = ReadPlain(text, std::max<size_t>(step, 1));
    if (!expected.ok()) {
      EXPECT_FALSE(plain.has_value()) << text;
      continue;
    }
    if (!plain.has_value()) continue;
    EXPECT_EQ(plain->rows, expected->rows) << text;
    EXPECT_EQ(plain->aggregates, expected->aggregates) << text;
    EXPECT_EQ(plain->ambiguous, expected->ambiguous) << text;
    EXPECT_EQ(plain->context, expected->context) << text;
    EXPECT_EQ(plain->confidence, expected->confidence) << text;
  }
  if (!expected.ok()) return;
  EXPECT_EQ(found->rows, expected->rows) << text;
  EXPECT_EQ(found->context, expected->context) << text;
}

json PlainRow() {
  return {{"name", "BM_A/steps:3"},
          {"family_index", 0},
          {"run_name", "BM_A/steps:3"},
          {"run_type", "iteration"},
          {"repetitions", 3},
          {"threads", 2},
          {"iterations", 1'000'000},
          {"real_time", 12.5},
          {"cpu_time", 0.1},
          {"time_unit", "us"},
          {"label", "seed 1"},
          {"latency_p99_us", 1.25e-3},
          {"samples_count", 18'446'744'073'709'551'615U},
          {"drift", -7}};
}

std::string FileOf(const json& rows, const json& context = {{"slo_confidence_level", "0.99"}}) {
  return json{{"context", context}, {"benchmarks", rows}}.dump(2);
}

TEST(PlainReportReader, ReadsWhatGoogleBenchmarkWrites) {
  const json skipped = {{"name", "BM_S"}, {"skipped", true}, {"skip_message", "no GPU"}};
  const json failed = {{"name", "BM_F"}, {"error_occurred", true}, {"error_message", "broken"}};
  const json aggregate = {{"name", "BM_A_mean"}, {"run_type", "aggregate"}, {"cpu_time", 1}};
  const std::string text = FileOf({PlainRow(), aggregate, skipped, failed, PlainRow()});
  const std::optional<Report> report = ReadPlain(text, 5);
  ASSERT_TRUE(report.has_value());
  ASSERT_THAT(report->rows, SizeIs(4));
  EXPECT_EQ(report->rows[0].Find("real_time"), 12'500);
  EXPECT_EQ(report->rows[0].Find("drift"), -7);
  EXPECT_EQ(report->rows[0].Find("iterations"), 1'000'000);
  EXPECT_EQ(report->rows[0].time_unit, "us");
  EXPECT_EQ(report->rows[1].error, "skipped: no GPU");
  EXPECT_EQ(report->rows[2].error, "broken");
  EXPECT_EQ(report->rows[0], report->rows[3]);
  EXPECT_EQ(report->rows[0].metrics.names(), report->rows[3].metrics.names()) << "kept once";
  EXPECT_EQ(report->confidence, 0.99);
  ExpectSameReport(text);
}

TEST(PlainReportReader, TakesAggregatesWhoseVariationIsNaN) {
  std::string text =
      FileOf({PlainRow(), {{"name", "BM_A_cv"}, {"run_type", "aggregate"}, {"x", "@"}}});
  text = absl::StrReplaceAll(text, {{"\"@\"", "NaN"}});
  ASSERT_TRUE(ReadPlain(text, 100).has_value());
  ExpectSameReport(text);
}

TEST(PlainReportReader, SaysTheSameAsTheGeneralParserWhateverAMemberIs) {
  const std::vector<json> values = {nullptr, true,     false,         0,
                                    -1,      1.5,      1e300,         "",
                                    "ns",    "s",      "aggregate",   "a\nb",
                                    "\x7f",  "\u00e4", json::array(), json::object({{"a", 1}})};
  const json row = PlainRow();
  for (const auto& [key, unused] : row.items()) {
    json without = row;
    without.erase(key);
    ExpectSameReport(FileOf({without, row}));
    for (const json& value : values) {
      json changed = row;
      changed[key] = value;
      ExpectSameReport(FileOf({row, changed}));
    }
  }
  for (const char* key : {"error_occurred", "error_message", "skipped", "skip_message", "x\ty"}) {
    for (const json& value : values) {
      json more = row;
      more[key] = value;
      ExpectSameReport(FileOf({more}));
    }
  }
}

TEST(PlainReportReader, SaysTheSameAsTheGeneralParserOfEveryOtherText) {
  const std::string text = FileOf({PlainRow()});
  for (const std::string& other :
       {std::string(),
        std::string("{}"),
        std::string("[]"),
        std::string(R"({"benchmarks": 1})"),
        std::string(R"({"benchmarks": []})"),
        std::string(R"({"benchmarks": [1]})"),
        std::string(R"({"benchmarks": [{"name": "a", "name": "b"}]})"),
        std::string(R"({"benchmarks": [{"name": "a", "x": 1, "x": 1}]})"),
        std::string(R"({"benchmarks": [{"name": "a"}], "benchmarks": []})"),
        std::string(R"({"bench\u006darks": [{"name": "a", "x": 1}]})"),
        std::string(R"({"context": 1, "benchmarks": [{"name": "a", "x": 1}]})"),
        std::string(R"({"benchmarks": [{"name": "a", "x": 1e999}]})"),
        std::string(R"({"benchmarks": [{"name": "a", "x": 01}]})"),
        std::string(R"({"benchmarks": [{"name": "a", "x": 123456789012345678901234567890}]})"),
        std::string(R"({"benchmarks": [{"name": "a", "x": NaN}]})"),
        std::string(R"({"context": {"mhz": -nan}, "benchmarks": [{"name": "a", "threads": 1}]})"),
        std::string(R"({"benchmarks": [{"iterations": 1, "name": "a", "iterations": 2}]})"),
        std::string(R"({"benchmarks": [{"iterations": [], "name": "a", "iterations": 2}]})"),
        std::string(R"({"benchmarks": [{"real_time": 1, "name": "a", "real_time": "b"}]})"),
        std::string("{\"benchmarks\": [{\"name\": \"\xff\"}]}"),
        text + "x",
        "\xef\xbb\xbf" + text,
        FileOf({PlainRow()}, {{"slo_confidence_level", "2"}}),
        FileOf({PlainRow()}, {{"slo_schema", "9"}})}) {
    ExpectSameReport(other);
  }
  for (size_t length = 0; length < text.size(); ++length) ExpectSameReport(text.substr(0, length));
  for (size_t i = 0; i < text.size(); ++i) {
    std::string without = text;
    ExpectSameReport(without.erase(i, 1));
  }
}

TEST(PlainReportReader, SaysTheSameAsTheGeneralParserWhateverIsLostOfARow) {
  const std::string text = R"({"context": {"mhz": NaN}, "benchmarks": [
    {"name": "A", "run_type": "iteration", "threads": 2, "iterations": 5, "real_time": -nan(ind),
     "cpu_time": 1.#INF, "time_unit": "us", "x": null, "iterations": 7, "repetitions": 2},
    {"name": "A_cv", "run_name": "A", "run_type": "aggregate", "aggregate_name": "cv",
     "aggregate_unit": "percentage", "real_time": 0.5, "time_unit": "us", "x": Infinity},
    {"name": "A_BigO", "real_coefficient": 2, "big_o": "N"}, {"name": "A_RMS", "rms": 0.5}]})";
  ASSERT_TRUE(ReadPlain(text, 5).has_value());
  for (size_t length = 0; length <= text.size(); ++length) ExpectSameReport(text.substr(0, length));
  for (size_t i = 0; i < text.size(); ++i) {
    for (const size_t length : {size_t{1}, size_t{4}, size_t{20}}) {
      std::string without = text;
      ExpectSameReport(without.erase(i, length));
    }
    for (const char c : {'"', 'n', ',', '1', '{', ']'}) {
      std::string changed = text;
      changed[i] = c;
      ExpectSameReport(changed);
    }
  }
}

TEST(PlainReportReader, TellsRowsApartThatBeginAlike) {
  const std::string shorter = R"({"iterations": 1, "name": "BM_A", "x": 1})";
  const std::string longer = R"({"iterations": 1, "name": "BM_B", "x": 2, "y": 3})";
  const std::string unlike = R"({"iterations": 1, "name": "BM_C", "x": "text", "y": 4})";
  for (const std::string& rows :
       {absl::StrCat(shorter, ",", longer), absl::StrCat(longer, ",", shorter),
        absl::StrCat(shorter, ",", longer, ",", unlike, ",", shorter)}) {
    const std::string text = absl::StrCat("{\"benchmarks\": [", rows, "]}");
    ASSERT_TRUE(ReadPlain(text, text.size()).has_value());
    ExpectSameReport(text);
  }
}

TEST(PlainReportReader, ReadsRowsOfManyKinds) {
  json rows = json::array();
  for (int i = 0; i < 300; ++i) {
    rows.push_back({{"name", absl::StrCat("BM_", i)},
                    {"run_type", "iteration"},
                    {absl::StrCat("metric_", i % 100), i}});
  }
  const std::string text = FileOf(rows);
  ASSERT_TRUE(ReadPlain(text, text.size()).has_value());
  ExpectSameReport(text);
}

}  // namespace
}  // namespace slo::tools
