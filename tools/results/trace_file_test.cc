#include "tools/results/trace_file.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kTrace[] = R"({"kind": "workflow-slo-trace", "version": 1,
  "context": {"slo_seed": "1"},
  "scenarios": [{"row": "BM_S", "histograms": [
      {"prefix": "", "basis": "service_time", "count": 10, "min_ns": 4, "max_ns": 98,
       "buckets": [[5, 5], [10, 4], [99, 1]]}],
    "windows": [{"end_seconds": 1.5, "run_p50_us": 2, "run_p99_us": 3, "heap_bytes": 7}]}]})";

std::string ProblemOf(absl::string_view from, absl::string_view to) {
  return std::string(
      ParseTraceFile("t.json", absl::StrReplaceAll(kTrace, {{from, to}})).status().message());
}

TEST(ParseTraceFile, ReadsHistogramsAndWindows) {
  const auto trace = ParseTraceFile("t.json", kTrace);
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->context.at("slo_seed"), "1");
  const TraceScenario& scenario = trace->scenarios.at(0);
  EXPECT_EQ(scenario.row, "BM_S");
  EXPECT_EQ(scenario.windows.at(0).heap_bytes, 7);
  EXPECT_FALSE(scenario.windows.at(0).resident_bytes.has_value());
  const TraceHistogram& histogram = scenario.histograms.at(0);
  EXPECT_EQ(histogram.AtQuantile(0.5), 5);
  EXPECT_EQ(histogram.AtQuantile(0.51), 10);
  EXPECT_EQ(histogram.AtQuantile(0.9), 10);
  EXPECT_EQ(histogram.AtQuantile(1), 98) << "never above the largest value";
}

TEST(ParseTraceFile, NamesEveryProblem) {
  EXPECT_THAT(ProblemOf("workflow-slo-trace", "x"), HasSubstr("t.json: is no trace"));
  EXPECT_THAT(ProblemOf("\"version\": 1", "\"version\": 2"), HasSubstr("expected 1, found 2"));
  EXPECT_THAT(ProblemOf("\"count\": 10", "\"count\": 11"),
              HasSubstr("scenarios[0].histograms[0]: count is 11, but the buckets hold 10"));
  EXPECT_THAT(ProblemOf("[5, 5]", "[5, -5]"), HasSubstr("buckets: expected a list of"));
  EXPECT_THAT(ProblemOf("service_time", "none"),
              HasSubstr("basis: expected service_time or planned_start, found \"none\""));
  const std::string both = ProblemOf("\"row\": \"BM_S\", \"histograms\"", "\"histgrams\"");
  EXPECT_THAT(both, AllOf(HasSubstr("scenarios[0].row: expected"),
                          HasSubstr("scenarios[0].histograms: expected a list")));
}

TEST(IsRowOf, KnowsWhatGoogleBenchmarkAdds) {
  EXPECT_TRUE(IsRowOf("BM_A/x:1", "BM_A/x:1"));
  EXPECT_TRUE(IsRowOf("BM_A/x:1/iterations:1/repeats:3/manual_time/threads:2", "BM_A/x:1"));
  EXPECT_FALSE(IsRowOf("BM_A/x:1/y:2", "BM_A/x:1"));
  EXPECT_FALSE(IsRowOf("BM_A/x:10", "BM_A/x:1"));
  EXPECT_FALSE(IsRowOf("BM_A", "BM_A/x:1"));
}

TEST(MergedScenarios, AddsUpTheHistogramsOfOneRow) {
  const TraceFile one = *ParseTraceFile("a.json", kTrace);
  const TraceFile other = *ParseTraceFile(
      "b.json", absl::StrReplaceAll(
                    kTrace, {{"[99, 1]", "[200, 1]"}, {"\"max_ns\": 98", "\"max_ns\": 200"}}));
  const auto merged = MergedScenarios({one, other});
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_TRUE(merged[0].windows.empty());
  const TraceHistogram& histogram = merged[0].histograms.at(0);
  EXPECT_EQ(histogram.count, 20);
  EXPECT_EQ(histogram.max_ns, 200);
  EXPECT_EQ(histogram.buckets.at(5), 10);
  EXPECT_EQ(histogram.AtQuantile(0.95), 99);
  EXPECT_EQ(MergedScenarios({one})[0].windows.size(), 1u);
}

}  // namespace
}  // namespace slo::tools
