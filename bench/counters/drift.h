// Whether and how much something changes over a soak, from its windows. A point value is no
// verdict: two windows always differ. Confidence limits, which allow for windows that depend on one
// another, say what they prove.

#ifndef SLO_BENCH_COUNTERS_DRIFT_H_
#define SLO_BENCH_COUNTERS_DRIFT_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "bench/counters/counters.h"
#include "bench/drive/scenario.h"

namespace slo::bench {

// With one-sided limits at the confidence asked for, each by itself.
struct DriftLimits {
  double estimate = 0;
  double lower = 0;
  double upper = 0;
  double p_increase = 1;  // one-sided p-value of "no increase"; of a drift factor only
};

// From the first window to the last, as a factor: 1.2 when the value is 20 % larger in the end. The
// slope is that of the logarithms (TrendOf, tools/lib/stats/trend.h). Nothing with fewer than 10
// values, or when one is not above zero. Domain: 0.5 <= confidence < 1.
std::optional<DriftLimits> DriftFactor(absl::Span<const double> by_window, double confidence);

// Growth a run of a quantity read at the end of each window: what it grew by from the end of the
// first window to that of the last, and limits from the growth of each window between
// (DependentMean, tools/lib/stats/dependent_mean.h). Levels would be no observations: each contains
// those before it, so that they stray from any line even when nothing grows. Nothing with fewer
// than 10 windows. `by_window` and `windows` are of one length.
std::optional<DriftLimits> GrowthPerRun(absl::Span<const double> by_window,
                                        absl::Span<const ScenarioWindow> windows,
                                        double confidence);

// What the windows of a soak say: latency_drift_factor (of the windows' 10th percentiles of run
// times), latency_p99_drift_factor, run_time_trend_p_value (one-sided, of an increase of the 10th
// percentiles), heap_growth_per_run_bytes and resident_growth_per_run_bytes, each but the p-value
// with limits (..._factor_lower, ..._lower_bytes); thread_growth_count and descriptor_growth_count,
// from the first window to the last; windows_count. What cannot be told is absent.
void AddSoakCounters(absl::Span<const ScenarioWindow> windows, double confidence,
                     Counters& counters);

}  // namespace slo::bench

#endif  // SLO_BENCH_COUNTERS_DRIFT_H_
