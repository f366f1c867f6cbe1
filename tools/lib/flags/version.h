// The version of all programs, which is the project's.

#ifndef SLO_TOOLS_LIB_FLAGS_VERSION_H_
#define SLO_TOOLS_LIB_FLAGS_VERSION_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// "1.2.3", from project() in CMakeLists.txt.
absl::string_view Version();

// What --version prints: "slo_gate 1.2.3", a line.
std::string VersionLine(absl::string_view program);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FLAGS_VERSION_H_
