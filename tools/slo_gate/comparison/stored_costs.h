// Times against a baseline of another day, on the same machine and by the same build flags.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_STORED_COSTS_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_STORED_COSTS_H_

#include <string>
#include <vector>

#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {

// Adds a check for each benchmark of either side that a tolerance matches, and for each tolerance
// that matches none. The observations are processes: of several rows of one name in a process
// (repetitions) the median counts. Changes are judged as those of pairs are, by Welch's t over
// logarithms, with one error over all benchmarks. Numbers that all processes of each side agree on,
// such as counts of allocations, are compared exactly; zero is a number like any other there. One
// process a side decides nothing: the change that was observed is shown. What drifted on the
// machine between the two days is part of the change.
void JudgeStoredCosts(const std::vector<const Report*>& reports,
                      const std::vector<const Report*>& baseline, const RegressionLimits& limits,
                      const std::string& generated_at_utc, ScenarioList& scenarios);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_STORED_COSTS_H_
