// Exact limits for a proportion from a count of successes.

#ifndef SLO_TOOLS_LIB_STATS_BINOMIAL_LIMITS_H_
#define SLO_TOOLS_LIB_STATS_BINOMIAL_LIMITS_H_

#include <cstdint>

namespace slo::stats {

// One-sided Clopper-Pearson limits: the proportion lies at or above the lower (at or below the
// upper) limit with at least `confidence`, whatever it is. Source: C. J. Clopper, E. S. Pearson,
// "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26
// (1934). Domain: 0 <= successes <= trials, 1 <= trials <= 2^53, 0 < confidence < 1. The results
// lie in [0, 1]. Pure functions.
double ClopperPearsonLower(int64_t successes, int64_t trials, double confidence);
double ClopperPearsonUpper(int64_t successes, int64_t trials, double confidence);

struct ProportionLimits {
  double lower = 0;
  double upper = 1;
};

// The same of `successes` among `trials` that are worth no more than `effective` independent ones
// (dependence.h), to which the successes are scaled: down for the lower limit, up for the upper
// one. Domain: as above, and 1 <= effective <= trials.
ProportionLimits DependentProportionLimits(int64_t successes, int64_t trials, int64_t effective,
                                           double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_BINOMIAL_LIMITS_H_
