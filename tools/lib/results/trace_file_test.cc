#include "tools/lib/results/trace_file.h"

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

TEST(ParseTraceFile, TakesCountsFromZeroToTheLargestThatADoubleHolds) {
  EXPECT_EQ(ProblemOf("\"min_ns\": 4", "\"min_ns\": 0"), "");
  EXPECT_EQ(ProblemOf("\"min_ns\": 4", "\"min_ns\": 9007199254740992"), "");
  for (const char* bad : {"-1", "-2", "9007199254740993", "1.5", "\"4\""}) {
    EXPECT_THAT(ProblemOf("\"min_ns\": 4", absl::StrCat("\"min_ns\": ", bad)),
                HasSubstr("min_ns: expected a whole number from 0 to 2^53"))
        << bad;
  }
  EXPECT_EQ(ProblemOf("\"end_seconds\": 1.5", "\"end_seconds\": 0"), "");
  EXPECT_THAT(ProblemOf("\"end_seconds\": 1.5", "\"end_seconds\": -0.5"),
              HasSubstr("end_seconds: expected a number from 0 on"));
}

TEST(ParseTraceFile, RefusesBucketsThatCountNothing) {
  for (const char* bad : {"[5, 0]", "[5]", "[5, 1, 1]", "[-5, 5]", "[5.5, 5]", "5"}) {
    EXPECT_THAT(ProblemOf("[5, 5]", bad), HasSubstr("buckets: expected a list of")) << bad;
  }
  EXPECT_EQ(ProblemOf("[5, 5]", "[5, 2], [5, 3]"), "");
}

TEST(ParseTraceFile, TakesSlotsThatHoldAllLatencies) {
  const auto with_slots = [](const std::string& counts) {
    return ProblemOf("\"max_ns\": 98",
                     absl::StrCat("\"max_ns\": 98, \"slots\": {\"width_ns\": 1024, \"first\": 7, ",
                                  "\"counts\": ", counts, "}"));
  };
  EXPECT_EQ(with_slots("[[[5, 5]], [], [[95, 5]]]"), "");
  EXPECT_THAT(with_slots("[[[5, 5]]]"),
              HasSubstr("slots: expected 10 latencies as the histogram has, found 5"));
  EXPECT_THAT(with_slots("[5]"), HasSubstr("slots.counts[0]: expected a list of [value, count]"));
}

