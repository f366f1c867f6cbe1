// Costs that are the same in every run, against a baseline: a difference is a difference.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_EXACT_COSTS_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_EXACT_COSTS_H_

#include <vector>

#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// A scenario for each benchmark of either side, with a check for each limit that matches it and
// whose metric either side has. A change beyond the limit fails in both directions: a cost that
// fell must be recorded, or it could grow back unseen. A limit whose metric no benchmark has fails.
std::vector<Scenario> JudgeExactCosts(const std::vector<Report>& reports, const Report& baseline,
                                      const RegressionLimits& limits);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_EXACT_COSTS_H_
