// Confidence limits for a quantile from a sample whose neighbours may depend on one another.

#ifndef SLO_TOOLS_LIB_STATS_QUANTILE_LIMITS_H_
#define SLO_TOOLS_LIB_STATS_QUANTILE_LIMITS_H_

#include <cstdint>
#include <optional>

#include "tools/lib/stats/dependence.h"

namespace slo::stats {

// A limit by its place in the sorted sample.
struct RankLimit {
  int64_t rank = 0;  // 1-based
  // The number of independent observations that the sample of this process was worth for it.
  int64_t effective_samples = 0;
};

// At what level, and what the sample itself does not show.
struct SampleAllowance {
  double confidence = 0.95;  // one-sided, of each limit
  // No disturbance reaches more than so many observations one after another.
  int64_t disturbed = 1;
  // The limits are shares: so many processes each publish theirs, of samples as large as this one.
  int64_t processes = 1;
};

struct QuantileLimits {
  std::optional<RankLimit> lower;
  std::optional<RankLimit> upper;
};

// The order statistics that bound the quantile from below and from above, each with the level by
// itself. They invert the exact test of order_statistics.h: the upper limit is the smallest value
// from which on every value passes it, the lower one the largest up to which every value fails it.
// The test of a value counts the sample as its effective size, by the over-dispersion of being
// above that very value and by the longest disturbance that is declared (dependence.h). A limit
// that the sample is too small for is absent, and so are both when nothing is known about
// dependence. With independent observations these are the classical order-statistic limits.
//
// Of K > 1 processes with samples of size n, each worth e = n / disturbed, the test is that of all
// of them together, K e observations; dependence that reaches further is left to the spread between
// the processes (process_bounds.h). If the test lets c of K e be over a value, then the upper limit
// of a process is the smallest value that at most c n / (K e) of its own n are over, its share. Let
// L be the largest of the K upper limits. It is no smaller than the limit of any process, so at L
// every process has at most its share over it, and all of them together at most c n / e of K n,
// which are c of the effective K e: L passes the test of the pooled sample, and is an upper limit
// of the quantile at the level. In the same way the smallest of the K lower limits is a lower one:
// up to it every process has at least its share of those that must be over a value for it to fail.
//
// `samples`: the size of the whole sample, all of which `dispersion` has seen. Domain: samples >=
// 0, 0 < quantile < 1, 0.5 < confidence < 1, disturbed and processes >= 1. A pure function.
QuantileLimits DependentQuantileLimits(int64_t samples, const OverDispersion& dispersion,
                                       double quantile, const SampleAllowance& allowance);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_QUANTILE_LIMITS_H_
