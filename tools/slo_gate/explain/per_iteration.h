// What an iteration costs, from two profiles with unlike numbers of iterations.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_PER_ITERATION_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_PER_ITERATION_H_

#include "tools/slo_gate/explain/call_tree.h"

namespace slo::tools {

// The costs and calls of `longer` less those of `shorter`, divided by `iterations`, which the
// longer one has more: what both do once cancels, such as start-up and warm-up.
CallTree PerIteration(const CallTree& shorter, const CallTree& longer, double iterations);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_PER_ITERATION_H_
