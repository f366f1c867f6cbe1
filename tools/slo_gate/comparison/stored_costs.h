// Times against a baseline of another day, on the same machine and by the same build flags.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_STORED_COSTS_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_STORED_COSTS_H_

#include <string>
#include <vector>

#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// A scenario for each benchmark of either side. The observations are processes: of several rows of
// one name in a process (repetitions) the median counts. Changes are judged as those of pairs are,
// by Welch's t over logarithms, with one error over all benchmarks; a process a side decides
// nothing. What drifted on the machine between the two days is part of the change.
std::vector<Scenario> JudgeStoredCosts(const std::vector<Report>& reports, const Report& baseline,
                                       const RegressionLimits& limits,
                                       const std::string& generated_at_utc);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_STORED_COSTS_H_
