// Regular expressions that match one name.

#ifndef SLO_TOOLS_LIB_TEXT_EXACT_PATTERN_H_
#define SLO_TOOLS_LIB_TEXT_EXACT_PATTERN_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// A regular expression that matches the name and nothing else, in the POSIX extended and the
// ECMAScript grammar of glibc and libstdc++ alike: Google Benchmark may have been built with any.
std::string ExactPattern(absl::string_view name);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_EXACT_PATTERN_H_
