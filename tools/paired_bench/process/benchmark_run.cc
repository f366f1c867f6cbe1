#include "tools/paired_bench/process/benchmark_run.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/stats/median.h"

namespace slo::paired {
namespace {

using nlohmann::json;
using tools::ReportRow;

constexpr const char* kWhere = "results";

// As the names of rows are read.
std::string WithoutControlCharacters(absl::string_view name) {
  std::string printable(name);
  std::replace_if(
      printable.begin(), printable.end(), [](unsigned char c) { return absl::ascii_iscntrl(c); },
      ' ');
  return printable;
}

// The medians of the metrics that all rows have.
ReportRow MedianOf(const std::vector<ReportRow>& rows) {
  ReportRow median = rows.front();
  std::vector<tools::RowMetrics::Named> metrics;
  for (const auto& [metric, first] : rows.front().metrics) {
    std::vector<double> values;
    for (const ReportRow& row : rows) {
      const std::optional<double> value = row.Find(metric);
      if (value.has_value()) values.push_back(*value);
    }
    if (values.size() < rows.size()) continue;
    std::sort(values.begin(), values.end());
    metrics.emplace_back(metric, stats::MedianOfSorted(values));
  }
  median.metrics = tools::RowMetrics(std::move(metrics));
  return median;
}

// The benchmark's aggregate of that name, as a row.
std::optional<ReportRow> AggregateRow(const std::vector<json>& aggregates,
                                      const std::string& benchmark, const std::string& aggregate) {
  for (const json& one : aggregates) {
    const bool is_it = tools::TextMember(one, "aggregate_name") == aggregate &&
                       (tools::TextMember(one, "run_name") == benchmark ||
                        tools::TextMember(one, "name") == absl::StrCat(benchmark, "_", aggregate));
    if (!is_it) continue;
    json row = one;
    row["name"] = benchmark;
    row["run_type"] = "iteration";
    const auto report = tools::ReportOf(kWhere, {{"benchmarks", json::array({row})}});
    if (report.ok() && report->rows.size() == 1) return report->rows.front();
  }
  return std::nullopt;
}

std::vector<ReportRow> RowsNamed(const std::vector<ReportRow>& rows, const std::string& name) {
  std::vector<ReportRow> named;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(named),
               [&](const ReportRow& row) { return row.name == name; });
  return named;
}

// What stands for the benchmark; nothing where there is nothing of it.
std::optional<ReportRow> RowOf(const std::vector<ReportRow>& rows,
                               const std::vector<json>& aggregates, const std::string& benchmark) {
  const std::vector<ReportRow> repetitions = RowsNamed(rows, benchmark);
  const auto failed = std::find_if(repetitions.begin(), repetitions.end(),
                                   [](const ReportRow& row) { return row.error.has_value(); });
  if (failed != repetitions.end()) return *failed;
  if (!repetitions.empty()) return MedianOf(repetitions);
  for (const char* aggregate : {"median", "mean"}) {
    std::optional<ReportRow> row = AggregateRow(aggregates, benchmark, aggregate);
    if (row.has_value()) return row;
    // Libraries older than 1.5 do not say which rows are aggregates.
    const std::vector<ReportRow> unnamed = RowsNamed(rows, absl::StrCat(benchmark, "_", aggregate));
    if (!unnamed.empty()) return unnamed.front();
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<BenchmarkRun> ParseRun(absl::string_view results, absl::string_view benchmark) {
  if (results.empty()) {
    return absl::InvalidArgumentError(
        "it wrote nothing into the file of --benchmark_out; expected a program that hands its "
        "arguments to benchmark::Initialize and runs the benchmarks");
  }
  std::vector<json> aggregates;
  const tools::ReportSink sink = {.row =
                                      [&](const json& row) {
                                        if (tools::TextMember(row, "run_type") == "aggregate") {
                                          aggregates.push_back(row);
                                        }
                                      },
                                  .context = {}};
  absl::StatusOr<tools::Report> report = tools::ParseReport(kWhere, results, sink);
  if (!report.ok()) return report.status();
  std::optional<ReportRow> row =
      RowOf(report->rows, aggregates, WithoutControlCharacters(benchmark));
  if (!row.has_value()) {
    return absl::NotFoundError(absl::StrCat("expected a row of that name, found none among ",
                                            report->rows.size() + aggregates.size()));
  }
  if (row->error.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat("the row has an error: ", *row->error));
  }
  return BenchmarkRun{.row = *std::move(row), .context = std::move(report->context)};
}

}  // namespace slo::paired
