// One limit against one metric of one row: the arithmetic of a check.

#ifndef SLO_TOOLS_SLO_GATE_JUDGE_METRIC_H_
#define SLO_TOOLS_SLO_GATE_JUDGE_METRIC_H_

#include <optional>

#include "tools/slo_gate/report.h"
#include "tools/slo_gate/verdict.h"

namespace slo::tools {

// The one-sided level of what the gate computes itself when the results state none.
inline constexpr double kDefaultConfidence = 0.95;

// `stated_level`: the one-sided level of the limits that the row publishes, if the results state
// it. Fills everything of the check that follows from the row.
//
//   ratio      exact Clopper-Pearson limits over its trials (<x>_trials_count, else samples_count)
//   limits     the row has <metric>_lower or <metric>_upper: the limit is compared with them
//   percentile the row has neither, but samples: insufficient, with the samples that it needs
//   otherwise  the value itself is compared, and the check says that it carries no confidence
//
// A row that says that it failed and one without the metric fail; one whose clock did not advance
// is invalid; one without samples is insufficient.
void JudgeMetric(const ReportRow& row, std::optional<double> stated_level, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_JUDGE_METRIC_H_
