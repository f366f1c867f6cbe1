// Reads the members of a file that people write: typing errors are named, not skipped.

#ifndef SLO_TOOLS_LIB_JSON_JSON_KEYS_H_
#define SLO_TOOLS_LIB_JSON_JSON_KEYS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {

// A problem for each key of `object` that is not known, with the nearest one that is. `where` heads
// each problem here and below, for example "slo.json: objectives[3]".
void CheckKeys(const nlohmann::json& object, const std::string& where,
               absl::Span<const absl::string_view> known, ProblemList& problems);

// The member `key`, which must be a string that is not empty; empty, and a problem, otherwise.
std::string RequiredText(const nlohmann::json& object, const std::string& where, const char* key,
                         ProblemList& problems);

// The member `key` of a file that a program wrote; empty unless it is a string.
std::string TextMember(const nlohmann::json& object, const char* key);

// As RequiredText, for a member that may be absent: `fallback` then.
std::string OptionalText(const nlohmann::json& object, const std::string& where, const char* key,
                         absl::string_view fallback, ProblemList& problems);

// The member `key`, a number from 0.5 to below 1; `fallback` when it is absent, and with a problem
// when it is something else.
double ReadConfidence(const nlohmann::json& object, const std::string& where, const char* key,
                      double fallback, ProblemList& problems);

// The member "version", which must be 1.
void CheckVersion(const nlohmann::json& object, const std::string& where, ProblemList& problems);

// Ids stand in flags and in comma lists: letters, digits, "_", "-" and ".".
void CheckId(const std::string& id, const std::string& where, ProblemList& problems);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_JSON_KEYS_H_
