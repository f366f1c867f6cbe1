// Which functions a difference of costs comes from.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_COST_DIFFERENCE_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_COST_DIFFERENCE_H_

#include <vector>

#include "tools/slo_gate/explain/own_tree.h"
#include "tools/slo_gate/verdict/explanation.h"

namespace slo::tools {

// The largest difference first, whatever its sign. The differences add up to that of the trees. A
// function whose calls are not all counted, because it is inlined somewhere, is taken as called as
// often as its caller.
std::vector<FunctionCost> DifferenceByFunction(const OwnTree& base, const OwnTree& candidate);

// Only those that differ, the largest difference first.
std::vector<AllocationCost> DifferenceOfAllocations(const OwnTree& base, const OwnTree& candidate);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_COST_DIFFERENCE_H_
