// Many tests, one error: which of several hypotheses may be rejected together.

#ifndef SLO_TOOLS_LIB_STATS_HOLM_H_
#define SLO_TOOLS_LIB_STATS_HOLM_H_

#include <vector>

#include "absl/types/span.h"

namespace slo::stats {

// Holm's step-down adjusted p-values, in the order of the input: rejecting every hypothesis whose
// value is at most alpha makes one or more false rejections with a probability of at most alpha,
// however the tests depend on one another. Domain: each p in [0, 1]; so are the results. Source:
// S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
// Statistics 6 (1979). A pure function.
std::vector<double> HolmAdjusted(absl::Span<const double> p_values);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_HOLM_H_
