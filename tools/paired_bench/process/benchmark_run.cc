#include "tools/paired_bench/process/benchmark_run.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/stats/median.h"

namespace slo::paired {
namespace {

using tools::ReportRow;

// As the names of rows are read.
std::string WithoutControlCharacters(absl::string_view name) {
  std::string printable(name);
  std::replace_if(
      printable.begin(), printable.end(), [](unsigned char c) { return absl::ascii_iscntrl(c); },
      ' ');
  return printable;
}

// NaN where one of them is.
double Median(std::vector<double> values) {
  const auto is_nan = [](double value) { return std::isnan(value); };
  const auto nan = std::find_if(values.begin(), values.end(), is_nan);
  if (nan != values.end()) return *nan;
  std::sort(values.begin(), values.end());
  return stats::MedianOfSorted(values);
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
    if (values.size() == rows.size()) metrics.emplace_back(metric, Median(std::move(values)));
  }
  median.metrics = tools::RowMetrics(std::move(metrics));
  return median;
}

std::optional<ReportRow> RowOfAggregate(const std::vector<tools::AggregateRow>& aggregates,
                                        const std::string& benchmark, absl::string_view aggregate) {
  const auto found =
      std::find_if(aggregates.begin(), aggregates.end(), [&](const tools::AggregateRow& row) {
        return row.aggregate_name == aggregate &&
               (row.run_name == benchmark || row.name == absl::StrCat(benchmark, "_", aggregate));
      });
  if (found == aggregates.end()) return std::nullopt;
  return ReportRow{.name = benchmark, .metrics = found->metrics};
}

std::vector<ReportRow> RowsNamed(const std::vector<ReportRow>& rows, const std::string& name) {
  std::vector<ReportRow> named;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(named),
               [&](const ReportRow& row) { return row.name == name; });
  return named;
}

// What stands for the benchmark; nothing where there is nothing of it.
std::optional<ReportRow> RowOf(const tools::Report& report, const std::string& benchmark) {
  const std::vector<ReportRow> repetitions = RowsNamed(report.rows, benchmark);
  const auto failed = std::find_if(repetitions.begin(), repetitions.end(),
                                   [](const ReportRow& row) { return row.error.has_value(); });
  if (failed != repetitions.end()) return *failed;
  if (!repetitions.empty()) return MedianOf(repetitions);
  for (const char* aggregate : {"median", "mean"}) {
    std::optional<ReportRow> row = RowOfAggregate(report.aggregates, benchmark, aggregate);
    if (row.has_value()) return row;
    // Libraries older than 1.5 do not say which rows are aggregates.
    const std::vector<ReportRow> unnamed =
        RowsNamed(report.rows, absl::StrCat(benchmark, "_", aggregate));
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
  absl::StatusOr<tools::Report> report = tools::ParseReport("results", results);
  if (!report.ok()) return report.status();
  std::optional<ReportRow> row = RowOf(*report, WithoutControlCharacters(benchmark));
  if (!row.has_value()) {
    return absl::NotFoundError(absl::StrCat("expected a row of that name, found none among ",
                                            report->rows.size() + report->aggregates.size()));
  }
  if (row->error.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat("the row has an error: ", *row->error));
  }
  for (const char* time : {"cpu_time", "real_time"}) {
    if (std::isfinite(row->Find(time).value_or(0))) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("the row's ", time, ": expected a number, found NaN or an infinity"));
  }
  return BenchmarkRun{.row = *std::move(row), .context = std::move(report->context)};
}

bool HasValueAboveZero(const BenchmarkRun& run, const std::string& metric) {
  const std::optional<double> value = run.row.Find(metric);
  return value.has_value() && std::isfinite(*value) && *value > 0;
}

BenchmarkRun GeometricMean(const BenchmarkRun& one, const BenchmarkRun& other) {
  BenchmarkRun mean = one;
  std::vector<tools::RowMetrics::Named> metrics;
  for (const auto& [metric, value] : one.row.metrics) {
    const std::optional<double> second = other.row.Find(metric);
    if (second.has_value()) metrics.emplace_back(metric, std::sqrt(value) * std::sqrt(*second));
  }
  mean.row.metrics = tools::RowMetrics(std::move(metrics));
  return mean;
}

}  // namespace slo::paired
