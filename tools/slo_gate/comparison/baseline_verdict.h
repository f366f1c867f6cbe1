// From results and a recorded baseline to a verdict: a pure function.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_BASELINE_VERDICT_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_BASELINE_VERDICT_H_

#include <string>
#include <vector>

#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// Whether the report holds costs that are the same in every run (context slo_kind exact_costs).
bool HasExactCosts(const Report& report);

// Compares results with a baseline that was measured by the same build flags on the same machine;
// where the two say otherwise, the verdict is invalid and names each field.
//
// Exact costs: every limit of `limits.exact` on every benchmark that it matches; they must all be
// there, in both. Others: by tolerance, as for pairs, but by Welch's t over the logarithms of one
// observation a process: a file, or the rows of one number in the counter `process`, is a process.
// Benchmarks that only one side has are failures with a name.
Verdict VerdictOnBaseline(std::vector<Report> reports, Report baseline, RegressionLimits limits,
                          std::string limits_text, const JudgeOptions& options);

// The verdict when there is no baseline for the toolchain of exact costs: insufficient. `file`: the
// one that was looked for.
Verdict VerdictWithoutBaseline(std::vector<Report> reports, const std::string& file,
                               RegressionLimits limits, std::string limits_text,
                               const JudgeOptions& options);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_BASELINE_VERDICT_H_
