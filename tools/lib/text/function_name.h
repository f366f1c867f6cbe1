// Names of C++ functions for people.

#ifndef SLO_TOOLS_LIB_TEXT_FUNCTION_NAME_H_
#define SLO_TOOLS_LIB_TEXT_FUNCTION_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// A demangled name without its parameters, template arguments and result:
//
//   void store::Sort<int>(std::vector<int>&)::{lambda(int, int)#1}::operator()(int, int) const
//   store::Sort::{lambda#1}::operator()
//
// Any other text comes back with at most its brackets emptied; never empty where `name` is not.
std::string ShortFunctionName(absl::string_view name);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_FUNCTION_NAME_H_
