// Two independent samples: how far their means lie apart.

#ifndef SLO_TOOLS_LIB_STATS_WELCH_H_
#define SLO_TOOLS_LIB_STATS_WELCH_H_

#include <optional>

#include "absl/types/span.h"

namespace slo::stats {

// In the unit of the samples.
struct DifferenceInterval {
  double difference = 0;  // mean of `b` less mean of `a`
  double lower = 0;       // one-sided limits at the confidence asked for, each by itself
  double upper = 0;
  double p_above = 1;  // one-sided p-value of "the mean of b is larger"
};

// Welch's t: no equal variances assumed, normal scatter is. Nothing with fewer than two
// observations a side, or when nothing scatters at all. Domain: finite observations; 0.5 <=
// confidence < 1. Source: B. L. Welch, "The generalization of 'Student's' problem when several
// different population variances are involved", Biometrika 34 (1947). A pure function.
std::optional<DifferenceInterval> WelchDifference(absl::Span<const double> a,
                                                  absl::Span<const double> b, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_WELCH_H_
