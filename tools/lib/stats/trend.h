// Does a series drift, and by how much a step? The slope is Theil-Sen's, and residuals that are far
// out are cut, so that one wild window moves neither slope nor limits much. Windows that follow one
// another may depend on each other; see autocorrelation.h. Sources: P. K. Sen, "Estimates of the
// regression coefficient based on Kendall's tau", JASA 63 (1968); F. R. Hampel, "The influence
// curve and its role in robust estimation", JASA 69 (1974), for the median absolute deviation. Pure
// functions; time and memory grow with the square of the length, which must not exceed 10,000.

#ifndef SLO_TOOLS_LIB_STATS_TREND_H_
#define SLO_TOOLS_LIB_STATS_TREND_H_

#include <optional>

#include "absl/types/span.h"

namespace slo::stats {

// In units of the series a step.
struct Trend {
  double slope = 0;  // the median slope of all pairs
  double lower = 0;  // one-sided limits at the confidence asked for, each by itself
  double upper = 0;
  double p_increase = 1;  // one-sided p-value of "no increase"; 1 for a constant series
};

// The median slope of all pairs of equally spaced observations. `series`: at least two, finite.
double TheilSenSlope(absl::Span<const double> series);

// The slope with limits: the slope +- t * e, where e is the error of the slope of a least-squares
// line. Residuals beyond three standard deviations, estimated by the median absolute deviation, are
// cut there first, unless that is zero. `series`: equally spaced, finite. Nothing with fewer than
// kMinDependentWindows observations. Domain: 0.5 <= confidence < 1.
std::optional<Trend> TrendOf(absl::Span<const double> series, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_TREND_H_
