// From pairs of two builds and what is tolerated to a verdict: a pure function.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_PAIRS_VERDICT_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_PAIRS_VERDICT_H_

#include <string>
#include <vector>

#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// A scenario for each benchmark and one for each control. When a control fails, or a fault planted
// in the pairs does not show, nothing passes or fails by what was measured: it is invalid.
// `files`: at least one. `limits_text`: the file behind `limits`, for the evidence.
Verdict VerdictOnPairs(std::vector<PairsFile> files, RegressionLimits limits,
                       std::string limits_text, const JudgeOptions& options);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_PAIRS_VERDICT_H_
