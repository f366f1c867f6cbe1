// Cuts what was counted over time into windows of equal time.

#ifndef SLO_TOOLS_LIB_STATS_EQUAL_WINDOWS_H_
#define SLO_TOOLS_LIB_STATS_EQUAL_WINDOWS_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"

namespace slo::stats {

// A stretch of time, and how much was counted in it, evenly spread.
struct Stretch {
  double length = 0;  // above 0
  double count = 0;
};

// What was counted in each of `windows` windows, all equally long and together as long as the
// stretches, which follow one another. A stretch that reaches into several windows counts in each
// by its share, so that the sum is that of the stretches. `windows`: at least 1. Without stretches
// all are zero. A pure function.
std::vector<double> EqualWindows(absl::Span<const Stretch> stretches, size_t windows);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_EQUAL_WINDOWS_H_
