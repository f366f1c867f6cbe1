// Wilcoxon's signed-rank statistic: whether the middle of a symmetric distribution lies above zero,
// without a word on its shape otherwise.

#ifndef SLO_TOOLS_LIB_STATS_SIGNED_RANK_H_
#define SLO_TOOLS_LIB_STATS_SIGNED_RANK_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace slo::stats {

// The number of Walsh averages (means of two observations, and each observation itself) above zero:
// equal to the sum of the ranks of the positive observations where no two are tied. Ties and zeros
// count against "above", so that a test on them errs on the safe side. Domain: finite observations.
// Time n log n. A pure function.
int64_t SignedRankStatistic(absl::Span<const double> sample);

// What the statistic does for n observations when the middle is zero: exact up to 100 observations,
// the normal approximation with a continuity correction beyond. Source: M. Hollander, D. A. Wolfe,
// "Nonparametric Statistical Methods", section 3.1. Made once for many tests of one size; const
// after that, so threads may share it.
class SignedRankDistribution {
 public:
  // `observations`: 0 to 100,000.
  explicit SignedRankDistribution(size_t observations);

  // P(T >= statistic): the p-value of "the middle lies above zero". In (0, 1].
  double UpperTail(int64_t statistic) const;

  // The largest k with P(T <= k - 1) <= alpha: at most so many Walsh averages lie beyond a
  // one-sided confidence limit at 1 - alpha. 0: there is no such limit. 0 < alpha <= 0.5.
  int64_t LimitDepth(double alpha) const;

 private:
  size_t observations_;
  std::vector<double> upper_tail_;  // by statistic; empty beyond the exact sizes
};

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_SIGNED_RANK_H_
