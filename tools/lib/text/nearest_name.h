// The known name that a mistyped one was probably meant to be.

#ifndef SLO_TOOLS_LIB_TEXT_NEAREST_NAME_H_
#define SLO_TOOLS_LIB_TEXT_NEAREST_NAME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace slo::tools {

// The candidate with the smallest Levenshtein distance to `word`, the first of equals; nothing when
// even that one differs in more than a third of the longer name (at least 2 edits are allowed).
// The result points into `candidates`.
std::optional<absl::string_view> NearestName(absl::string_view word,
                                             absl::Span<const absl::string_view> candidates);

// For the message about an unknown name, between "unknown key" and "known keys: ...": "; did you
// mean max?", or ";" when no candidate is near. `prefix` goes before the name, for example "--".
std::string DidYouMean(absl::string_view word, absl::Span<const absl::string_view> candidates,
                       absl::string_view prefix = "");

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_NEAREST_NAME_H_
