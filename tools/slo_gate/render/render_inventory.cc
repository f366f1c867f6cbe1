#include "tools/slo_gate/render/render_inventory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/slo_gate/objectives/judge_sample.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kInventoryIndent = "  ";

std::string WithNoun(size_t count, absl::string_view noun, absl::string_view plural) {
  return absl::StrCat(count, " ", count == 1 ? noun : plural);
}

std::string KindText(const MetricType& type) {
  switch (type.kind) {
    case MetricKind::kTime:
      return "time";
    case MetricKind::kRatio:
      return "proportion";
    case MetricKind::kBytes:
      return "bytes";
    case MetricKind::kRate:
      return "rate";
    case MetricKind::kPlain:
      break;
  }
  return "number";
}

using MetricCells = std::array<std::string, 6>;

std::string PrettyOrDash(const MetricType& type, const std::optional<double>& value) {
  return value.has_value() ? Pretty(type, *value) : "-";
}

MetricCells MetricCellsOf(const MetricEntry& metric, size_t rows) {
  std::vector<std::string> remarks;
  if (metric.has_bounds) remarks.emplace_back("bounds");
  if (metric.not_finite > 0) {
    remarks.push_back(absl::StrCat(metric.not_finite, " not a number"));
  }
  if (metric.values + metric.not_finite < rows) {
    remarks.push_back(absl::StrCat("in ", metric.values + metric.not_finite, " of ", rows));
  }
  return {OneLine(metric.name),
          KindText(metric.type),
          PrettyOrDash(metric.type, metric.smallest),
          PrettyOrDash(metric.type, metric.median),
          PrettyOrDash(metric.type, metric.largest),
          absl::StrJoin(remarks, ", ")};
}

