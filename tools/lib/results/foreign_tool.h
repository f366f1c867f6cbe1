// Tells files that other tools wrote, so that who mixed files up learns which.

#ifndef SLO_TOOLS_LIB_RESULTS_FOREIGN_TOOL_H_
#define SLO_TOOLS_LIB_RESULTS_FOREIGN_TOOL_H_

#include <string>

#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"

namespace slo::tools {

// "the output of hyperfine", for example: by the members of a document, by those of a row in its
// list "benchmarks", and by the beginning of a text that is no JSON or several documents. Empty
// when it cannot be told.
std::string ToolOfDocument(const nlohmann::json& document);
std::string ToolOfRow(const nlohmann::json& row);
std::string ToolOfText(absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_FOREIGN_TOOL_H_
