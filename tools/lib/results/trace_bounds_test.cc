// Traces: the numbers that are taken, and what stands there before any was read.

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/results/trace_file.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

constexpr char kOneWindow[] = R"({"kind": "workflow-slo-trace", "version": 1,
  "context": {"slo_seed": "1", "num_cpus": 2},
  "scenarios": [{"row": "BM_S", "histograms": [
      {"prefix": "a_", "basis": "service_time", "count": 10, "min_ns": 4, "max_ns": 98,
       "buckets": [[5, 5], [98, 5]]}],
    "windows": [{"end_seconds": 1.5, "run_p50_us": 2.5, "run_p99_us": 3.5, "heap_bytes": 7,
                 "resident_bytes": 8, "runs_per_second": 9}]}]})";

absl::StatusOr<TraceFile> ReadWith(const std::string& from, const std::string& to) {
  return ParseTraceFile("t.json", absl::StrReplaceAll(kOneWindow, {{from, to}}));
}

std::string ProblemWith(const std::string& from, const std::string& to) {
  return std::string(ReadWith(from, to).status().message());
}

TEST(TraceFile, KeepsEveryMember) {
  const TraceFile trace = ReadWith("", "").value();
  EXPECT_EQ(trace.file, "t.json");
  EXPECT_EQ(trace.context.at("num_cpus"), "2");
  const TraceHistogram& histogram = trace.scenarios[0].histograms[0];
  EXPECT_EQ(histogram.prefix, "a_");
  EXPECT_EQ(histogram.basis, "service_time");
  EXPECT_EQ(histogram.count, 10);
  EXPECT_EQ(histogram.min_ns, 4);
  EXPECT_EQ(histogram.max_ns, 98);
  const TraceWindow& window = trace.scenarios[0].windows[0];
  EXPECT_EQ(window.end_seconds, 1.5);
  EXPECT_EQ(window.run_p50_us, 2.5);
  EXPECT_EQ(window.run_p99_us, 3.5);
  EXPECT_EQ(window.heap_bytes, 7);
  EXPECT_EQ(window.resident_bytes, 8);
  EXPECT_EQ(window.runs_per_second, 9);
}

TEST(TraceFile, TakesCountsOfBucketsUpToTheLargestThatADoubleHolds) {
  const auto problem = [](const char* count, const char* buckets) {
    return std::string(
        ParseTraceFile(
            "t.json",
            absl::StrReplaceAll(kOneWindow, {{"\"count\": 10", absl::StrCat("\"count\": ", count)},
                                             {"[[5, 5], [98, 5]]", buckets}}))
            .status()
            .message());
  };
  EXPECT_EQ(problem("9007199254740992", "[[5, 9007199254740992]]"), "");
  EXPECT_EQ(problem("9007199254740992", "[[5, 9007199254740991], [98, 1]]"), "");
  EXPECT_EQ(problem("1", "[[0, 1]]"), "");
  EXPECT_THAT(problem("1", "[[5, 9007199254740993]]"), HasSubstr("buckets: expected a list of"));
  // However many there are, the sum stays a number that is one too many.
  EXPECT_THAT(problem("9007199254740992", "[[5, 9007199254740992], [98, 9007199254740992]]"),
              HasSubstr("count is 9007199254740992, but the buckets hold 9007199254740993"));
}

TEST(TraceFile, TakesACountThatIsNoneForZero) {
  EXPECT_THAT(ProblemWith("\"count\": 10", "\"count\": \"x\""),
              HasSubstr("count is 0, but the buckets hold 10"));
}

TEST(TraceFile, SumsUpBucketsOfOneValue) {
  const TraceFile trace = ReadWith("[5, 5]", "[5, 2], [5, 3]").value();
  EXPECT_EQ(trace.scenarios[0].histograms[0].buckets.at(5), 5);
}

TEST(TraceFile, ExpectsObjectsInItsLists) {
  EXPECT_THAT(ProblemWith("\"windows\": [", "\"windows\": [7, "),
              HasSubstr("t.json.scenarios[0].windows[0]: expected an object"));
  EXPECT_THAT(ProblemWith("\"histograms\": [", "\"histograms\": [[], "),
              HasSubstr("t.json.scenarios[0].histograms[0]: expected an object"));
  EXPECT_THAT(ProblemWith("\"end_seconds\": 1.5", "\"end_seconds\": \"1.5\""),
              HasSubstr("windows[0].end_seconds: expected a number from 0 on, found \"1.5\""));
  EXPECT_THAT(ProblemWith("\"end_seconds\": 1.5, ", ""),
              HasSubstr("windows[0].end_seconds: expected a number from 0 on, found nothing"));
  EXPECT_THAT(ProblemWith("\"max_ns\": 98,", ""), HasSubstr("max_ns: expected a whole number from "
                                                            "0 to 2^53, found nothing"));
}

