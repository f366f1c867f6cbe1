// The limits on changes where nobody gives any: every benchmark may cost 3 % more CPU time.

#ifndef SLO_TOOLS_LIB_CHANGES_DEFAULT_LIMITS_H_
#define SLO_TOOLS_LIB_CHANGES_DEFAULT_LIMITS_H_

#include "absl/strings/string_view.h"
#include "tools/lib/changes/regression_limits.h"

namespace slo::tools {

// Stands for the file that they would be in.
inline constexpr char kDefaultLimitsFile[] = "default limits";

// As a file would have them.
absl::string_view DefaultLimitsText();

RegressionLimits DefaultLimits();

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_CHANGES_DEFAULT_LIMITS_H_
