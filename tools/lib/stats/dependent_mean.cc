#include "tools/lib/stats/dependent_mean.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "absl/base/macros.h"
#include "tools/lib/stats/autocorrelation.h"

namespace slo::stats {

std::optional<MeanInterval> DependentMean(absl::Span<const double> windows, double confidence) {
  ABSL_HARDENING_ASSERT(confidence >= 0.5 && confidence < 1);
  if (windows.size() < kMinDependentWindows) return std::nullopt;
  const double mean =
      std::accumulate(windows.begin(), windows.end(), 0.0) / static_cast<double>(windows.size());
  if (!std::isfinite(mean)) return std::nullopt;
  std::vector<double> residuals;
  for (const double window : windows) residuals.push_back(window - mean);
  const FittedColumns columns = {std::vector<double>(windows.size(), 1)};
  const boost::math::students_t_distribution<double> student(
      DegreesOfFreedom(windows.size(), columns.size()));
  const double reach =
      boost::math::quantile(student, confidence) * CoefficientError(residuals, columns);
  return MeanInterval{.mean = mean, .lower = mean - reach, .upper = mean + reach};
}

}  // namespace slo::stats
