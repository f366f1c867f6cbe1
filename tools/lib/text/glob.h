// Globs over benchmark names: "*" stands for any text, "?" for one character; "\" takes the meaning
// from the character behind it.

#ifndef SLO_TOOLS_LIB_TEXT_GLOB_H_
#define SLO_TOOLS_LIB_TEXT_GLOB_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// Linear in practice, at worst the product of the lengths.
bool GlobMatches(absl::string_view glob, absl::string_view text);

// The glob that matches this text alone.
std::string GlobOf(absl::string_view text);

// The only text that the glob matches; nothing: it may match several.
std::optional<std::string> LiteralOf(absl::string_view glob);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_GLOB_H_
