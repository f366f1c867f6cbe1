// What is to be known about a row beside the row.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_CONTEXT_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_CONTEXT_H_

#include <optional>

#include "tools/lib/results/longest_disturbance.h"
#include "tools/lib/results/metric.h"

namespace slo::tools {

// Levels are one-sided, from 0.5 to below 1.
struct RowContext {
  Origin origin = Origin::kForeign;
  // Of the bounds that the row publishes; nothing: the results do not state it.
  std::optional<double> stated;
  // That the check must reach, so that all checks of the verdict together reach theirs.
  double required = 0.95;
  // Whether a value that carries no confidence is compared.
  bool point = false;
  // The longest disturbance that the objectives declare; nothing: they declare none.
  std::optional<LongestDisturbance> declared;
  // That the row's bounds allow for.
  LongestDisturbance allowed;
  // What the objective says that the metric is; nothing: as its name says, see TypeOf.
  std::optional<MetricType> type;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_CONTEXT_H_
