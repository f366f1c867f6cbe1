// Confidence limits for a quantile from a series whose neighbours may depend on one another.

#ifndef SLO_TOOLS_LIB_STATS_QUANTILE_LIMITS_H_
#define SLO_TOOLS_LIB_STATS_QUANTILE_LIMITS_H_

#include <cstdint>
#include <optional>

#include "tools/lib/stats/dependence.h"

namespace slo::stats {

// A limit by its place in the sorted sample.
struct RankLimit {
  int64_t rank = 0;  // 1-based
  // The number of independent observations that the sample was worth for it.
  int64_t effective_samples = 0;
};

struct QuantileLimits {
  std::optional<RankLimit> lower;
  std::optional<RankLimit> upper;
};

// The order statistics that bound the quantile from below and from above, each with `confidence` by
// itself. They invert the exact test of order_statistics.h: the upper limit is the smallest value
// from which on every value passes it, the lower one the largest up to which every value fails it.
// The test of a value counts the sample as its effective size, by the over-dispersion of being
// above that very value (dependence.h). A limit that the sample is too small for is absent. With
// independent observations these are the classical order-statistic limits.
//
// `samples`: the size of the whole sample; `dispersion`: of its beginning or all of it, in the
// order of observation. Domain: samples >= 0, 0 < quantile < 1, 0.5 < confidence < 1. A pure
// function.
QuantileLimits DependentQuantileLimits(int64_t samples, const OverDispersion& dispersion,
                                       double quantile, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_QUANTILE_LIMITS_H_
