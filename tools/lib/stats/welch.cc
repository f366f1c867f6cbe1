#include "tools/lib/stats/welch.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

struct SampleMoments {
  double n;
  double mean;
  double variance;  // of the mean
};

SampleMoments SampleMomentsOf(absl::Span<const double> sample) {
  const auto n = static_cast<double>(sample.size());
  double sum = 0;
  for (const double value : sample) sum += value;
  const double mean = sum / n;
  double squares = 0;
  for (const double value : sample) squares += (value - mean) * (value - mean);
  return {.n = n, .mean = mean, .variance = squares / (n - 1) / n};
}

}  // namespace

std::optional<DifferenceInterval> WelchDifference(absl::Span<const double> a,
                                                  absl::Span<const double> b, double confidence) {
  ABSL_HARDENING_ASSERT(confidence >= 0.5 && confidence < 1);
  if (a.size() < 2 || b.size() < 2) return std::nullopt;
  const SampleMoments first = SampleMomentsOf(a);
  const SampleMoments second = SampleMomentsOf(b);
  const double variance = first.variance + second.variance;
  if (!(variance > 0)) return std::nullopt;
  const double freedom = variance * variance /
                         (first.variance * first.variance / (first.n - 1) +
                          second.variance * second.variance / (second.n - 1));
  const boost::math::students_t_distribution<double> student(freedom);
  const double error = std::sqrt(variance);
  const double reach = boost::math::quantile(student, confidence) * error;
  const double difference = second.mean - first.mean;
  return DifferenceInterval{
      .difference = difference,
      .lower = difference - reach,
      .upper = difference + reach,
      .p_above = boost::math::cdf(boost::math::complement(student, difference / error))};
}

}  // namespace slo::stats
