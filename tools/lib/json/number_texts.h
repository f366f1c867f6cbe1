// Numbers as they were written: a parsed document knows 5e9 as 5000000000.0 and 0.990 as 0.99.

#ifndef SLO_TOOLS_LIB_JSON_NUMBER_TEXTS_H_
#define SLO_TOOLS_LIB_JSON_NUMBER_TEXTS_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// The texts of the document's numbers with a point or an exponent, by their JSON pointers
// ("/objectives/0/max"); other numbers are printed as they were written anyway. Empty where the
// text is no JSON.
std::map<std::string, std::string> NumberTexts(absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_NUMBER_TEXTS_H_
