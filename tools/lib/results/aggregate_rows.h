// Google Benchmark's rows of statistics over repetitions.

#ifndef SLO_TOOLS_LIB_RESULTS_AGGREGATE_ROWS_H_
#define SLO_TOOLS_LIB_RESULTS_AGGREGATE_ROWS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// The text with null for each NaN or Infinity in an object that says "aggregate" before it. With
// --benchmark_repetitions the coefficient of variation of every counter that is zero is NaN, which
// is no JSON and would make the file unreadable, although nobody reads those rows. A NaN in a
// measured row stays. Works on any text; nothing is checked.
std::string WithReadableAggregates(absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_AGGREGATE_ROWS_H_
