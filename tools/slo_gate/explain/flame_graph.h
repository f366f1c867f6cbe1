// A differential flame graph: who called whom, and where a candidate costs more or less.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_FLAME_GRAPH_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_FLAME_GRAPH_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tools/slo_gate/explain/call_tree.h"

namespace slo::tools {

// An SVG without scripts. A box is a function above its caller; it is as wide as the dearer of both
// builds, so that what is gone is there, too. Red: the candidate costs more, blue: less; the title
// of a box has the numbers. Boxes too narrow to see are left out, and there are at most so many.
// `per`: what the costs are of, "request".
inline constexpr size_t kMaxFlameBoxes = 4'000;
std::string FlameGraph(const CallTree& base, const CallTree& candidate, absl::string_view title,
                       absl::string_view per);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_FLAME_GRAPH_H_
