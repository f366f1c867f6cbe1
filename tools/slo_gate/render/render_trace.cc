#include "tools/slo_gate/render/render_trace.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/results/trace_file.h"
#include "tools/slo_gate/render/markdown_cell.h"

namespace slo::tools {
namespace {

constexpr std::array<std::pair<absl::string_view, double>, 5> kColumns = {
    {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p99.9", 0.999}}};
constexpr std::array<std::pair<absl::string_view, double>, 7> kPoints = {{{"p50", 0.5},
                                                                          {"p75", 0.75},
                                                                          {"p90", 0.9},
                                                                          {"p95", 0.95},
                                                                          {"p99", 0.99},
                                                                          {"p99.9", 0.999},
                                                                          {"p99.99", 0.9999}}};
constexpr double kNsPerUs = 1'000;
// A limit so many times above everything would leave of the latencies a line on the axis.
constexpr double kFarthestLimit = 20;

constexpr MetricType kMicroseconds = {.kind = MetricKind::kTime, .per_second = 1e6};

std::string Time(int64_t ns) { return Pretty(kMicroseconds, static_cast<double>(ns) / kNsPerUs); }

// "create_run", "all"; the prefix ends in "_".
std::string Endpoint(const TraceHistogram& histogram) {
  if (histogram.prefix.empty()) return histogram.basis == "planned_start" ? "run" : "all requests";
  return histogram.prefix.substr(0, histogram.prefix.size() - 1);
}

void AppendTable(const std::vector<TraceScenario>& scenarios, std::string& text) {
  absl::StrAppend(&text, "\n| scenario | of | counted from | samples |");
  for (const auto& [name, quantile] : kColumns) absl::StrAppend(&text, " ", name, " |");
  absl::StrAppend(&text, " max |\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (const TraceScenario& scenario : scenarios) {
    for (const TraceHistogram& histogram : scenario.histograms) {
      absl::StrAppend(&text, "| ", MarkdownCell(scenario.row), " | ",
                      MarkdownCell(Endpoint(histogram)), " | ",
                      histogram.basis == "planned_start" ? "planned start" : "actual start", " | ",
                      histogram.count, " |");
      for (const auto& [name, quantile] : kColumns) {
        absl::StrAppend(&text, " ",
                        histogram.count > 0 ? Time(histogram.AtQuantile(quantile)) : "-", " |");
      }
      absl::StrAppend(&text, " ", histogram.count > 0 ? Time(histogram.max_ns) : "-", " |\n");
    }
  }
}

// Mermaid takes no exponents.
std::string Number(double value) {
  return value >= 1'000 ? absl::StrFormat("%.0f", value) : absl::StrFormat("%.3f", value);
}

std::string Numbers(const std::vector<double>& values) {
  return absl::StrJoin(values, ", ",
                       [](std::string* out, double value) { absl::StrAppend(out, Number(value)); });
}

// Mermaid's strings know no escapes, and it takes markup in them for markup.
std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const bool is_plain =
        absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains(" :;/_-.,()", c);
    quoted.push_back(is_plain ? c : '_');
  }
  return quoted + "\"";
}

struct Chart {
  std::string title;
  std::vector<std::string> categories;
  std::string unit;
  std::vector<std::vector<double>> lines;
};

void AppendChart(const Chart& chart, std::string& text) {
  double highest = 0;
  for (const std::vector<double>& line : chart.lines) {
    highest = std::max(highest, *std::max_element(line.begin(), line.end()));
  }
  absl::StrAppend(&text, "\n```mermaid\nxychart-beta\n    title ", Quoted(chart.title),
                  "\n    x-axis [",
                  absl::StrJoin(chart.categories, ", ",
                                [](std::string* out, const std::string& category) {
                                  absl::StrAppend(out, Quoted(category));
                                }),
                  "]\n    y-axis ", Quoted(chart.unit), " 0 --> ",
                  Number(highest > 0 ? highest * 1.1 : 1), "\n");
  for (const std::vector<double>& line : chart.lines) {
    absl::StrAppend(&text, "    line [", Numbers(line), "]\n");
  }
  text.append("```\n");
}

// The tightest upper limit on a percentile of these latencies that was judged on the row, in
// microseconds, with the objective's name.
std::optional<std::pair<double, std::string>> LimitOf(const Verdict& verdict,
                                                      const std::string& row,
                                                      const std::string& prefix) {
  std::optional<std::pair<double, std::string>> limit;
  for (const Scenario& scenario : verdict.scenarios) {
    if (!IsRowOf(scenario.name, row)) continue;
    for (const Check& check : scenario.checks) {
      const bool is_percentile = check.metric == LatencyCounter(prefix, "p99") ||
                                 check.metric == LatencyCounter(prefix, "p95");
      if (!is_percentile || check.kind != LimitKind::kMax) continue;
      if (!limit.has_value() || check.threshold.value < limit->first) {
        limit = {check.threshold.value, check.id};
      }
    }
  }
  return limit;
}

Chart PercentileChart(const Verdict& verdict, const TraceScenario& scenario,
                      const TraceHistogram& histogram) {
  Chart chart = {.title = absl::StrCat(scenario.row, ": ", Endpoint(histogram)),
                 .unit = "microseconds"};
  chart.lines.emplace_back();
  for (const auto& [name, quantile] : kPoints) {
    chart.categories.emplace_back(name);
    chart.lines[0].push_back(static_cast<double>(histogram.AtQuantile(quantile)) / kNsPerUs);
  }
  const auto limit = LimitOf(verdict, scenario.row, histogram.prefix);
  if (!limit.has_value()) return chart;
  if (limit->first <= kFarthestLimit * chart.lines[0].back()) {
    absl::StrAppend(&chart.title, ", and the limit ", limit->second);
    chart.lines.emplace_back(kPoints.size(), limit->first);
  } else {
    absl::StrAppend(&chart.title, "; the limit ", limit->second, ", ",
                    Pretty(kMicroseconds, limit->first), ", lies far above");
  }
  return chart;
}

Chart WindowChart(const TraceScenario& scenario, absl::string_view what, absl::string_view unit) {
  Chart chart = {.title = absl::StrFormat("%s: %s, over %.3g s", scenario.row, what,
                                          scenario.windows.back().end_seconds),
                 .unit = std::string(unit)};
  for (size_t i = 1; i <= scenario.windows.size(); ++i) {
    chart.categories.push_back(absl::StrCat(i));
  }
  return chart;
}

std::vector<Chart> ChartsOf(const Verdict& verdict, const TraceScenario& scenario) {
  std::vector<Chart> charts;
  if (!scenario.histograms.empty() && scenario.histograms[0].count > 0) {
    charts.push_back(PercentileChart(verdict, scenario, scenario.histograms[0]));
  }
  if (scenario.windows.size() < 2) return charts;
  Chart times = WindowChart(scenario, "p50 and p99 of the runs in each window", "microseconds");
  Chart memory = WindowChart(scenario, "heap and resident memory by window", "MiB");
  times.lines.resize(2);
  memory.lines.resize(2);
  for (const TraceWindow& window : scenario.windows) {
    constexpr double kMib = 1 << 20;
    times.lines[0].push_back(window.run_p50_us);
    times.lines[1].push_back(window.run_p99_us);
    memory.lines[0].push_back(static_cast<double>(window.heap_bytes.value_or(0)) / kMib);
    memory.lines[1].push_back(static_cast<double>(window.resident_bytes.value_or(0)) / kMib);
  }
  charts.push_back(std::move(times));
  if (scenario.windows[0].heap_bytes.has_value()) charts.push_back(std::move(memory));
  return charts;
}

}  // namespace

std::string TraceMarkdown(const Verdict& verdict) {
  if (verdict.traces.empty()) return "";
  const std::vector<TraceScenario> scenarios = MergedScenarios(verdict.traces);
  std::string text = "\n## Distributions\n";
  AppendTable(scenarios, text);
  std::vector<Chart> charts;
  for (const TraceScenario& scenario : scenarios) {
    for (Chart& chart : ChartsOf(verdict, scenario)) charts.push_back(std::move(chart));
  }
  const size_t shown = std::min<size_t>(charts.size(), kMaxCharts);
  for (size_t i = 0; i < shown; ++i) AppendChart(charts[i], text);
  if (shown < charts.size()) {
    absl::StrAppend(&text, "\nAnd ", charts.size() - shown,
                    " more charts; the traces have them.\n");
  }
  return text;
}

}  // namespace slo::tools
