// Reads rows in the form in which Google Benchmark writes them, in a fifth of the time that reading
// any JSON takes.

#ifndef SLO_TOOLS_LIB_RESULTS_PLAIN_ROWS_H_
#define SLO_TOOLS_LIB_RESULTS_PLAIN_ROWS_H_

#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

// A row is plain when it is an object of texts, numbers, true, false and null, each key once, with
// a name and a known time unit, or an aggregate. What it gives for plain rows is what ParseReport
// documents. Not thread-safe.
class PlainRows {
 public:
  // `rows` must outlive the object.
  explicit PlainRows(std::vector<ReportRow>& rows);
  ~PlainRows();

  // The text of one element of "benchmarks". Appends the row, unless it is an aggregate. False: it
  // is not plain; nothing is appended, and the file is to be read by the general parser.
  bool Take(absl::string_view element);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_PLAIN_ROWS_H_
