// Whether and how much something changes over a soak, from its windows. A point value is no
// verdict: two windows always differ. Theil-Sen's slope with its limits says what the windows
// prove.

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
};

// From the first window to the last, as a factor: 1.2 when the value is 20 % larger in the end. The
// slope is that of the logarithms. Nothing with fewer than 10 values, or when one is not above
// zero. Domain: 0.5 <= confidence < 1. Source: see tools/lib/stats/trend.h.
std::optional<DriftLimits> DriftFactor(absl::Span<const double> by_window, double confidence);

// Growth a run of a quantity read at the end of each window. Nothing with fewer than 10 windows.
// `by_window` and `windows` are of one length.
std::optional<DriftLimits> GrowthPerRun(absl::Span<const double> by_window,
                                        absl::Span<const ScenarioWindow> windows,
                                        double confidence);

// What the windows of a soak say: latency_drift_factor (of the windows' 10th percentiles of run
// times), latency_p99_drift_factor, run_time_trend_p_value (Mann-Kendall, one-sided, of an
// increase), heap_growth_per_run_bytes and resident_growth_per_run_bytes, each but the p-value with
// limits
// (..._factor_lower, ..._lower_bytes); thread_growth_count and descriptor_growth_count, from the
// first window to the last; windows_count. What cannot be told is absent.
void AddSoakCounters(absl::Span<const ScenarioWindow> windows, double confidence,
                     Counters& counters);

}  // namespace slo::bench

#endif  // SLO_BENCH_COUNTERS_DRIFT_H_
