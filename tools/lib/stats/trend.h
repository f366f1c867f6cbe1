// Does a series drift, and by how much a step? Rank methods: one wild window moves neither.
// Sources: H. B. Mann, "Nonparametric tests against trend", Econometrica 13 (1945); M. G. Kendall,
// "Rank Correlation Methods", 4th ed., chapters 4 and 5 (ties, continuity); P. K. Sen, "Estimates
// of the regression coefficient based on Kendall's tau", JASA 63 (1968). Pure functions; time and
// memory grow with the square of the length, which must not exceed 10,000.

#ifndef SLO_TOOLS_LIB_STATS_TREND_H_
#define SLO_TOOLS_LIB_STATS_TREND_H_

#include <cstdint>
#include <optional>

#include "absl/types/span.h"

namespace slo::stats {

struct MannKendall {
  int64_t s = 0;        // pairs that rise less pairs that fall
  double variance = 0;  // of s without a trend, ties taken into account
  // One-sided p-values of "no trend" (normal approximation, corrected for continuity, good from ten
  // observations on); 1 for a constant series.
  double p_increase = 1;
  double p_decrease = 1;
};

// `series`: equally spaced, finite, independent observations apart from the trend.
MannKendall MannKendallTest(absl::Span<const double> series);

// In units of the series a step.
struct SlopeInterval {
  double slope = 0;  // the median slope of all pairs
  double lower = 0;  // one-sided limits at the confidence asked for, each by itself
  double upper = 0;
};

// Nothing with fewer than two observations. Domain: 0.5 <= confidence < 1.
std::optional<SlopeInterval> TheilSen(absl::Span<const double> series, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_TREND_H_
