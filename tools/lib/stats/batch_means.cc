#include "tools/lib/stats/batch_means.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "absl/base/macros.h"

namespace slo::stats {

std::optional<MeanInterval> BatchMeansInterval(absl::Span<const double> batch_means,
                                               double confidence) {
  ABSL_HARDENING_ASSERT(confidence >= 0.5 && confidence < 1);
  if (batch_means.size() < 2) return std::nullopt;
  const auto count = static_cast<double>(batch_means.size());
  const double mean = std::accumulate(batch_means.begin(), batch_means.end(), 0.0) / count;
  if (!std::isfinite(mean)) return std::nullopt;
  double squares = 0;
  for (const double batch_mean : batch_means) squares += (batch_mean - mean) * (batch_mean - mean);
  const double standard_error = std::sqrt(squares / (count - 1) / count);
  const double t =
      boost::math::quantile(boost::math::students_t_distribution<double>(count - 1), confidence);
  return MeanInterval{
      .mean = mean, .lower = mean - t * standard_error, .upper = mean + t * standard_error};
}

}  // namespace slo::stats
