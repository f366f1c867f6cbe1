// How much less a series of dependent observations proves than as many independent ones.
//
// Neighbouring latencies are alike: a slow request is followed by slow ones. The number of them
// above a quantile then scatters more than the binomial distribution says, and exact limits that
// take n independent observations promise too much. The cure is to measure the excess variance from
// batch counts and to count n as n divided by it. Source: A. M. Law, "Simulation Modeling and
// Analysis", section 9.5.3 (batch means), applied to the indicator "above the quantile"; P.
// McCullagh, J. A. Nelder, "Generalized Linear Models", section 4.5 (over-dispersion). Pure
// functions.

#ifndef SLO_TOOLS_STATS_DEPENDENCE_H_
#define SLO_TOOLS_STATS_DEPENDENCE_H_

#include <cstdint>

#include "absl/types/span.h"

namespace slo::stats {

// Batches that a series is cut into. With fewer the estimate is coarse, with more a batch is not
// much longer than the dependence reaches.
inline constexpr int kDependenceBatches = 30;

// The variance of the number of observations above the series' own `quantile` in a batch, divided
// by the binomial variance: about 1 for independent observations. 0, for nothing can be seen, when
// the series is constant or shorter than two observations a batch. `series`: in the order of
// observation, in any unit. Domain: 0 < quantile < 1.
double OverDispersion(absl::Span<const uint32_t> series, double quantile);

// The number of independent observations that bound a quantile as well as `samples` do whose
// over-dispersion was estimated. Estimating it from kDependenceBatches batches costs as much as
// replacing the normal by Student's distribution in an interval, (t / z)^2 at `confidence`
// (one-sided). At least 1; at most `samples`, since dependence that cancels out is not relied on.
// Domain: samples >= 1, over_dispersion >= 0, 0.5 < confidence < 1.
int64_t EffectiveSampleSize(int64_t samples, double over_dispersion, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_STATS_DEPENDENCE_H_
