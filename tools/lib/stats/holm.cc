#include "tools/lib/stats/holm.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "absl/base/macros.h"

namespace slo::stats {

std::vector<double> HolmAdjusted(absl::Span<const double> p_values) {
  std::vector<size_t> by_size(p_values.size());
  std::iota(by_size.begin(), by_size.end(), size_t{0});
  std::stable_sort(by_size.begin(), by_size.end(),
                   [&](size_t a, size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double largest = 0;
  for (size_t i = 0; i < by_size.size(); ++i) {
    const double p = p_values[by_size[i]];
    ABSL_HARDENING_ASSERT(p >= 0 && p <= 1);
    const auto hypotheses_left = static_cast<double>(by_size.size() - i);
    largest = std::max(largest, std::min(1.0, p * hypotheses_left));
    adjusted[by_size[i]] = largest;
  }
  return adjusted;
}

}  // namespace slo::stats
