// A confidence interval for the mean of windows that follow one another and may depend on each
// other.

#ifndef SLO_TOOLS_LIB_STATS_DEPENDENT_MEAN_H_
#define SLO_TOOLS_LIB_STATS_DEPENDENT_MEAN_H_

#include <optional>

#include "absl/types/span.h"
#include "tools/lib/stats/batch_means.h"

namespace slo::stats {

// mean +- t * e with the error of autocorrelation.h and the `confidence` quantile of Student's t at
// n - 3 degrees of freedom; each limit by itself holds with `confidence` (0.5 <= confidence < 1).
// In the unit of the windows. Nothing with fewer than kMinDependentWindows or when one is not
// finite. A pure function.
std::optional<MeanInterval> DependentMean(absl::Span<const double> windows, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_DEPENDENT_MEAN_H_
