// Text that can be shown: what is read here is printed later, and must not steer a terminal.

#ifndef SLO_TOOLS_LIB_JSON_PRINTABLE_H_
#define SLO_TOOLS_LIB_JSON_PRINTABLE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// Whether the text has no ASCII control character.
bool IsPrintable(absl::string_view text);

// The text with a space for each ASCII control character.
std::string Printable(std::string text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_PRINTABLE_H_
