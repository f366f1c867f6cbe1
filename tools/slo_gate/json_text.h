// Reads JSON text that somebody else wrote: bounded in size and depth, with errors that say where.

#ifndef SLO_TOOLS_SLO_GATE_JSON_TEXT_H_
#define SLO_TOOLS_SLO_GATE_JSON_TEXT_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"

namespace slo::tools {

inline constexpr size_t kMostJsonBytes = size_t{256} << 20U;
inline constexpr int kDeepestJson = 64;

// InvalidArgument, headed by `where`: empty or too large, not JSON (line, column, and for NaN or
// Infinity what that means), nested deeper than kDeepestJson, or an object with a key twice.
absl::StatusOr<nlohmann::json> ParseJsonText(absl::string_view where, absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_JSON_TEXT_H_
