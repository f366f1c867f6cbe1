// An objective as a check, before anything is known of a row, and what is to be known beside one.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_CHECK_CONTEXT_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_CHECK_CONTEXT_H_

#include "tools/lib/results/report.h"
#include "tools/slo_gate/objectives/decide.h"
#include "tools/slo_gate/objectives/row_context.h"
#include "tools/slo_gate/verdict/check.h"
#include "tools/slo_gate/verdict/objective.h"

namespace slo::tools {

// `kind`: of a limit that the objective has.
Check MakeCheck(const Objective& objective, LimitKind kind);

// Of a row of the report. `thresholds`: what the objective's file says for all of them.
RowContext ContextOf(const Objective& objective, const Report& report, double required_level,
                     const Thresholds& thresholds);

void SetDecision(const Decision& decision, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_CHECK_CONTEXT_H_
