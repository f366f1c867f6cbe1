// Where the middle of a symmetric distribution lies, and how surely: robust to wild observations,
// and nearly as sharp as the mean without them.

#ifndef SLO_TOOLS_LIB_STATS_HODGES_LEHMANN_H_
#define SLO_TOOLS_LIB_STATS_HODGES_LEHMANN_H_

#include <optional>

#include "absl/types/span.h"

namespace slo::stats {

// In the unit of the sample.
struct LocationInterval {
  double location = 0;  // the median of all pairwise means (Walsh averages), each with itself too
  double lower = 0;     // one-sided limits at the confidence asked for, each by itself
  double upper = 0;
};

// Limits by inverting Wilcoxon's signed-rank test: exact up to 100 observations, by the normal
// approximation beyond. Nothing when the sample is too small to have limits at that confidence
// (fewer than 5 observations at 95 %, 11 at 99.95 %). Domain: finite observations, at most 10,000
// of them; 0.5 <= confidence < 1. Time and memory grow with the square of the sample. Source: J. L.
// Hodges, E. L. Lehmann, "Estimates of location based on rank tests", Annals of Mathematical
// Statistics 34 (1963); M. Hollander, D. A. Wolfe, "Nonparametric Statistical Methods",
// section 3.3. A pure function.
std::optional<LocationInterval> HodgesLehmann(absl::Span<const double> sample, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_HODGES_LEHMANN_H_
