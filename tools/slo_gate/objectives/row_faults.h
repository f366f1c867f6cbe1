// What keeps a row from proving anything: fields that exclude each other, and counters that a
// metric of bench_workflow proves nothing without.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_FAULTS_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_FAULTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

struct FaultContext {
  Origin origin = Origin::kForeign;
  MetricType type;               // of the metric
  std::optional<double> stated;  // the level of the row's bounds; nothing: not stated
};

// The fields, of which at least one is wrong: a negative time; bounds that do not bracket the value
// or each other; a count that is negative or no whole number; more effective samples than samples;
// a bound of a percentile that so few samples cannot have at the stated level (at one half, when it
// is not stated); a ratio that its counts deny. Only fields that say something about `metric`,
// which the row has. Empty: none.
std::vector<std::string> Contradictions(const ReportRow& row, const std::string& metric,
                                        const FaultContext& context);

// What is always written beside `metric` and that this row lacks. Without it less is known, and
// that must never make a verdict better. In every row: the time that it took; of how many
// repetitions it is which one, or neither. In one of bench_workflow: the sample size of a latency,
// the trials and failures of a ratio, the bounds of what is published with bounds, and what each
// bound of a percentile is worth where the row says that of any.
std::vector<std::string> LackingCounters(const ReportRow& row, const std::string& metric,
                                         const FaultContext& context);

// A whole number of things that a double can hold exactly; nothing where the row has none.
std::optional<int64_t> CountOf(const ReportRow& row, absl::string_view counter);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_FAULTS_H_
