#include "tools/stats/dependence.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

// The observations above the result are the (1 - quantile) * n largest, or fewer where some are
// equal; all that are not the smallest, where even those would be none.
uint32_t ThresholdOf(absl::Span<const uint32_t> series, double quantile) {
  std::vector<uint32_t> sorted(series.begin(), series.end());
  const auto rank = static_cast<size_t>(quantile * static_cast<double>(sorted.size()));
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(std::min(rank, sorted.size() - 1));
  std::nth_element(sorted.begin(), at, sorted.end());
  const uint32_t value = *at;
  const uint32_t largest = *std::max_element(at, sorted.end());
  return value < largest ? value : (value > 0 ? value - 1 : 0);
}

}  // namespace

double OverDispersion(absl::Span<const uint32_t> series, double quantile) {
  ABSL_HARDENING_ASSERT(quantile > 0 && quantile < 1);
  constexpr size_t kBatches = kDependenceBatches;
  const size_t length = series.size() / kBatches;
  if (length < 2) return 0;
  // The batches are equally long; what does not fill one is left out.
  const absl::Span<const uint32_t> used = series.subspan(0, kBatches * length);
  const uint32_t threshold = ThresholdOf(used, quantile);
  double sum = 0;
  double squares = 0;
  for (size_t batch = 0; batch < kBatches; ++batch) {
    const auto part = used.subspan(batch * length, length);
    const auto over = static_cast<double>(
        std::count_if(part.begin(), part.end(), [&](uint32_t value) { return value > threshold; }));
    sum += over;
    squares += over * over;
  }
  const double proportion = sum / static_cast<double>(used.size());
  if (proportion <= 0 || proportion >= 1) return 0;
  const double mean = sum / kBatches;
  const double variance = (squares - sum * mean) / (kBatches - 1);
  const double binomial = static_cast<double>(length) * proportion * (1 - proportion);
  return variance / binomial;
}

int64_t EffectiveSampleSize(int64_t samples, double over_dispersion, double confidence) {
  ABSL_HARDENING_ASSERT(samples >= 1 && over_dispersion >= 0);
  ABSL_HARDENING_ASSERT(confidence > 0.5 && confidence < 1);
  const double t = boost::math::quantile(
      boost::math::students_t_distribution<double>(kDependenceBatches - 1), confidence);
  const double z = boost::math::quantile(boost::math::normal_distribution<double>(), confidence);
  const double inflation = std::max(1.0, over_dispersion * (t / z) * (t / z));
  return std::max<int64_t>(1, static_cast<int64_t>(static_cast<double>(samples) / inflation));
}

}  // namespace slo::stats
