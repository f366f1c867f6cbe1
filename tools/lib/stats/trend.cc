#include "tools/lib/stats/trend.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "absl/base/macros.h"
#include "tools/lib/stats/median.h"

namespace slo::stats {
namespace {

constexpr size_t kMaxLength = 10'000;

using Normal = boost::math::normal_distribution<double>;

// Var(S) of Kendall (1970), equation 5.4 for ties in one variable.
double VarianceOfS(absl::Span<const double> series) {
  const auto term = [](double t) { return t * (t - 1) * (2 * t + 5); };
  std::vector<double> sorted(series.begin(), series.end());
  std::sort(sorted.begin(), sorted.end());
  double sum = term(static_cast<double>(sorted.size()));
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    const auto end = std::upper_bound(begin, sorted.end(), *begin);
    sum -= term(static_cast<double>(end - begin));
    begin = end;
  }
  return sum / 18;
}

// P(S >= s) without a trend.
double UpperTail(double s, double standard_deviation) {
  return boost::math::cdf(boost::math::complement(Normal(), (s - 1) / standard_deviation));
}

}  // namespace

MannKendall MannKendallTest(absl::Span<const double> series) {
  ABSL_HARDENING_ASSERT(series.size() <= kMaxLength);
  MannKendall test;
  for (size_t i = 0; i < series.size(); ++i) {
    for (size_t j = i + 1; j < series.size(); ++j) {
      test.s += (series[j] > series[i] ? 1 : 0) - (series[j] < series[i] ? 1 : 0);
    }
  }
  test.variance = VarianceOfS(series);
  if (test.variance <= 0) return test;
  const double deviation = std::sqrt(test.variance);
  test.p_increase = UpperTail(static_cast<double>(test.s), deviation);
  test.p_decrease = UpperTail(static_cast<double>(-test.s), deviation);
  return test;
}

std::optional<SlopeInterval> TheilSen(absl::Span<const double> series, double confidence) {
  ABSL_HARDENING_ASSERT(series.size() <= kMaxLength);
  ABSL_HARDENING_ASSERT(confidence >= 0.5 && confidence < 1);
  if (series.size() < 2) return std::nullopt;
  std::vector<double> slopes;
  slopes.reserve(series.size() * (series.size() - 1) / 2);
  for (size_t i = 0; i < series.size(); ++i) {
    for (size_t j = i + 1; j < series.size(); ++j) {
      slopes.push_back((series[j] - series[i]) / static_cast<double>(j - i));
    }
  }
  std::sort(slopes.begin(), slopes.end());
  // Sen's limits are the slopes whose ranks lie z standard deviations of S from the middle.
  const double reach = boost::math::quantile(Normal(), confidence) * std::sqrt(VarianceOfS(series));
  const auto count = static_cast<double>(slopes.size());
  const double last = count - 1;
  const double lower = std::clamp(std::nearbyint((count - reach) / 2) - 1, 0.0, last);
  const double upper = std::clamp(std::nearbyint((count + reach) / 2), 0.0, last);
  return SlopeInterval{.slope = MedianOfSorted(slopes),
                       .lower = slopes[static_cast<size_t>(lower)],
                       .upper = slopes[static_cast<size_t>(upper)]};
}

}  // namespace slo::stats
