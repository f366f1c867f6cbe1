// Which benchmarks of two binaries are measured, and how each is decided.

#ifndef SLO_TOOLS_PAIRED_BENCH_PLAN_SELECTION_H_
#define SLO_TOOLS_PAIRED_BENCH_PLAN_SELECTION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/paired_bench/plan/collector.h"
#include "tools/paired_bench/plan/paired_options.h"

namespace slo::paired {

struct Selection {
  std::vector<std::string> selected;
  std::vector<std::string> not_selected;
  // What the gate will call missing or failed: on one side only, or listed twice.
  std::vector<tools::MeasuredPairs> not_measurable;
  std::vector<std::string> measurable;
  std::string control;  // the benchmark of the controls; empty: there are none
  // In place of a control that turns out not to be measurable, in this order.
  std::vector<std::string> spare_controls;
};

// `base` and `candidate`: what the binaries list. InvalidArgument: the filter lets nothing through,
// or the control is none that both have.
absl::StatusOr<Selection> Select(const PairedOptions& options, const std::vector<std::string>& base,
                                 const std::vector<std::string>& candidate);

// What decides about a benchmark: the metrics of its tolerances, or cpu_time without any.
std::vector<PlannedMetric> MetricsOf(const tools::RegressionLimits& limits, tools::Against against,
                                     const std::string& benchmark);

// The controls first, then the changes.
CollectionPlan MakePlan(const PairedOptions& options, const Selection& selection,
                        const tools::RegressionLimits& limits);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PLAN_SELECTION_H_
