// Reads rows in the form in which Google Benchmark writes them, in a fifth of the time that reading
// any JSON takes.

#ifndef SLO_TOOLS_LIB_RESULTS_PLAIN_ROWS_H_
#define SLO_TOOLS_LIB_RESULTS_PLAIN_ROWS_H_

#include <cstddef>
#include <memory>

#include "absl/strings/string_view.h"
#include "tools/lib/results/report.h"
#include "tools/lib/results/row_fields.h"

namespace slo::tools {

// A row is plain when it is an object of texts, numbers (also those that are none), true, false and
// null, with a name and a known time unit, or an aggregate. What it gives for plain rows is what
// ParseReport documents. Not thread-safe.
class PlainRows {
 public:
  // `report` must outlive the object.
  explicit PlainRows(Report& report, size_t max_rows = kMaxRows);
  ~PlainRows();

  // The text of one element of "benchmarks". Appends the row or aggregate. False: it is not plain;
  // nothing is appended, and the file is to be read by the general parser.
  bool Take(absl::string_view element);

  // Whether there are rows, and none has a field of Google Benchmark or a number.
  bool are_foreign() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_PLAIN_ROWS_H_
