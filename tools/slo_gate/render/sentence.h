// The sentence of a check: why it has its status, with the numbers. Made from the check's reason
// and detail alone; nowhere else are sentences made of them.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_SENTENCE_H_
#define SLO_TOOLS_SLO_GATE_RENDER_SENTENCE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// "upper bound 58.000 us violates limit 50us at 99.9 %; failed_status_count=3".
std::string ReasonText(const Check& check);

// ReasonText of the two kinds.
std::string ObjectiveSentence(const Check& check, const ObjectiveDetail& detail);
std::string ChangeSentence(const Check& check, const ComparisonDetail& detail);

// What stands behind both where the status is kWarn.
inline constexpr absl::string_view kOnlyWarns = "; a warning only, by its severity";

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_SENTENCE_H_
