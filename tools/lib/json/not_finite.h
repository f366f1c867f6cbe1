// Numbers that are none, as programs print them into what should be JSON.

#ifndef SLO_TOOLS_LIB_JSON_NOT_FINITE_H_
#define SLO_TOOLS_LIB_JSON_NOT_FINITE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// Whether a C or C++ library prints an infinity or something that is not a number in this way: nan,
// -nan(ind), NaNQ, inf, -Infinity, 1.#QNAN0, -1.#IND000e+000 and so on, in capitals or not.
bool IsNotFiniteWord(absl::string_view word);

// The text with null for each such word that stands where JSON has a value. Nothing: there is none.
// Lines stay where they are, and columns too, except behind a short word without a blank before it.
// Works on any text; nothing else is checked.
std::optional<std::string> WithNullForNotFinite(absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_NOT_FINITE_H_
