// What is written as a results file is what is read from it.

#include "tools/lib/results/report_text.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;

// A report of every kind of row.
Report EveryKindOfRow() {
  return {.file = "r.json",
          .confidence = 0.995,
          .context = {{"host_name", "h \"1\"\\"}, {"slo_confidence_level", "0.995"}},
          .rows = {{.name = "BM_Plain/steps:3",
                    .time_unit = "ns",
                    .metrics = {{"real_time", 1.5}, {"cpu_time", 0.1}, {"samples_count", 1e15}}},
                   {.name = "BM_Label", .label = "store: sqlite", .time_unit = "ns"},
                   {.name = "BM_Error",
                    .time_unit = "ns",
                    .error = "no connection",
                    .metrics = {{"real_time", 0}}},
                   {.name = "BM_Silent", .time_unit = "ns", .error = ""},
                   {.name = "BM_Skipped", .time_unit = "ns", .error = "skipped: no server"},
                   {.name = "BM_Numbers",
                    .time_unit = "ns",
                    .metrics = {{"a", -0.1},
                                {"b", std::numeric_limits<double>::max()},
                                {"c", std::numeric_limits<double>::denorm_min()},
                                {"d", 1.0 / 3},
                                {"process", 7}}}}};
}

TEST(ReportText, IsReadBackAsTheSameReport) {
  const Report report = EveryKindOfRow();
  const absl::StatusOr<Report> read = ParseReport("r.json", ReportText(report));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, report);
  // By the general parser, too.
  EXPECT_EQ(ParseReport("r.json", ReportText(report), ReportSink{}).value(), report);
  EXPECT_EQ(ReportOf("r.json", json::parse(ReportText(report))).value(), report);
}

TEST(ReportText, OfNoRowsIsRead) {
  EXPECT_EQ(ParseReport("r.json", ReportText({})).value(), Report{.file = "r.json"});
}

TEST(ReportText, KeepsNamesOfAnyBytesThatCanBeShown) {
  std::string name = "BM_\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
  for (char c = ' '; c < '\x7f'; ++c) name.push_back(c);
  const Report report = {.file = "r.json",
                         .rows = {{.name = name, .label = name, .time_unit = "ns", .error = name}}};
  EXPECT_EQ(ParseReport("r.json", ReportText(report)).value(), report);
}

// What cannot be shown, or is no UTF-8, costs its own characters and not the file.
TEST(ReportText, WritesAFileThatCanBeReadWhateverTheBytes) {
  for (int c = 0; c < 256; ++c) {
    const std::string text = {'a', static_cast<char>(c), 'b'};
    const Report report = {.context = {{"k", text}}, .rows = {{.name = text, .label = text}}};
    const absl::StatusOr<Report> read = ParseReport("r.json", ReportText(report));
    ASSERT_TRUE(read.ok()) << c << read.status();
    const std::string expected = c < 0x20 || c == 0x7f ? "a b"
                                                       : (c < 0x80 ? text
                                                                   : "a\xEF\xBF\xBD"
                                                                     "b");
    EXPECT_EQ(read->rows[0].name, expected) << c;
    EXPECT_EQ(read->rows[0].label, expected) << c;
    EXPECT_EQ(read->ContextValue("k"), expected) << c;
  }
}

TEST(ReportText, HasTimesInNanosecondsWhateverUnitTheyWereReadIn) {
  const Report micros =
      ParseReport("r.json",
                  R"({"benchmarks": [{"name": "BM_A", "time_unit": "us", "real_time": 3}]})")
          .value();
  const Report read = ParseReport("r.json", ReportText(micros)).value();
  EXPECT_EQ(read.rows[0].time_unit, "ns");
  EXPECT_EQ(read.rows[0].metrics, micros.rows[0].metrics);
  EXPECT_EQ(read.rows[0].Find("real_time"), 3'000);
}

TEST(ReportText, KeepsThatANumberIsNone) {
  const Report report = {
      .rows = {{.name = "BM_A",
                .metrics = {{"nan", std::numeric_limits<double>::quiet_NaN()},
                            {"infinite", std::numeric_limits<double>::infinity()},
                            {"one", 1}}}}};
  const Report read = ParseReport("r.json", ReportText(report)).value();
  EXPECT_TRUE(std::isnan(*read.rows[0].Find("nan")));
  EXPECT_TRUE(std::isnan(*read.rows[0].Find("infinite")));
  EXPECT_EQ(read.rows[0].Find("one"), 1);
}

TEST(ReportTextWriter, WritesARowALineAndTheContextBeforeThem) {
  ReportTextWriter writer;
  writer.Add(json{{"b", 1}, {"a", 2}});
  writer.Add(nlohmann::ordered_json{{"b", 1}, {"a", 2}});
  EXPECT_EQ(std::move(writer).Finish(json::object()),
            "{\n \"context\": {},\n \"benchmarks\": [\n  {\"a\":2,\"b\":1},\n  {\"b\":1,\"a\":2}"
            "\n ]\n}\n");
  EXPECT_EQ(ReportTextWriter().Finish(nullptr), "{\n \"benchmarks\": [\n ]\n}\n");
}

}  // namespace
}  // namespace slo::tools
