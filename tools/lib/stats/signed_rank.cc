#include "tools/lib/stats/signed_rank.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

constexpr size_t kMaxObservations = 100'000;
constexpr size_t kMaxExactObservations = 100;

// P(T = t) for t = 0, 1, ...: the number of subsets of 1 .. n with the sum t, over 2^n.
std::vector<double> Probabilities(size_t n) {
  std::vector<double> probability(n * (n + 1) / 2 + 1, 0.0);
  probability[0] = 1;
  size_t largest = 0;
  for (size_t rank = 1; rank <= n; ++rank) {
    largest += rank;
    for (size_t sum = largest + 1; sum-- > 0;) {
      const double with = sum >= rank ? probability[sum - rank] : 0;
      probability[sum] = (probability[sum] + with) / 2;
    }
  }
  return probability;
}

struct Moments {
  double mean;
  double deviation;
};

Moments MomentsOf(size_t observations) {
  const auto n = static_cast<double>(observations);
  return {.mean = n * (n + 1) / 4, .deviation = std::sqrt(n * (n + 1) * (2 * n + 1) / 24)};
}

}  // namespace

int64_t SignedRankStatistic(absl::Span<const double> sample) {
  std::vector<double> sorted(sample.begin(), sample.end());
  std::sort(sorted.begin(), sorted.end());
  // Each observation pairs with those from `partner` on, which only moves down as it moves up.
  int64_t above = 0;
  size_t partner = sorted.size();
  for (size_t i = 0; i < sorted.size(); ++i) {
    while (partner > 0 && sorted[i] + sorted[partner - 1] > 0) --partner;
    above += static_cast<int64_t>(sorted.size() - std::max(partner, i));
  }
  return above;
}

SignedRankDistribution::SignedRankDistribution(size_t observations) : observations_(observations) {
  ABSL_HARDENING_ASSERT(observations <= kMaxObservations);
  if (observations > kMaxExactObservations) return;
  upper_tail_ = Probabilities(observations);
  for (size_t t = upper_tail_.size() - 1; t-- > 0;) upper_tail_[t] += upper_tail_[t + 1];
}

double SignedRankDistribution::UpperTail(int64_t statistic) const {
  if (statistic <= 0) return 1;
  if (!upper_tail_.empty()) {
    const auto last = static_cast<int64_t>(upper_tail_.size()) - 1;
    return std::min(1.0, upper_tail_[static_cast<size_t>(std::min(statistic, last))]);
  }
  const auto [mean, deviation] = MomentsOf(observations_);
  const double z = (static_cast<double>(statistic) - 0.5 - mean) / deviation;
  return boost::math::cdf(boost::math::complement(boost::math::normal_distribution<double>(), z));
}

int64_t SignedRankDistribution::LimitDepth(double alpha) const {
  ABSL_HARDENING_ASSERT(alpha > 0 && alpha <= 0.5);
  if (!upper_tail_.empty()) {
    // The distribution is symmetric: P(T <= k - 1) = P(T >= largest - (k - 1)).
    int64_t depth = 0;
    for (size_t t = upper_tail_.size(); t-- > 0 && upper_tail_[t] <= alpha;) ++depth;
    return depth;
  }
  const auto [mean, deviation] = MomentsOf(observations_);
  const double z = boost::math::quantile(boost::math::normal_distribution<double>(), 1 - alpha);
  return std::max<int64_t>(0, static_cast<int64_t>(std::floor(mean - z * deviation + 0.5)));
}

}  // namespace slo::stats
