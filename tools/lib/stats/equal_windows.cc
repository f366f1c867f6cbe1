#include "tools/lib/stats/equal_windows.h"

#include <algorithm>

#include "absl/base/macros.h"

namespace slo::stats {

std::vector<double> EqualWindows(absl::Span<const Stretch> stretches, size_t windows) {
  ABSL_HARDENING_ASSERT(windows >= 1);
  double length = 0;
  for (const Stretch& stretch : stretches) length += stretch.length;
  const double width = length / static_cast<double>(windows);
  std::vector<double> counts(windows);
  size_t window = 0;
  double begin = 0;  // of the stretch
  for (const Stretch& stretch : stretches) {
    const double end = begin + stretch.length;
    double at = begin;
    // The last window takes what rounding leaves over.
    for (; window + 1 < windows && width * static_cast<double>(window + 1) < end; ++window) {
      const double next = std::max(width * static_cast<double>(window + 1), at);
      counts[window] += stretch.count * (next - at) / stretch.length;
      at = next;
    }
    counts[window] += stretch.count * (end - at) / stretch.length;
    begin = end;
  }
  return counts;
}

}  // namespace slo::stats
