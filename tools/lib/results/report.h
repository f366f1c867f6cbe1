// A results file of Google Benchmark, reduced to what is judged.

#ifndef SLO_TOOLS_LIB_RESULTS_REPORT_H_
#define SLO_TOOLS_LIB_RESULTS_REPORT_H_

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

// One measured row. Aggregates (mean, median, ...) are not rows here: statistics of percentiles
// over repetitions mean nothing.
struct ReportRow {
  std::string name;
  std::string label;
  std::string time_unit;             // as it was written; "ns" when the row has none
  std::optional<std::string> error;  // the row says that it failed
  // Every number of the row by name, ordered; real_time and cpu_time in nanoseconds.
  std::vector<std::pair<std::string, double>> metrics;

  std::optional<double> Find(absl::string_view metric) const;
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

  // Empty when the context has no such key.
  std::string ContextValue(const std::string& key) const;
};

// InvalidArgument lists every problem: not JSON, not Google Benchmark's shape, a row without a
// name, an unknown time_unit, a confidence level that is none. Unknown members are ignored.
absl::StatusOr<Report> ParseReport(absl::string_view file, absl::string_view text);

// InvalidArgument when reports that are judged together, as shards of one run, differ in a context
// entry that must agree; it names the files, the key and both values.
absl::Status CheckShardsAgree(const std::vector<Report>& reports);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_REPORT_H_
