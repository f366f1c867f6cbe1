// Rows with the files that they are from: which process each is of, and what is not there although
// the rows say that it should be.

#ifndef SLO_TOOLS_LIB_RESULTS_PLACED_ROWS_H_
#define SLO_TOOLS_LIB_RESULTS_PLACED_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/lib/results/report.h"

namespace slo::tools {

struct PlacedRow {
  const Report* report = nullptr;
  const ReportRow* row = nullptr;
};

// The process that a row is of: its file, and the number that `merge` gives the processes in a
// file.
using ProcessKey = std::pair<const Report*, double>;
ProcessKey ProcessOf(const PlacedRow& placed);

// A process that has fewer repetitions than its rows announce.
struct RepetitionGap {
  int64_t expected = 0;
  int64_t found = 0;
};

// Of rows of one name, the first one; nothing: all are complete, or announce nothing.
std::optional<RepetitionGap> FindRepetitionGap(const std::vector<PlacedRow>& rows);

// Whether some rows of a file say of which process they are, and others do not.
bool LacksProcess(const std::vector<PlacedRow>& rows);

// Google Benchmark says of how many repetitions a row is which one, or neither: the field that the
// row lacks.
std::optional<std::string> LackingRepetitionField(const ReportRow& row);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_PLACED_ROWS_H_
