// Globs over benchmark names: "*" stands for any text, "?" for one character.

#ifndef SLO_TOOLS_LIB_TEXT_GLOB_H_
#define SLO_TOOLS_LIB_TEXT_GLOB_H_

#include "absl/strings/string_view.h"

namespace slo::tools {

// Linear in practice, at worst the product of the lengths.
bool GlobMatches(absl::string_view glob, absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_GLOB_H_
