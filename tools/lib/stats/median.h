// The middle of a sorted list.

#ifndef SLO_TOOLS_LIB_STATS_MEDIAN_H_
#define SLO_TOOLS_LIB_STATS_MEDIAN_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/base/macros.h"
#include "absl/types/span.h"

namespace slo::stats {

// `sorted`: ascending, not empty. Of an even number the mean of the two in the middle. A pure
// function.
inline double MedianOfSorted(absl::Span<const double> sorted) {
  ABSL_HARDENING_ASSERT(!sorted.empty());
  const size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

// The same of values in any order.
inline double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return MedianOfSorted(values);
}

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_MEDIAN_H_
