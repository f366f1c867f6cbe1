#include "tools/lib/stats/autocorrelation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

constexpr double kAllowedErrors = 1.5;
// Of a series that strays further hardly anything is known: the limits of its mean would be several
// times as wide as those at 0.95. The slope of a line suffers less.
constexpr double kMaxAutocorrelationOfMean = 0.95;
constexpr double kMaxAutocorrelationOfLine = 0.98;

double SumOfSquares(absl::Span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

// c'Rc, where R has the powers of `autocorrelation`: the variance of a weighted sum of observations
// of variance one.
double VarianceOfSum(absl::Span<const double> weights, double autocorrelation) {
  double sum = SumOfSquares(weights);
  double power = 1;
  for (size_t lag = 1; lag < weights.size(); ++lag) {
    power *= autocorrelation;
    sum += 2 * power *
           std::inner_product(weights.begin() + static_cast<ptrdiff_t>(lag), weights.end(),
                              weights.begin(), 0.0);
  }
  return sum;
}

}  // namespace

double AllowedAutocorrelation(absl::Span<const double> residuals, size_t fitted) {
  ABSL_HARDENING_ASSERT(residuals.size() >= kMinDependentWindows);
  ABSL_HARDENING_ASSERT(fitted == 1 || fitted == 2);
  const auto count = static_cast<double>(residuals.size());
  const auto columns = static_cast<double>(fitted);
  const double squares = SumOfSquares(residuals);
  const double neighbours =
      std::inner_product(residuals.begin() + 1, residuals.end(), residuals.begin(), 0.0);
  const double estimate = squares > 0 ? neighbours / squares : 0;
  // The estimate of a coefficient r is r - (columns + (2 + columns) r) / n in the mean.
  const double unbiased = (count * estimate + columns) / (count - 2 - columns);
  return std::clamp(unbiased + kAllowedErrors / std::sqrt(count), 0.0,
                    fitted == 1 ? kMaxAutocorrelationOfMean : kMaxAutocorrelationOfLine);
}

double CoefficientError(absl::Span<const double> residuals, const FittedColumns& columns) {
  const double autocorrelation = AllowedAutocorrelation(residuals, columns.size());
  // The residuals' expected sum of squares is the variance times this.
  auto freedom = static_cast<double>(residuals.size());
  for (const std::vector<double>& column : columns) {
    ABSL_HARDENING_ASSERT(column.size() == residuals.size());
    freedom -= VarianceOfSum(column, autocorrelation) / SumOfSquares(column);
  }
  const double variance = SumOfSquares(residuals) / freedom;
  const std::vector<double>& last = columns.back();
  return std::sqrt(variance * VarianceOfSum(last, autocorrelation)) / SumOfSquares(last);
}

}  // namespace slo::stats
