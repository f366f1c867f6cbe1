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

// What a key that is there twice in one object means. Looking for one costs about a third of the
// parse, so that large files that machines write are spared it.
enum class RepeatedKeys { kRefused, kLastWins };

// InvalidArgument, headed by `where`: empty or too large, not JSON (line, column, and for NaN or
// Infinity what that means), nested deeper than kDeepestJson, or a refused repeated key.
absl::StatusOr<nlohmann::json> ParseJsonText(absl::string_view where, absl::string_view text,
                                             RepeatedKeys repeated_keys);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_JSON_TEXT_H_
