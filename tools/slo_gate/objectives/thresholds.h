// The file of objectives, and changes of its limits for one run.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_THRESHOLDS_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_THRESHOLDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/slo_gate/verdict/objective.h"

namespace slo::tools {

// InvalidArgument lists every problem of the file, each with its place and what would be valid.
absl::StatusOr<Thresholds> ParseThresholds(absl::string_view file, absl::string_view text);

// The same of a document that was parsed already, for example as a part of another one.
absl::StatusOr<Thresholds> ThresholdsOf(absl::string_view file, const nlohmann::json& document);

// A change of one limit for one run: "id=limit".
struct OverrideRequest {
  std::string text;
  std::string source;
};

// Applies the requests in order, so that a later one wins. InvalidArgument lists every request that
// names no objective (with the nearest one), an objective with both limits, or no valid limit.
absl::Status ApplyOverrides(const std::vector<OverrideRequest>& requests, Thresholds& thresholds);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_THRESHOLDS_H_
