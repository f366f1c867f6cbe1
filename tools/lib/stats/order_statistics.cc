#include "tools/lib/stats/order_statistics.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

// In double: extended precision is five times as slow, and no rank here depends on it.
using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Binomial = boost::math::binomial_distribution<double, InDouble>;

void AssertDomain(double quantile, double confidence) {
  ABSL_HARDENING_ASSERT(quantile > 0 && quantile < 1);
  ABSL_HARDENING_ASSERT(confidence > 0 && confidence < 1);
}

// P(Bin(n, p) <= k), for any k.
double AtMost(int64_t n, double p, int64_t k) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return boost::math::cdf(Binomial(static_cast<double>(n), p), static_cast<double>(k));
}

// P(Bin(n, p) >= k), for any k; computed as a tail of its own, not as a difference from 1.
double AtLeast(int64_t n, double p, int64_t k) {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return boost::math::cdf(
      boost::math::complement(Binomial(static_cast<double>(n), p), static_cast<double>(k - 1)));
}

// The smallest value in (low, high] for which `holds`, which is false up to some value and true
// from there on, and true for `high`.
template <typename Predicate>
int64_t Smallest(int64_t low, int64_t high, const Predicate& holds) {
  while (high - low > 1) {
    const int64_t middle = low + (high - low) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

// Both ranks are stated through the tail probability of the test below, so that limit and test
// agree to the last bit: P(Bin(n, q) <= r - 1) >= c is P(Bin(n, 1 - q) <= n - r) <= 1 - c.
std::optional<int64_t> QuantileUpperRank(int64_t samples, double quantile, double confidence) {
  AssertDomain(quantile, confidence);
  const auto passes = [&](int64_t rank) {
    return AtMost(samples, 1 - quantile, samples - rank) <= 1 - confidence;
  };
  if (samples < 1 || !passes(samples)) return std::nullopt;
  return Smallest(0, samples, passes);
}

std::optional<int64_t> QuantileLowerRank(int64_t samples, double quantile, double confidence) {
  AssertDomain(quantile, confidence);
  const auto fails_at = [&](int64_t rank) {
    return AtLeast(samples, 1 - quantile, samples - rank + 1) > 1 - confidence;
  };
  if (samples < 1 || fails_at(1)) return std::nullopt;
  // Rank samples + 1 stands for "no sample": with none above the limit nothing can fail.
  return Smallest(1, samples + 1, fails_at) - 1;
}

QuantileTest TestQuantileLimit(int64_t samples, int64_t over, double quantile, double confidence) {
  AssertDomain(quantile, confidence);
  ABSL_HARDENING_ASSERT(over >= 0 && over <= samples);
  const double alpha = 1 - confidence;
  if (AtMost(samples, 1 - quantile, over) <= alpha) return QuantileTest::kPass;
  if (AtLeast(samples, 1 - quantile, over) <= alpha) return QuantileTest::kFail;
  return QuantileTest::kInsufficient;
}

int64_t SmallestPassingSampleSize(double quantile, double confidence, int64_t over) {
  AssertDomain(quantile, confidence);
  ABSL_HARDENING_ASSERT(over >= 0);
  const auto passes = [&](int64_t samples) {
    return AtMost(samples, 1 - quantile, over) <= 1 - confidence;
  };
  // Without any over the test is quantile^n <= 1 - confidence, give or take a rounding; with some
  // it takes more.
  const auto with_none =
      static_cast<int64_t>(std::ceil(std::log1p(-confidence) / std::log(quantile)));
  const int64_t low = std::max(over, with_none - 2);
  int64_t high = std::max(over + 1, with_none);
  while (!passes(high)) high *= 2;
  return Smallest(low, high, passes);
}

}  // namespace slo::stats
