#include "tools/lib/stats/dependence.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

constexpr size_t kBatches = kDependenceBatches;

}  // namespace

// The batches are equally long; what does not fill one is left out.
OverDispersion::OverDispersion(absl::Span<const uint32_t> series)
    : series_(series.subspan(0, series.size() / kBatches * kBatches)) {
  if (series_.size() < 2 * kBatches) return;
  sorted_.assign(series_.begin(), series_.end());
  std::sort(sorted_.begin(), sorted_.end());
}

double OverDispersion::AmongLargest(double proportion) const {
  ABSL_HARDENING_ASSERT(proportion >= 0 && proportion < 1);
  if (sorted_.empty()) return 0;
  const auto count = static_cast<double>(sorted_.size());
  const double at_least = std::min(std::max(proportion, kMinOver / count), 1 - 1 / count);
  uint32_t threshold = sorted_[static_cast<size_t>((1 - at_least) * count)];
  // Where more than the proportion are equal to the largest, all of these count.
  if (threshold == sorted_.back() && threshold > 0) --threshold;

  const size_t length = series_.size() / kBatches;
  double sum = 0;
  double squares = 0;
  for (size_t batch = 0; batch < kBatches; ++batch) {
    const auto part = series_.subspan(batch * length, length);
    const auto over = static_cast<double>(
        std::count_if(part.begin(), part.end(), [&](uint32_t value) { return value > threshold; }));
    sum += over;
    squares += over * over;
  }
  const double p = sum / count;
  if (p <= 0 || p >= 1) return 0;
  const double variance = (squares - sum * sum / kBatches) / (kBatches - 1);
  return variance / (static_cast<double>(length) * p * (1 - p));
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
