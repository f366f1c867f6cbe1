// Environment guards: objectives that say something about the machine and not about what was
// measured.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_GUARD_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_GUARD_H_

#include "tools/slo_gate/objectives/benchmark_rows.h"
#include "tools/slo_gate/objectives/disturbances.h"
#include "tools/slo_gate/verdict/objective.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {

// Adds a check to `scenarios` for each row, or, where processes are the sample (judge_processes.h),
// one by their mean: together they took the time that one long process takes. A row that says
// nothing about the machine is taken as it is. One that the machine kept from being measured as it
// should be is invalid, and noted in `disturbances`.
void JudgeGuard(const Objective& guard, const BenchmarkRows& benchmark, Disturbances& disturbances,
                ScenarioList& scenarios);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_GUARD_H_
