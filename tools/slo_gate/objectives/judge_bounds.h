// A limit against the bounds that rows of bench_workflow publish.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_BOUNDS_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_BOUNDS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "tools/lib/results/report.h"
#include "tools/slo_gate/objectives/decide.h"
#include "tools/slo_gate/objectives/row_context.h"
#include "tools/slo_gate/verdict/check.h"

namespace slo::tools {

Bounds PublishedBounds(const ReportRow& row, const Check& check);

// The sample size of a latency or the trials of a ratio; nothing where the row does not say.
std::optional<int64_t> SamplesOf(const ReportRow& row, const std::string& metric);

// Bounds hold at the level that the results state, whatever is required: where that is too low
// nothing is shown to pass, while a violation stays one. Where the objectives declare a longer
// disturbance than the bounds allow for, nothing is shown at all.
Decision JudgeBounds(const Bounds& bounds, const RowContext& context, Check& check);

// Whether the stated level is the required one or above it.
bool ReachesRequired(const RowContext& context);

// So many samples, or trials, would do; nothing is set where there are as many.
void SetNeeded(Needed::Kind kind, int64_t count, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_BOUNDS_H_
