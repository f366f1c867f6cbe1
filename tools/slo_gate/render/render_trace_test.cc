#include "tools/slo_gate/render/render_trace.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TraceScenario Soak() {
  return {.row = "BM_Soak/runs:2",
          .histograms = {{.prefix = "",
                          .basis = "planned_start",
                          .count = 4,
                          .min_ns = 900,
                          .max_ns = 50'000,
                          .buckets = {{1'000, 3}, {50'000, 1}}},
                         {.prefix = "create_run_", .basis = "service_time"}},
          .windows = {{.end_seconds = 1, .run_p50_us = 2, .run_p99_us = 3, .heap_bytes = 1 << 20},
                      {.end_seconds = 2, .run_p50_us = 4, .run_p99_us = 5, .heap_bytes = 2 << 20}}};
}

Verdict WithTrace(TraceScenario scenario) {
  Verdict verdict;
  verdict.traces = {{.file = "t.json", .scenarios = {std::move(scenario)}}};
  verdict.scenarios = {{.name = "BM_Soak/runs:2/manual_time",
                        .checks = {{.id = "soak_p99",
                                    .metric = "latency_p99_us",
                                    .threshold = {.value = 40, .text = "40us"}}}}};
  return verdict;
}

TEST(TraceMarkdown, HasPercentilesByScenarioAndEndpoint) {
  EXPECT_THAT(
      TraceMarkdown(WithTrace(Soak())),
      AllOf(HasSubstr("| BM\\_Soak/runs:2 | run | planned start | 4 | 1.000 us | 50.000 us |"),
            HasSubstr("| BM\\_Soak/runs:2 | create\\_run | actual start | 0 | - |")));
}

TEST(TraceMarkdown, DrawsLatencyWithTheLimitThatWasJudged) {
  EXPECT_THAT(
      TraceMarkdown(WithTrace(Soak())),
      HasSubstr("```mermaid\nxychart-beta\n"
                "    title \"BM_Soak/runs:2: run, and the limit soak_p99\"\n"
                "    x-axis [\"p50\", \"p75\", \"p90\", \"p95\", \"p99\", \"p99.9\", "
                "\"p99.99\"]\n"
                "    y-axis \"microseconds\" 0 --> 55.000\n"
                "    line [1.000, 1.000, 50.000, 50.000, 50.000, 50.000, 50.000]\n"
                "    line [40.000, 40.000, 40.000, 40.000, 40.000, 40.000, 40.000]\n```\n"));
}

TEST(TraceMarkdown, DrawsTheWindowsOfASoak) {
  EXPECT_THAT(TraceMarkdown(WithTrace(Soak())),
              AllOf(HasSubstr("    line [2.000, 4.000]\n    line [3.000, 5.000]\n"),
                    HasSubstr("    y-axis \"MiB\" 0 --> 2.200\n    line [1.000, 2.000]\n")));
}

TEST(TraceMarkdown, LetsNoNameBreakOutOfTheChart) {
  TraceScenario scenario = Soak();
  scenario.row = "BM_X\"\n```<b>";
  EXPECT_THAT(TraceMarkdown(WithTrace(scenario)), HasSubstr("title \"BM_X______b_: run\""));
}

TEST(TraceMarkdown, WritesNoExponents) {
  TraceScenario scenario = Soak();
  scenario.histograms[0].buckets = {{1'000, 3}, {123'456'789'000, 1}};
  scenario.histograms[0].max_ns = 123'456'789'000;
  EXPECT_THAT(TraceMarkdown(WithTrace(scenario)),
              AllOf(HasSubstr("0 --> 135802468\n"), HasSubstr(", 123456789, 123456789]\n")));
}

TEST(TraceMarkdown, NamesALimitThatWouldFlattenTheChart) {
  Verdict verdict = WithTrace(Soak());
  verdict.scenarios[0].checks[0].threshold.value = 5'000;
  EXPECT_THAT(TraceMarkdown(verdict),
              HasSubstr("run; the limit soak_p99, 5.000 ms, lies far above\"\n"));
}

TEST(TraceMarkdown, CountsTheChartsThatItLeavesOut) {
  Verdict verdict = WithTrace(Soak());
  for (int i = 0; i < 4; ++i) {
    verdict.traces[0].scenarios.push_back(Soak());
    verdict.traces[0].scenarios.back().row += std::to_string(i);
  }
  EXPECT_THAT(TraceMarkdown(verdict), HasSubstr("And 3 more charts"));
  EXPECT_THAT(TraceMarkdown(WithTrace(Soak())), Not(HasSubstr("more charts")));
}

TEST(TraceMarkdown, IsEmptyWithoutTraces) { EXPECT_EQ(TraceMarkdown({}), ""); }

}  // namespace
}  // namespace slo::tools
