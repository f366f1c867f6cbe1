// The facts behind a check's reason as JSON: what programs read instead of the sentence.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_JSON_DETAILS_H_
#define SLO_TOOLS_SLO_GATE_RENDER_JSON_DETAILS_H_

#include <optional>

#include "nlohmann/json.hpp"
#include "tools/slo_gate/verdict/comparison_detail.h"
#include "tools/slo_gate/verdict/objective_detail.h"

namespace slo::tools {

template <typename T>
nlohmann::ordered_json OrNull(const std::optional<T>& value) {
  return value.has_value() ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

// Only the members that say something; empty when none does.
nlohmann::ordered_json ObjectiveDetailJson(const ObjectiveDetail& detail);

// The numbers of the change, null where there are none, and of the other members those that say
// something.
nlohmann::ordered_json ChangeJson(const ComparisonDetail& detail);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_JSON_DETAILS_H_
