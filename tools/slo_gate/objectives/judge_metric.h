// One limit against one metric of one row: the arithmetic of a check.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_METRIC_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_METRIC_H_

#include <optional>

#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// One-sided confidence levels, from 0.5 to below 1.
struct Levels {
  // Of the limits that the row publishes; nothing: the results do not state it.
  std::optional<double> stated;
  // That the check must reach, so that all checks of the verdict together reach theirs.
  double required = 0.95;
};

// Whether the check is going to be a statement with a confidence, not one about a point.
bool CarriesConfidence(const ReportRow& row, absl::string_view metric, const Levels& levels);

// What follows from a row alone; its objective and its report may say otherwise.
struct Decision {
  CheckStatus status = CheckStatus::kFail;
  Reason reason = Reason::kUndecided;

  bool operator==(const Decision&) const = default;
};

inline constexpr Decision kViolated = {CheckStatus::kFail, Reason::kLimitViolated};

// Fills the numbers of the check and the facts of its ObjectiveDetail, and decides.
//
//   ratio      exact Clopper-Pearson limits over its trials (<x>_trials_count, else samples_count)
//   at
//              the required level
//   limits     the row has <metric>_lower or <metric>_upper: the limit is compared with them; at a
//              stated level below the required one they do not show that it is kept
//   percentile the row has neither, but samples: insufficient, with the samples that it needs
//   otherwise  the value itself is compared, and the check says that it carries no confidence
//
// A row that says that it failed and one without the metric fail; one whose clock did not advance
// is invalid; one without samples is insufficient.
Decision JudgeMetric(const ReportRow& row, const Levels& levels, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_METRIC_H_
