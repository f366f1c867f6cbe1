// What the members of a row mean: Google Benchmark's fields, known by their keys.

#ifndef SLO_TOOLS_LIB_RESULTS_ROW_FIELDS_H_
#define SLO_TOOLS_LIB_RESULTS_ROW_FIELDS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// Whether a number by that key is a metric, and does not describe the run ("iterations",
// "threads").
bool IsRowMetric(absl::string_view key);

// Whether it is in the row's time unit: real_time and cpu_time.
bool IsRowTime(absl::string_view key);

// 1 for "ns", 1e3 for "us", 1e6 for "ms", 1e9 for "s"; nothing for another unit.
std::optional<double> NanosecondsPer(absl::string_view time_unit);

// What a row without measurements says about itself; newer libraries tell errors from skips.
// Nothing for a row with measurements.
std::optional<std::string> RowError(bool has_error, const std::string& error_message,
                                    bool is_skipped, const std::string& skip_message);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_ROW_FIELDS_H_
