// A confidence interval for a long-run mean from the means of consecutive batches. Batching turns
// autocorrelated observations into few nearly independent ones; 10 to 20 batches are usual.
// Source: A. M. Law, "Simulation Modeling and Analysis", section 9.5.3.

#ifndef SLO_TOOLS_LIB_STATS_BATCH_MEANS_H_
#define SLO_TOOLS_LIB_STATS_BATCH_MEANS_H_

#include <optional>

#include "absl/types/span.h"

namespace slo::stats {

struct MeanInterval {
  double mean = 0;
  double lower = 0;  // one-sided limit
  double upper = 0;  // one-sided limit
};

// mean +- t * s / sqrt(k) with the `confidence` quantile of Student's t at k - 1 degrees of
// freedom; each limit by itself holds with `confidence` (0.5 <= confidence < 1). In the unit of the
// batch means. Nothing with fewer than two batches or a mean that is not finite. A pure function.
std::optional<MeanInterval> BatchMeansInterval(absl::Span<const double> batch_means,
                                               double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_BATCH_MEANS_H_
