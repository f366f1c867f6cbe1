// Whether a violated limit fails.

#ifndef SLO_TOOLS_LIB_CHANGES_SEVERITY_H_
#define SLO_TOOLS_LIB_CHANGES_SEVERITY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {

enum class Severity {
  kFail,
  kWarn,  // what violates the limit is shown, and does not fail
};

// "fail", "warn".
absl::string_view Name(Severity severity);

// The member "severity", which may be absent: kFail then.
Severity ReadSeverity(const nlohmann::json& object, const std::string& where,
                      ProblemList& problems);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_CHANGES_SEVERITY_H_
