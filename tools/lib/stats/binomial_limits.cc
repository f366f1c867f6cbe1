#include "tools/lib/stats/binomial_limits.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

using Beta = boost::math::beta_distribution<double>;

void AssertDomain(int64_t successes, int64_t trials, double confidence) {
  ABSL_HARDENING_ASSERT(trials >= 1 && successes >= 0 && successes <= trials);
  ABSL_HARDENING_ASSERT(confidence > 0 && confidence < 1);
}

}  // namespace

double ClopperPearsonLower(int64_t successes, int64_t trials, double confidence) {
  AssertDomain(successes, trials, confidence);
  if (successes == 0) return 0;
  // The closed form of the general case, and what nearly every healthy row needs.
  if (successes == trials) return std::pow(1 - confidence, 1 / static_cast<double>(trials));
  const Beta beta(static_cast<double>(successes), static_cast<double>(trials - successes + 1));
  return boost::math::quantile(beta, 1 - confidence);
}

double ClopperPearsonUpper(int64_t successes, int64_t trials, double confidence) {
  AssertDomain(successes, trials, confidence);
  if (successes == trials) return 1;
  const Beta beta(static_cast<double>(successes + 1), static_cast<double>(trials - successes));
  return boost::math::quantile(boost::math::complement(beta, 1 - confidence));
}

ProportionLimits DependentProportionLimits(int64_t successes, int64_t trials, int64_t effective,
                                           double confidence) {
  AssertDomain(successes, trials, confidence);
  ABSL_HARDENING_ASSERT(effective >= 1 && effective <= trials);
  constexpr double kRounding = 1e-9;  // of dividing, not of counting
  const double scaled =
      static_cast<double>(successes) / static_cast<double>(trials) * static_cast<double>(effective);
  const auto fewest = static_cast<int64_t>(std::floor(scaled + kRounding));
  const auto most = static_cast<int64_t>(std::ceil(scaled - kRounding));
  return {.lower = ClopperPearsonLower(std::min(fewest, effective), effective, confidence),
          .upper = ClopperPearsonUpper(std::max<int64_t>(most, 0), effective, confidence)};
}

}  // namespace slo::stats