TEST(TraceDefaults, AreThoseOfNothingMeasured) {
  const TraceHistogram histogram;
  EXPECT_EQ(histogram.count, 0);
  EXPECT_EQ(histogram.min_ns, 0);
  EXPECT_EQ(histogram.max_ns, 0);
  const TraceWindow window;
  EXPECT_EQ(window.end_seconds, 0);
  EXPECT_EQ(window.run_p50_us, 0);
  EXPECT_EQ(window.run_p99_us, 0);
}

TEST(MergedScenarios, AddsUpBucketsAndKeepsOtherRowsApart) {
  const auto file = [](const std::string& row, std::map<int64_t, int64_t> buckets) {
    return TraceFile{.scenarios = {{.row = row,
                                    .histograms = {{.basis = "service_time",
                                                    .count = 3,
                                                    .min_ns = 1,
                                                    .max_ns = 9,
                                                    .buckets = std::move(buckets)}},
                                    .windows = {TraceWindow{}}}}};
  };
  const auto merged =
      MergedScenarios({file("a", {{1, 2}, {5, 1}}), file("b", {{7, 3}}), file("a", {{5, 3}})});
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].histograms[0].buckets, (std::map<int64_t, int64_t>{{1, 2}, {5, 4}}));
  EXPECT_EQ(merged[0].histograms[0].count, 6);
  EXPECT_TRUE(merged[0].windows.empty());
  EXPECT_EQ(merged[1].row, "b");
  EXPECT_EQ(merged[1].histograms[0].count, 3);
  EXPECT_EQ(merged[1].windows.size(), 1U);
}

TEST(MergedScenarios, TakesWhatOnlyALaterFileHas) {
  TraceFile first = {.scenarios = {{.row = "a"}}};
  TraceFile second = {.scenarios = {{.row = "a", .histograms = {{.prefix = "x_", .count = 4}}}}};
  const auto merged = MergedScenarios({first, second});
  ASSERT_EQ(merged[0].histograms.size(), 1U);
  EXPECT_EQ(merged[0].histograms[0].count, 4);
}

TEST(TraceFile, TakesAContextOfStringsAndWhatElseItHolds) {
  EXPECT_TRUE(
      ReadWith(R"("context": {"slo_seed": "1", "num_cpus": 2},)", "").value().context.empty());
  for (const char* other : {"\"x\"", "[1]", "7", "null"}) {
    const auto trace = ReadWith(R"({"slo_seed": "1", "num_cpus": 2})", other);
    ASSERT_TRUE(trace.ok()) << other;
    EXPECT_TRUE(trace->context.empty()) << other;
  }
}

TEST(TraceFile, TakesOptionalNumbersOnly) {
  for (const char* key : {"heap_bytes", "resident_bytes", "runs_per_second"}) {
    const std::string name = absl::StrCat("\"", key, "\":");
    const auto has = [&](const TraceFile& trace) {
      const TraceWindow& window = trace.scenarios[0].windows[0];
      return key == absl::string_view("heap_bytes")       ? window.heap_bytes.has_value()
             : key == absl::string_view("resident_bytes") ? window.resident_bytes.has_value()
                                                          : window.runs_per_second.has_value();
    };
    EXPECT_TRUE(has(ReadWith("", "").value())) << key;
    EXPECT_FALSE(has(ReadWith(name, "\"other\":").value())) << key;
    EXPECT_FALSE(has(ReadWith(name, absl::StrCat(name, " \"x\", \"", key, "2\":")).value())) << key;
  }
}

TEST(TraceFile, AsksForItsMembers) {
  for (const auto& [name, problem] : {std::pair("kind", "is no trace"),
                                      {"version", "version: expected 1, found nothing"},
                                      {"scenarios", "scenarios: expected a list"},
                                      {"row", "row: expected a non-empty string"},
                                      {"windows", "windows: expected a list"},
                                      {"basis", "basis: expected a non-empty string"},
                                      {"count", "count: expected a whole number"},
                                      {"buckets", "buckets: expected a list of"}}) {
    EXPECT_THAT(ProblemWith(absl::StrCat("\"", name, "\":"), "\"other\":"), HasSubstr(problem));
  }
  EXPECT_THAT(ProblemWith("\"buckets\": [[5, 5], [98, 5]]", "\"buckets\": 7"),
              HasSubstr("buckets: expected a list of"));
  EXPECT_THAT(ProblemWith("\"windows\": [", "\"windows\": 7, \"more\": ["),
              HasSubstr("windows: expected a list"));
  for (const char* text : {"[]", "3", "\"workflow-slo-trace\"", "{}"}) {
    EXPECT_THAT(std::string(ParseTraceFile("t.json", text).status().message()),
                HasSubstr("t.json: is no trace"));
  }
}

}  // namespace
}  // namespace slo::tools
