// Relative changes as people write them: "3%", "+1.25 %".

#ifndef SLO_TOOLS_LIB_TEXT_PERCENT_H_
#define SLO_TOOLS_LIB_TEXT_PERCENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

// "3%" as 0.03. InvalidArgument unless it is a number from 0 to 1,000 with a percent sign.
absl::StatusOr<double> ParsePercent(absl::string_view text);

// 0.0125 as "+1.25 %": signed, two decimals, of large changes fewer. `change`: a ratio less one.
std::string ChangeText(double change);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_PERCENT_H_
