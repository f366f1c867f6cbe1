#include "tools/lib/stats/trend.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "absl/base/macros.h"
#include "tools/lib/stats/autocorrelation.h"
#include "tools/lib/stats/median.h"

namespace slo::stats {
namespace {

constexpr size_t kMaxLength = 10'000;

// 0, 1, ... less their mean.
std::vector<double> CentredSteps(size_t count) {
  std::vector<double> steps;
  for (size_t i = 0; i < count; ++i) {
    steps.push_back(static_cast<double>(i) - static_cast<double>(count - 1) / 2);
  }
  return steps;
}

// What is left of `series` without a line of that slope through its middle; far ones cut.
std::vector<double> CutResiduals(absl::Span<const double> series, absl::Span<const double> steps,
                                 double slope) {
  std::vector<double> residuals;
  for (size_t i = 0; i < series.size(); ++i) residuals.push_back(series[i] - slope * steps[i]);
  const double middle = Median(residuals);
  std::vector<double> distances;
  for (double& residual : residuals) {
    residual -= middle;
    distances.push_back(std::abs(residual));
  }
  constexpr double kDeviationsOfNormal = 1.4826;  // a normal one in its median absolute deviations
  const double farthest = 3 * kDeviationsOfNormal * Median(distances);
  if (farthest > 0) {
    for (double& residual : residuals) residual = std::clamp(residual, -farthest, farthest);
  }
  return residuals;
}

// Takes the least-squares line out.
void Detrend(absl::Span<const double> steps, std::vector<double>& values) {
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  const double slope = std::inner_product(values.begin(), values.end(), steps.begin(), 0.0) /
                       std::inner_product(steps.begin(), steps.end(), steps.begin(), 0.0);
  for (size_t i = 0; i < values.size(); ++i) values[i] -= mean + slope * steps[i];
}

}  // namespace

double TheilSenSlope(absl::Span<const double> series) {
  ABSL_HARDENING_ASSERT(series.size() >= 2 && series.size() <= kMaxLength);
  std::vector<double> slopes;
  slopes.reserve(series.size() * (series.size() - 1) / 2);
  for (size_t i = 0; i < series.size(); ++i) {
    for (size_t j = i + 1; j < series.size(); ++j) {
      slopes.push_back((series[j] - series[i]) / static_cast<double>(j - i));
    }
  }
  return Median(std::move(slopes));
}

std::optional<Trend> TrendOf(absl::Span<const double> series, double confidence) {
  ABSL_HARDENING_ASSERT(confidence >= 0.5 && confidence < 1);
  if (series.size() < kMinDependentWindows) return std::nullopt;
  const double slope = TheilSenSlope(series);
  const std::vector<double> steps = CentredSteps(series.size());
  std::vector<double> residuals = CutResiduals(series, steps, slope);
  Detrend(steps, residuals);
  const FittedColumns columns = {std::vector<double>(series.size(), 1), steps};
  const double error = CoefficientError(residuals, columns);
  const boost::math::students_t_distribution<double> student(
      DegreesOfFreedom(series.size(), columns.size()));
  const double reach = boost::math::quantile(student, confidence) * error;
  Trend trend = {.slope = slope, .lower = slope - reach, .upper = slope + reach};
  if (error > 0) {
    trend.p_increase = boost::math::cdf(boost::math::complement(student, slope / error));
  } else if (slope > 0) {
    trend.p_increase = 0;
  }
  return trend;
}

}  // namespace slo::stats
