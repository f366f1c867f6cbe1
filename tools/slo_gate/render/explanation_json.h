// Explanations as they stand in the evidence.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_EXPLANATION_JSON_H_
#define SLO_TOOLS_SLO_GATE_RENDER_EXPLANATION_JSON_H_

#include <vector>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/verdict/explanation.h"

namespace slo::tools {

nlohmann::ordered_json ExplanationJson(const Explanation& explanation);

// The member `explanations` of evidence: each is read back, so that nothing in it is taken for more
// than was written there. InvalidArgument names the places that are not of its form, and an
// explanation whose functions do not add up to its difference.
absl::StatusOr<std::vector<Explanation>> ExplanationsOf(const nlohmann::json& explanations);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_EXPLANATION_JSON_H_
