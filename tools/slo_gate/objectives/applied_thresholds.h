// The objectives as they were applied, overrides included: how evidence holds them.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_APPLIED_THRESHOLDS_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_APPLIED_THRESHOLDS_H_

#include "absl/status/statusor.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/slo_gate/verdict/objective.h"

namespace slo::tools {

// As a thresholds file, but with every limit as text or null, and with `file` and `overridden`.
nlohmann::ordered_json AppliedThresholdsJson(const Thresholds& thresholds);

// Reads it back as the same objectives. InvalidArgument lists every problem, as ParseThresholds
// does; the places begin with "thresholds".
absl::StatusOr<Thresholds> AppliedThresholdsOf(const nlohmann::json& applied);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_APPLIED_THRESHOLDS_H_
