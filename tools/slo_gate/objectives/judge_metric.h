// One limit against one metric of one row: the arithmetic of a check.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_METRIC_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_METRIC_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/objectives/decide.h"
#include "tools/slo_gate/objectives/row_context.h"
#include "tools/slo_gate/verdict/check.h"

namespace slo::tools {

// Why the row cannot be judged; nothing: it can. Sets the check's type (see RowContext) and actual.
std::optional<Decision> WhyUnfit(const ReportRow& row, const RowContext& context, Check& check);

// Whether a check of the metric is a statement with a confidence, not one about a point. It does
// not matter whether the row has what that takes: with a counter less, other checks need as much.
bool CarriesConfidence(absl::string_view metric, Origin origin);

// Fills the numbers of the check and the facts of its ObjectiveDetail, and decides.
//
//   ratio      exact Clopper-Pearson bounds over its trials, at the required level
//   bounds     the row has <metric>_lower or <metric>_upper: the limit is compared with them; at a
//              stated level below the required one they do not show that it is kept
//   percentile the row has neither, but samples: insufficient, with the samples that it needs
//   otherwise  the value itself is compared where the objective says "point", and else insufficient
//
// Only rows of bench_workflow have the first three. A row that says that it failed and one without
// the metric fail; one whose clock did not advance or whose fields exclude each other is invalid;
// one without samples, or without a counter that belongs to the metric, is insufficient.
Decision JudgeMetric(const ReportRow& row, const RowContext& context, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_METRIC_H_
