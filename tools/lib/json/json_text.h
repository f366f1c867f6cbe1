// Reads JSON text that somebody else wrote: bounded in size and depth, with errors that say where.

#ifndef SLO_TOOLS_LIB_JSON_JSON_TEXT_H_
#define SLO_TOOLS_LIB_JSON_JSON_TEXT_H_

#include <cstddef>
#include <functional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"

namespace slo::tools {

inline constexpr size_t kMaxJsonBytes = size_t{256} << 20U;
inline constexpr int kDeepestJson = 64;

// InvalidArgument, headed by `where`: empty or too large; not JSON (line, column, the member and,
// of a benchmark's row, its name; for NaN or Infinity what that means); nested deeper than
// kDeepestJson; objects with a key twice. Control characters in strings become spaces: what is read
// here is printed later, and must not steer a terminal.
absl::StatusOr<nlohmann::json> ParseJsonText(absl::string_view where, absl::string_view text);

// Takes the elements of the document's list `list` one by one, in order, as soon as each is
// complete; the document then has null in their place. A file of any length so costs the memory of
// one element. What was taken from a text that later turns out to be broken is to be thrown away.
// Without `take` every element stays in the document. `repeated` says what becomes of a member of
// an element whose key is there twice in it; without it that is an error.
enum class RepeatedKey { kIsError, kFirstCounts, kBecomesNull };
struct ElementSink {
  absl::string_view list;
  std::function<void(size_t index, const nlohmann::json& element)> take;
  std::function<RepeatedKey(absl::string_view key)> repeated = nullptr;
};
absl::StatusOr<nlohmann::json> ParseJsonText(absl::string_view where, absl::string_view text,
                                             const ElementSink& sink);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_JSON_TEXT_H_
