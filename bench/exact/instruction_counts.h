// Instructions that were counted outside: two run lengths a row, so that start-up and warm-up
// cancel.

#ifndef SLO_BENCH_EXACT_INSTRUCTION_COUNTS_H_
#define SLO_BENCH_EXACT_INSTRUCTION_COUNTS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace slo::exact {

// Lines of five fields, separated by tabs: row, iterations and instructions of a short run, the
// same of a longer one. Instructions an iteration by row. InvalidArgument names every line that is
// not of this form.
absl::StatusOr<std::map<std::string, double>> ParseInstructionCounts(absl::string_view file,
                                                                     absl::string_view text);

}  // namespace slo::exact

#endif  // SLO_BENCH_EXACT_INSTRUCTION_COUNTS_H_
