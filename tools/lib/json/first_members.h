// Tells what kind of file a text is by the first members of its outermost object, without reading
// the rest.

#ifndef SLO_TOOLS_LIB_JSON_FIRST_MEMBERS_H_
#define SLO_TOOLS_LIB_JSON_FIRST_MEMBERS_H_

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

// Calls `see` for each member of the outermost object, in the order of the text, until it returns
// false. `text_value`: the member's value where it is a text. Ends quietly where the text ends or
// is no JSON any more, so that the beginning of a file will do.
void ScanFirstMembers(
    absl::string_view text,
    absl::FunctionRef<bool(const std::string& key, const std::optional<std::string>& text_value)>
        see);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_FIRST_MEMBERS_H_