std::string MetricTable(const std::vector<MetricCells>& rows) {
  std::array<size_t, 6> widths{};
  for (const MetricCells& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Columns(row[i]));
  }
  std::string text;
  for (const MetricCells& row : rows) {
    std::string line(kInventoryIndent);
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - Columns(row[i]), ' ');
      const bool is_number = i >= 2 && i <= 4;
      absl::StrAppend(&line, is_number ? padding : "", row[i], is_number ? "" : padding,
                      kInventoryIndent);
    }
    line.resize(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

std::vector<std::string> AggregateNames(const std::vector<AggregateEntry>& aggregates) {
  std::vector<std::string> names;
  for (const AggregateEntry& one : aggregates) names.push_back(one.name);
  return names;
}

// What a thresholds file can ask of the benchmark.
std::string JudgeableText(const BenchmarkEntry& benchmark) {
  switch (benchmark.judgeable) {
    case Judgeable::kStatistic:
      return absl::StrCat("judged: \"statistic\": \"median\", mean or a percentile of ",
                          benchmark.sample_size, benchmark.processes > 1 ? " processes" : " rows",
                          ", with a confidence");
    case Judgeable::kEachRow:
      return absl::StrCat(
          "judged: each row, as a value without a confidence (\"point\": true) "
          "where the metric has no bounds; ",
          kMinSampleRows, " rows (--benchmark_repetitions=", kMinSampleRows,
          ") are enough for a median with one");
    case Judgeable::kAggregates:
      return "judged: only a \"statistic\" that is there, as a point: the rows are missing; run "
             "without --benchmark_report_aggregates_only";
    case Judgeable::kIncomplete:
      return absl::StrCat("not judged: ", benchmark.gap->found, " of ", benchmark.gap->expected,
                          " repetitions are there");
    case Judgeable::kFailed:
      break;
  }
  return "fails whatever the limit: a row says that it failed";
}

void AppendSentence(absl::string_view sentence, std::string& text) {
  absl::StrAppend(&text, Wrapped(absl::StrCat(kInventoryIndent, OneLine(sentence)), "    "));
}

void AppendBenchmark(const BenchmarkEntry& benchmark, std::string& text) {
  absl::StrAppend(&text, "\n", OneLine(benchmark.name), ": ",
                  WithNoun(benchmark.rows, "row", "rows"));
  if (benchmark.repetitions.value_or(1) > 1) {
    absl::StrAppend(&text, ", ", *benchmark.repetitions, " repetitions announced");
  }
  if (benchmark.processes > 1) absl::StrAppend(&text, ", ", benchmark.processes, " processes");
  absl::StrAppend(&text, "\n");
  if (!benchmark.metrics.empty()) {
    std::vector<MetricCells> rows = {{"metric", "kind", "smallest", "median", "largest", ""}};
    size_t failed = 0;
    for (const CountedText& error : benchmark.errors) failed += error.rows;
    for (const MetricEntry& metric : benchmark.metrics) {
      rows.push_back(MetricCellsOf(metric, benchmark.rows - failed));
    }
    absl::StrAppend(&text, MetricTable(rows));
  }
  for (const CountedText& error : benchmark.errors) {
    AppendSentence(absl::StrCat("error in ", WithNoun(error.rows, "row", "rows"), ": ", error.text),
                   text);
  }
  if (!benchmark.labels.empty()) {
    AppendSentence(absl::StrCat("label: ", absl::StrJoin(benchmark.labels, ", ")), text);
  }
  if (!benchmark.aggregates.empty()) {
    AppendSentence(
        absl::StrCat("aggregates: ", absl::StrJoin(AggregateNames(benchmark.aggregates), ", ")),
        text);
  }
  AppendSentence(JudgeableText(benchmark), text);
}

// "BigO of BM_Sort: cpu_coefficient 11, real_coefficient 11.1".
std::string CurveText(const CurveEntry& curve) {
  std::vector<std::string> numbers;
  for (const auto& [name, value] : curve.metrics) {
    numbers.push_back(absl::StrCat(name, " ", Pretty({}, value)));
  }
  return absl::StrCat(curve.kind, " of ", OneLine(curve.benchmark), ": ",
                      absl::StrJoin(numbers, ", "), "\n");
}

std::string HeadText(const Inventory& inventory) {
  std::vector<std::string> facts;
  for (const char* key : {"measured_at", "host", "cpu_model"}) {
    const auto found = inventory.provenance.find(key);
    if (found == inventory.provenance.end() || found->second == "not stated") continue;
    facts.push_back(found->second);
  }
  const auto cores = inventory.provenance.find("cores");
  if (cores != inventory.provenance.end() && cores->second != "not stated") {
    facts.push_back(absl::StrCat(cores->second, " cores"));
  }
  std::string text =
      Wrapped(absl::StrCat(OneLine(absl::StrJoin(inventory.files, ", ")), ": ",
                           WithNoun(inventory.benchmarks.size(), "benchmark", "benchmarks"), ", ",
                           WithNoun(inventory.rows, "row", "rows")),
              kInventoryIndent);
  if (facts.empty()) return text;
  return absl::StrCat(text, Wrapped(OneLine(absl::StrCat("measured: ", absl::StrJoin(facts, ", "))),
                                    kInventoryIndent));
}

}  // namespace

std::string InventoryText(const Inventory& inventory, bool all) {
  std::string text = HeadText(inventory);
  const size_t shown = all ? inventory.benchmarks.size()
                           : std::min(inventory.benchmarks.size(), kMaxBenchmarksShown);
  for (size_t i = 0; i < shown; ++i) AppendBenchmark(inventory.benchmarks[i], text);
  if (shown < inventory.benchmarks.size()) {
    absl::StrAppend(
        &text, "\nand ",
        WithNoun(inventory.benchmarks.size() - shown, "more benchmark", "more benchmarks"),
        "; --all lists them\n");
  }
  if (!inventory.curves.empty()) absl::StrAppend(&text, "\ncomplexity, over several benchmarks:\n");
  for (const CurveEntry& curve : inventory.curves)
    absl::StrAppend(&text, kInventoryIndent, CurveText(curve));
  if (!inventory.notes.empty()) absl::StrAppend(&text, "\n");
  for (const std::string& note : inventory.notes) {
    absl::StrAppend(&text, Wrapped(OneLine(absl::StrCat("note: ", note)), kInventoryIndent));
  }
  return text;
}

}  // namespace slo::tools
