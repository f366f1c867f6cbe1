// Lengths of time as people write them: "250ms", "0.3 ns", "100µs", "1e3ns", "1m30s".

#ifndef SLO_TOOLS_LIB_TEXT_DURATION_H_
#define SLO_TOOLS_LIB_TEXT_DURATION_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace slo::tools {

// In units of which there are `per_second` in a second (1e9 for nanoseconds); a whole number of the
// same unit stays exactly what was written. A duration is one number or several, each non-negative
// and with its unit: ns, us (or µs), ms, s, m, h; blanks may stand between. Nothing for another
// text.
std::optional<double> ParseDurationIn(double per_second, absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_DURATION_H_
