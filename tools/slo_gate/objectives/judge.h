// From results and objectives to a verdict: a pure function.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_H_

#include <vector>

#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/objective.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// All checks that carry a confidence hold together with thresholds.confidence: the error is spread
// evenly over them. `reports`: at least one; shards of one run, which agree (see CheckFilesAgree).
// Each row that an objective's glob matches is judged by itself; of several rows with one name
// (repetitions, shards) the worst decides: percentiles are never averaged. An objective that
// matches no row fails.
Verdict Judge(std::vector<Report> reports, const Thresholds& thresholds,
              const JudgeOptions& options);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_H_
