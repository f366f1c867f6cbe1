// How far windows that follow one another may depend on each other, and what that does to the
// standard error of what is estimated from them. With few windows the dependence can hardly be
// measured, so that what is allowed for is not the estimate but an upper bound of it.
//
// The model is an autoregression of order one. Its coefficient is estimated from the residuals of a
// least-squares fit, corrected for its bias, which comes from the fit, and raised by 1.5 standard
// errors. Sources: M. S. Bartlett, "On the theoretical specification and sampling properties of
// autocorrelated time-series", Supplement to JRSS 8 (1946), for the standard error, at most
// 1 / sqrt(n); M. G. Kendall, "Note on bias in the estimation of autocorrelation", Biometrika 41
// (1954), for the bias with a mean; N. P. A. van Giersbergen, "On the effect of deterministic terms
// on the bias in stable AR models", Economics Letters 89 (2005), with a line. That 1.5 is enough
// was found by simulation; docs/method/confidence.md has the error rates. Pure functions; time
// grows with the square of the length.

#ifndef SLO_TOOLS_LIB_STATS_AUTOCORRELATION_H_
#define SLO_TOOLS_LIB_STATS_AUTOCORRELATION_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"

namespace slo::stats {

// Fewer windows say nothing about their dependence.
inline constexpr size_t kMinDependentWindows = 8;

// What was fitted to a series of equally spaced observations by least squares: columns that are
// orthogonal to one another, each as long as the series and not all zeros.
using FittedColumns = std::vector<std::vector<double>>;

// From 0 to 0.95, and to 0.98 of a line. `residuals`: at least kMinDependentWindows observations,
// less what was fitted; `fitted`: how many columns that was, 1 (the mean) or 2 (a line). Of
// residuals that are all zero only the allowance is left.
double AllowedAutocorrelation(absl::Span<const double> residuals, size_t fitted);

// The standard error of the last column's coefficient, when the observations are as dependent as
// AllowedAutocorrelation says. The variance of the residuals is corrected for what the columns have
// taken from it, which is more the more dependent they are.
double CoefficientError(absl::Span<const double> residuals, const FittedColumns& columns);

// Of Student's t for an estimate with that error: two more than the columns are lost to the
// dependence.
inline double DegreesOfFreedom(size_t count, size_t fitted) {
  return static_cast<double>(count - fitted - 2);
}

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_AUTOCORRELATION_H_
