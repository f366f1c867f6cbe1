// How much less a series of dependent observations proves than as many independent ones.
//
// Neighbouring latencies are alike: a slow request is followed by slow ones. The number of them
// above a limit then scatters more than the binomial distribution says, and limits that take n
// independent observations promise too much. The cure is to measure the excess variance from batch
// counts, and to count n as n divided by it. Sources: A. M. Law, "Simulation Modeling and
// Analysis", section 9.5.3 (batch means), applied to the indicator "above the limit"; P. McCullagh,
// J. A. Nelder, "Generalized Linear Models", section 4.5 (over-dispersion). The error rates of the
// whole are measured, see docs/method/confidence.md. Pure functions.

#ifndef SLO_TOOLS_LIB_STATS_DEPENDENCE_H_
#define SLO_TOOLS_LIB_STATS_DEPENDENCE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace slo::stats {

// Batches that a series is cut into. With fewer the estimate is coarse, with more a batch is not
// much longer than the dependence reaches.
inline constexpr int kDependenceBatches = 30;
// Observations above the limit that it takes to see whether they come in clusters.
inline constexpr int kMinOver = 50;

// The excess variance of a series above any of its values.
class OverDispersion {
 public:
  // `series`: in the order of observation, in any unit; must outlive the object.
  explicit OverDispersion(absl::Span<const uint32_t> series);

  // The variance of the number in a batch of those that belong to the largest `proportion` of the
  // series, divided by the binomial variance: about 1 for independent observations. With fewer than
  // kMinOver of them that of the kMinOver largest: there the dependence is rather stronger.
  // 0, for nothing can be seen, when the series is constant or shorter than two observations a
  // batch. Domain: 0 <= proportion < 1.
  double AmongLargest(double proportion) const;

 private:
  absl::Span<const uint32_t> series_;
  std::vector<uint32_t> sorted_;
};

// The number of independent observations that `samples` are worth whose over-dispersion was
// estimated. Estimating it from kDependenceBatches batches costs as much as replacing the normal by
// Student's distribution in an interval, (t / z)^2 at `confidence` (one-sided). At least 1; at most
// `samples`, since dependence that cancels out is not relied on. Domain: samples >= 1,
// over_dispersion >= 0, 0.5 < confidence < 1.
int64_t EffectiveSampleSize(int64_t samples, double over_dispersion, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_DEPENDENCE_H_
