// Writes results as Google Benchmark does, so that what reads results files reads these too.

#ifndef SLO_TOOLS_LIB_RESULTS_REPORT_TEXT_H_
#define SLO_TOOLS_LIB_RESULTS_REPORT_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/results/report.h"

namespace slo::tools {

// A results file, a row at a time: a document of 100,000 rows would take ten times as long to
// write, and gigabytes.
class ReportTextWriter {
 public:
  // The row as JSON; each gets its own line.
  void Add(const nlohmann::ordered_json& row);
  // The same of a row as it stood in a file.
  void Add(const nlohmann::json& row);

  // The file's text. `context`: null: the file has none.
  std::string Finish(const nlohmann::json& context) &&;

 private:
  void AddText(absl::string_view row);

  std::string rows_;
};

// A row with times in nanoseconds, whatever unit it was read in.
nlohmann::ordered_json RowJson(const ReportRow& row);
nlohmann::ordered_json RowJson(const AggregateRow& row);

// The file's text: ParseReport reads it back as the same report, with "ns" as the unit of each row.
// Metrics that are not finite are read back as NaN, and bytes that are not UTF-8 as U+FFFD.
std::string ReportText(const Report& report);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_REPORT_TEXT_H_
