// Costs that are the same in every run, against a baseline: a difference is a difference.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_EXACT_COSTS_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_EXACT_COSTS_H_

#include <vector>

#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {

// Adds a check for each benchmark of either side and each limit that matches it and whose metric
// either side has. A change beyond the limit fails in both directions: a cost that fell must be
// recorded, or it could grow back unseen. A number that differs between the rows of a side is not
// exact, which fails. `are_all_exact`: a limit whose metric no benchmark has fails too, and a
// benchmark without a limit.
void JudgeExactCosts(const std::vector<const Report*>& reports,
                     const std::vector<const Report*>& baseline, const RegressionLimits& limits,
                     bool are_all_exact, ScenarioList& scenarios);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_EXACT_COSTS_H_