TEST(TraceHistogram, RoundsRanksToBothEndsOfTheirBucket) {
  // 4,097 ns share a bucket with 4,096 to 4,099.
  const TraceHistogram histogram = {
      .count = 3, .min_ns = 7, .max_ns = 4'098, .buckets = {{7, 1}, {4'099, 2}}};
  EXPECT_EQ(histogram.LowestAtRank(1), 7);
  EXPECT_EQ(histogram.LowestAtRank(2), 4'096);
  EXPECT_EQ(histogram.AtRank(2), 4'098);
  const TraceHistogram narrow = {
      .count = 1, .min_ns = 4'097, .max_ns = 4'098, .buckets = {{4'099, 1}}};
  EXPECT_EQ(narrow.LowestAtRank(1), 4'097);
}

TEST(TraceHistogram, HasItsOrderStatisticsByRank) {
  const TraceHistogram histogram = {
      .count = 10, .min_ns = 4, .max_ns = 98, .buckets = {{5, 5}, {10, 4}, {99, 1}}};
  EXPECT_EQ(histogram.AtRank(1), 5);
  EXPECT_EQ(histogram.AtRank(5), 5);
  EXPECT_EQ(histogram.AtRank(6), 10);
  EXPECT_EQ(histogram.AtRank(9), 10);
  EXPECT_EQ(histogram.AtRank(10), 98);
  EXPECT_EQ(histogram.AtRank(11), 98);
}

TEST(TraceHistogram, KnowsOnlyTheLargestOfWhatTheLastBucketHolds) {
  const int64_t last = (int64_t{1} << 42U) - 1;
  const TraceHistogram histogram = {
      .count = 4, .max_ns = 3 * last, .buckets = {{5, 1}, {last - 1, 1}, {last, 2}}};
  EXPECT_EQ(histogram.AtRank(2), last - 1);
  EXPECT_EQ(histogram.AtRank(3), 3 * last);
  EXPECT_EQ(histogram.AtRank(4), 3 * last);
}

TEST(IsRowOf, KnowsEveryPartThatGoogleBenchmarkAdds) {
  for (const char* added : {"min_time:0.5", "min_warmup_time:1", "iterations:1", "repeats:3",
                            "manual_time", "real_time", "process_time", "threads:2"}) {
    EXPECT_TRUE(IsRowOf(absl::StrCat("BM_A/", added), "BM_A")) << added;
  }
  for (const char* other : {"manual_time:1", "threads", "other", "", "real_time/x:1"}) {
    EXPECT_FALSE(IsRowOf(absl::StrCat("BM_A/", other), "BM_A")) << other;
  }
}

stats::LatencySlots SlotsWith(int64_t latency_ns) {
  stats::LatencySlots slots;
  slots.Record(0, latency_ns);
  return slots;
}

// Some of the latencies would not be there.
TEST(MergedScenarios, HasSlotsOfAllOrNone) {
  const auto file = [](bool has_slots, int64_t count) {
    TraceHistogram histogram = {.basis = "service_time", .count = count};
    TraceScenario scenario = {.row = "BM_S"};
    if (has_slots) {
      histogram.slots = SlotsWith(5);
      scenario.trials.emplace();
      scenario.trials->CountTrials(0);
    }
    scenario.histograms = {histogram};
    return TraceFile{.scenarios = {scenario}};
  };
  const TraceScenario both = MergedScenarios({file(true, 1), file(true, 1)})[0];
  EXPECT_EQ(both.histograms[0].slots->slots().counts(0)[5], 2U);
  EXPECT_EQ(both.trials->slots().counts(0)[stats::TrialSlots::kTrials], 2U);
  for (const auto& [first, second] : {std::pair(true, false), {false, true}}) {
    const TraceScenario some = MergedScenarios({file(first, 1), file(second, 1)})[0];
    EXPECT_FALSE(some.histograms[0].slots.has_value());
    EXPECT_FALSE(some.trials.has_value());
  }
  EXPECT_TRUE(MergedScenarios({file(true, 1), file(false, 0)})[0].histograms[0].slots.has_value())
      << "nothing is missing";
  EXPECT_TRUE(MergedScenarios({file(false, 0), file(true, 1)})[0].histograms[0].slots.has_value());
}

TEST(MergedScenarios, KeepsHistogramsOfOtherEndpointsAndBasesApart) {
  const auto file = [](const std::string& prefix, const std::string& basis, int64_t value) {
    return TraceFile{.scenarios = {{.row = "BM_S",
                                    .histograms = {{.prefix = prefix,
                                                    .basis = basis,
                                                    .count = 1,
                                                    .min_ns = value,
                                                    .max_ns = value,
                                                    .buckets = {{value, 1}},
                                                    .slots = SlotsWith(value)}},
                                    .windows = {TraceWindow{}}}}};
  };
  const auto merged = MergedScenarios({file("", "service_time", 7), file("", "planned_start", 8),
                                       file("a_", "service_time", 9), file("", "service_time", 3)});
  ASSERT_EQ(merged.size(), 1u);
  ASSERT_EQ(merged[0].histograms.size(), 3u);
  const TraceHistogram& both = merged[0].histograms[0];
  EXPECT_EQ(both.count, 2);
  EXPECT_EQ(both.min_ns, 3);
  EXPECT_EQ(both.max_ns, 7);
  ASSERT_TRUE(both.slots.has_value());
  EXPECT_EQ(both.slots->slots().counts(0)[7], 1U);
  EXPECT_EQ(both.slots->slots().counts(0)[3], 1U) << "at the same time";
}

TEST(MergedScenarios, TakesNoMinimumFromAnEmptyHistogram) {
  const auto file = [](int64_t count, int64_t min_ns) {
    return TraceFile{
        .scenarios = {
            {.row = "BM_S",
             .histograms = {
                 {.basis = "service_time", .count = count, .min_ns = min_ns, .max_ns = min_ns}}}}};
  };
  EXPECT_EQ(MergedScenarios({file(0, 0), file(1, 5)})[0].histograms[0].min_ns, 5);
  EXPECT_EQ(MergedScenarios({file(1, 5), file(0, 0)})[0].histograms[0].min_ns, 5);
  EXPECT_EQ(MergedScenarios({file(1, 5), file(1, 3)})[0].histograms[0].min_ns, 3);
}

}  // namespace
}  // namespace slo::tools
