// A results file of Google Benchmark, reduced to what is judged.

#ifndef SLO_TOOLS_LIB_RESULTS_REPORT_H_
#define SLO_TOOLS_LIB_RESULTS_REPORT_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/results/metric.h"
#include "tools/lib/results/row_metrics.h"

namespace slo::tools {

// One measured row. A deleted time unit makes real_time and cpu_time unknown: they are left out.
struct ReportRow {
  std::string name;
  std::string label;
  std::string time_unit;             // as it was written; empty when the row has none
  std::optional<std::string> error;  // the row says that it failed
  // What the row says about itself, where it does: how many repetitions there are, which one it is.
  std::optional<int64_t> repetitions;
  std::optional<int64_t> repetition_index;
  std::optional<int64_t> threads;
  // Every number of the row, iterations and threads too; real_time and cpu_time in nanoseconds. NaN
  // where the file has null, an infinity, or two numbers of that name.
  RowMetrics metrics;

  std::optional<double> Find(absl::string_view metric) const;
  bool operator==(const ReportRow&) const = default;
};

// A statistic over the repetitions of a benchmark (mean, median, ...), or what Google Benchmark
// says of a complexity: "BigO" with cpu_coefficient and real_coefficient in the row's own time
// unit, "RMS" with rms. Nothing in such a row makes a file unreadable; times without a known unit
// are left out.
struct AggregateRow {
  std::string name;
  std::string run_name;        // of the benchmark
  std::string aggregate_name;  // empty when neither the row nor its name says it
  std::string aggregate_unit;  // "time", "percentage", or empty as in old files
  RowMetrics metrics;          // real_time and cpu_time in nanoseconds, unless they are ratios

  // Of a curve over several benchmarks, and so a statistic of none.
  bool is_complexity() const { return aggregate_name == "BigO" || aggregate_name == "RMS"; }
  bool operator==(const AggregateRow&) const = default;
};

// What the context says of the system that was measured; figures of unlike ones are not comparable.
inline constexpr std::array<const char*, 9> kSystemContext = {
    "slo_store",   "slo_store_synchronous", "slo_store_version", "slo_store_file_system",
    "slo_target",  "slo_request_timeout",   "slo_transport",     "slo_faults",
    "slo_slowdown"};

struct Report {
  std::string file;
  // The one-sided level of the limits that the rows publish; nothing: the file does not state it.
  std::optional<double> confidence;
  std::map<std::string, std::string> context;  // Google Benchmark's and ours, as text
  std::vector<ReportRow> rows;
  std::vector<AggregateRow> aggregates;  // in the file's order
  // Numbers that some row has twice, because a counter is named like one of Google Benchmark's own.
  std::set<std::string> ambiguous;

  // Whether bench_workflow wrote it, so that the grammar of its counters holds: some context key
  // that it always writes is there. One of them may be lost.
  Origin origin() const;

  // Empty when the context has no such key.
  std::string ContextValue(const std::string& key) const;
  bool operator==(const Report&) const = default;
};

// InvalidArgument lists every problem: not JSON, not Google Benchmark's shape, too many rows, a row
// without a name or with one that is too long, an unknown time_unit, a confidence level that is
// none. Unknown members are ignored. Every spelling of NaN and of an infinity is read
// (not_finite.h).
absl::StatusOr<Report> ParseReport(absl::string_view file, absl::string_view text);

// The same, and hands on what the file holds as it stands there: each element of "benchmarks",
// aggregates too, in order, and then the context, where there is one. A number that is none, or is
// there twice, is null.
struct ReportSink {
  std::function<void(const nlohmann::json& row)> row;
  std::function<void(const nlohmann::json& context)> context;
};
absl::StatusOr<Report> ParseReport(absl::string_view file, absl::string_view text,
                                   const ReportSink& sink);

// The same of a document that was parsed already, for example as a part of another one.
absl::StatusOr<Report> ReportOf(absl::string_view file, const nlohmann::json& document);

// InvalidArgument when reports that are judged together, as processes of one build or shards of one
// run, differ in a context entry that must agree; it names the files, the key and both values.
absl::Status CheckFilesAgree(const std::vector<Report>& reports);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_REPORT_H_
