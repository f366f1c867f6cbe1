#include "tools/slo_gate/render/render_trace.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
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
  EXPECT_THAT(TraceMarkdown(WithTrace(Soak())),
              AllOf(HasSubstr("| BM\\_Soak/runs:2 | run | planned start | 4 | 1 us | 50 us |"),
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
              HasSubstr("run; the limit soak_p99, 5 ms, lies far above\"\n"));
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

// ---- Each figure in its place ----

// 10,000 latencies with another value for each percentile that is shown.
TraceHistogram Graded() {
  return {.prefix = "",
          .basis = "service_time",
          .count = 10'000,
          .min_ns = 1'000,
          .max_ns = 8'000,
          .buckets = {{1'000, 5'000},
                      {2'000, 2'500},
                      {3'000, 1'500},
                      {4'000, 500},
                      {5'000, 400},
                      {6'000, 90},
                      {7'000, 9},
                      {8'000, 1}}};
}

TEST(TraceTable, HasTheLatencyOfEachPercentile) {
  EXPECT_THAT(TraceMarkdown(WithTrace({.row = "BM_A", .histograms = {Graded()}})),
              HasSubstr("| scenario | of | counted from | samples | p50 | p90 | p95 | p99 | p99.9 "
                        "| max |\n|---|---|---|---|---|---|---|---|---|---|\n"
                        "| BM\\_A | all requests | actual start | 10000 | 1 us | 3 us | "
                        "4 us | 5 us | 6 us | 8 us |\n"));
}

TEST(TraceTable, HasDashesWhereThereIsNoLatency) {
  const std::string page = TraceMarkdown(
      WithTrace({.row = "BM_A", .histograms = {{.prefix = "a_", .basis = "planned_start"}}}));
  EXPECT_THAT(page, HasSubstr("| a | planned start | 0 | - | - | - | - | - | - |\n"));
  EXPECT_THAT(page, Not(HasSubstr("mermaid")));
}

TEST(TraceTable, OfOneLatencyIsThatOne) {
  const TraceHistogram one = {.prefix = "",
                              .basis = "service_time",
                              .count = 1,
                              .min_ns = 7'000,
                              .max_ns = 7'000,
                              .buckets = {{7'000, 1}}};
  const std::string page = TraceMarkdown(WithTrace({.row = "BM_A", .histograms = {one}}));
  EXPECT_THAT(page, AllOf(HasSubstr("| 1 | 7 us | 7 us |"), HasSubstr("mermaid")));
}

// The chart of these histograms of BM_Soak/runs:2 beside a check.
std::string ChartWith(const Check& check, std::vector<TraceHistogram> histograms = {Graded()},
                      const std::string& name = "BM_Soak/runs:2/manual_time") {
  Verdict verdict = WithTrace({.row = "BM_Soak/runs:2", .histograms = std::move(histograms)});
  verdict.scenarios = {{.name = name, .checks = {check}}};
  return TraceMarkdown(verdict);
}

Check LimitOnTimes(const std::string& metric, double limit, LimitKind kind = LimitKind::kMax) {
  return {.id = "slo", .metric = metric, .kind = kind, .threshold = {.value = limit, .text = "L"}};
}

TEST(TraceChart, HasTheLatencyOfEachPercentile) {
  EXPECT_THAT(ChartWith({}), HasSubstr("    y-axis \"microseconds\" 0 --> 7.700\n"
                                       "    line [1.000, 2.000, 3.000, 4.000, 5.000, 6.000, "
                                       "7.000]\n```\n"));
}

TEST(TraceChart, ShowsALimitUpToTwentyTimesTheHighestLatency) {
  EXPECT_THAT(ChartWith(LimitOnTimes("latency_p99_us", 140)),
              AllOf(HasSubstr("all requests, and the limit slo\""),
                    HasSubstr("    line [140.000, 140.000, 140.000, 140.000, 140.000, 140.000, "
                              "140.000]\n"),
                    HasSubstr(" 0 --> 154.000\n")));
  EXPECT_THAT(ChartWith(LimitOnTimes("latency_p99_us", 140.001)),
              AllOf(HasSubstr("all requests; the limit slo, 140 us, lies far above\""),
                    Not(HasSubstr("line [140"))));
}

TEST(TraceChart, ShowsNoLimitThatIsOfSomethingElse) {
  const char* const any = "the limit";
  EXPECT_THAT(ChartWith(LimitOnTimes("latency_p95_us", 10)), HasSubstr(any));
  EXPECT_THAT(ChartWith(LimitOnTimes("latency_p50_us", 10)), Not(HasSubstr(any)));
  EXPECT_THAT(ChartWith(LimitOnTimes("a_latency_p99_us", 10)), Not(HasSubstr(any)));
  EXPECT_THAT(ChartWith(LimitOnTimes("latency_p99_us", 10, LimitKind::kMin)), Not(HasSubstr(any)));
  EXPECT_THAT(ChartWith(LimitOnTimes("latency_p99_us", 10), {Graded()}, "BM_Soak/runs:20"),
              Not(HasSubstr(any)));
  TraceHistogram of_endpoint = Graded();
  of_endpoint.prefix = "a_";
  EXPECT_THAT(ChartWith(LimitOnTimes("a_latency_p99_us", 10), {of_endpoint}),
              HasSubstr("BM_Soak/runs:2: a, and the limit slo\""));
  EXPECT_THAT(ChartWith(LimitOnTimes("latency_p99_us", 10), {of_endpoint}), Not(HasSubstr(any)));
}

TEST(TraceChart, ShowsTheTightestOfSeveralLimits) {
  for (const auto& [first, second] : {std::pair(10.0, 20.0), {20.0, 10.0}}) {
    Verdict verdict = WithTrace({.row = "BM_Soak/runs:2", .histograms = {Graded()}});
    Check& one = verdict.scenarios[0].checks[0];
    one.threshold.value = first;
    one.id = absl::StrCat("of ", first);
    verdict.scenarios.push_back(verdict.scenarios[0]);
    verdict.scenarios[1].checks[0].threshold.value = second;
    verdict.scenarios[1].checks[0].id = absl::StrCat("of ", second);
    EXPECT_THAT(TraceMarkdown(verdict),
                AllOf(HasSubstr("and the limit of 10\""), HasSubstr("line [10.000, ")));
  }
}

TEST(TraceChart, IsOfTheFirstHistogram) {
  TraceHistogram second = Graded();
  second.prefix = "b_";
  const std::string page = ChartWith({}, {Graded(), second});
  EXPECT_THAT(page, HasSubstr("title \"BM_Soak/runs:2: all requests\""));
  EXPECT_THAT(page, Not(HasSubstr("title \"BM_Soak/runs:2: b\"")));
  EXPECT_THAT(ChartWith({}, {}), Not(HasSubstr("mermaid")));
}

TEST(TraceChart, KeepsWhatMermaidReadsAsText) {
  EXPECT_THAT(TraceMarkdown(WithTrace({.row = "aZ09 :;/_-.,()", .histograms = {Graded()}})),
              HasSubstr("title \"aZ09 :;/_-.,(): all requests\""));
  EXPECT_THAT(TraceMarkdown(WithTrace({.row = "[]{}<>`'\\\xC3\xA4", .histograms = {Graded()}})),
              HasSubstr("title \"___________: all requests\""));
}

// ---- Windows ----

TraceWindow Window(double p50_us, double p99_us, int64_t mib) {
  return {.end_seconds = 1.5,
          .run_p50_us = p50_us,
          .run_p99_us = p99_us,
          .heap_bytes = mib * (1 << 20),
          .resident_bytes = 2 * mib * (1 << 20)};
}

TEST(TraceWindows, AreDrawnFromTwoOn) {
  const auto page = [](std::vector<TraceWindow> windows) {
    return TraceMarkdown(WithTrace({.row = "BM_A", .windows = std::move(windows)}));
  };
  EXPECT_THAT(page({Window(1, 2, 3)}), Not(HasSubstr("mermaid")));
  EXPECT_THAT(page({Window(1, 2, 3), Window(4, 5, 6)}),
              AllOf(HasSubstr("    title \"BM_A: p50 and p99 of the runs in each window, over 1.5 "
                              "s\"\n    x-axis [\"1\", \"2\"]\n"
                              "    y-axis \"microseconds\" 0 --> 5.500\n"
                              "    line [1.000, 4.000]\n    line [2.000, 5.000]\n"),
                    HasSubstr("    y-axis \"MiB\" 0 --> 13.200\n"
                              "    line [3.000, 6.000]\n    line [6.000, 12.000]\n")));
}

TEST(TraceWindows, HaveNoChartOfMemoryThatWasNotMeasured) {
  const auto page = [](std::optional<int64_t> first, std::optional<int64_t> second) {
    std::vector<TraceWindow> windows = {Window(1, 2, 3), Window(4, 5, 6)};
    windows[0].heap_bytes = first;
    windows[1].heap_bytes = second;
    for (TraceWindow& window : windows) window.resident_bytes.reset();
    return TraceMarkdown(WithTrace({.row = "BM_A", .windows = std::move(windows)}));
  };
  EXPECT_THAT(page(std::nullopt, 1 << 20), Not(HasSubstr("MiB")));
  EXPECT_THAT(page(1 << 20, std::nullopt),
              HasSubstr(" 0 --> 1.100\n    line [1.000, 0.000]\n    line [0.000, 0.000]\n"));
}

TEST(TraceWindows, HaveAnAxisWhateverTheirFigures) {
  const auto page = [](double us) {
    return TraceMarkdown(
        WithTrace({.row = "BM_A", .windows = {Window(us, us, 1), Window(us, us, 1)}}));
  };
  EXPECT_THAT(page(0), HasSubstr("\"microseconds\" 0 --> 1.000\n"));
  EXPECT_THAT(page(0.5), HasSubstr("\"microseconds\" 0 --> 0.550\n"));
  EXPECT_THAT(page(999.999), HasSubstr("line [999.999, 999.999]"));
  EXPECT_THAT(page(1'000), HasSubstr("line [1000, 1000]"));
}

TEST(TraceMarkdown, LeavesOutNoChartThatHasRoom) {
  const auto page = [](int charts) {
    Verdict verdict = WithTrace({.row = "BM_0", .histograms = {Graded()}});
    for (int i = 1; i < charts; ++i) {
      verdict.traces[0].scenarios.push_back(
          {.row = absl::StrCat("BM_", i), .histograms = {Graded()}});
    }
    return TraceMarkdown(verdict);
  };
  const auto most = static_cast<int>(kMaxCharts);
  EXPECT_THAT(page(most), AllOf(Not(HasSubstr("more charts")),
                                HasSubstr(absl::StrCat("title \"BM_", most - 1, ":"))));
  EXPECT_THAT(page(most + 1), AllOf(HasSubstr("\nAnd 1 more charts; "),
                                    Not(HasSubstr(absl::StrCat("title \"BM_", most, ":")))));
}

}  // namespace
}  // namespace slo::tools
