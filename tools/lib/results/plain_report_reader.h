// Reads a results file piece by piece, with one row in memory at a time beside what is kept of it.

#ifndef SLO_TOOLS_LIB_RESULTS_PLAIN_REPORT_READER_H_
#define SLO_TOOLS_LIB_RESULTS_PLAIN_REPORT_READER_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "tools/lib/json/list_splitter.h"
#include "tools/lib/results/plain_rows.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

// Takes files whose rows are plain (plain_rows.h); others, and those with an error anywhere, are
// for ParseReport, which says what is wrong and where. What it gives is what ParseReport gives; it
// is defined beside that, in report.cc. Not thread-safe.
class PlainReportReader {
 public:
  explicit PlainReportReader(absl::string_view file);
  PlainReportReader(const PlainReportReader&) = delete;
  PlainReportReader& operator=(const PlainReportReader&) = delete;

  // The next piece of the text. False: the file is not plain; nothing more is to be fed.
  bool Feed(absl::string_view piece);

  // To be called when all was fed. Nothing: the file is not plain.
  std::optional<Report> Finish() &&;

 private:
  Report report_;
  PlainRows rows_;
  ListSplitter splitter_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_PLAIN_REPORT_READER_H_
