// What was decided about a change, and what kept it from being decided, as reasons of checks.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_OUTCOME_REASONS_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_OUTCOME_REASONS_H_

#include "tools/lib/changes/paired_change.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/verdict/reason.h"

namespace slo::tools {

Reason OutcomeOf(ChangeOutcome outcome);
Reason OutcomeOf(PairsDefect defect);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_OUTCOME_REASONS_H_
