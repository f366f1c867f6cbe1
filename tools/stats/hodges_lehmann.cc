#include "tools/stats/hodges_lehmann.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/base/macros.h"
#include "tools/stats/median.h"

namespace slo::stats {
namespace {

constexpr size_t kLargest = 10'000;
constexpr size_t kLargestExact = 100;

// P(T = t) of the signed-rank statistic T for t = 0, 1, ...: the number of subsets of 1 .. n with
// the sum t, over 2^n.
std::vector<double> SignedRankDistribution(size_t n) {
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

// The largest k with P(T <= k - 1) <= alpha: so many Walsh averages lie beyond a limit at most.
int64_t ExactDepth(size_t n, double alpha) {
  const std::vector<double> probability = SignedRankDistribution(n);
  double sum = 0;
  int64_t depth = 0;
  for (const double p : probability) {
    sum += p;
    if (sum > alpha) break;
    ++depth;
  }
  return depth;
}

int64_t ApproximateDepth(size_t count, double alpha) {
  const auto n = static_cast<double>(count);
  const double z = boost::math::quantile(boost::math::normal_distribution<double>(), 1 - alpha);
  const double mean = n * (n + 1) / 4;
  const double deviation = std::sqrt(n * (n + 1) * (2 * n + 1) / 24);
  return static_cast<int64_t>(std::floor(mean - z * deviation + 0.5));
}

}  // namespace

std::optional<LocationInterval> HodgesLehmann(absl::Span<const double> sample, double confidence) {
  ABSL_HARDENING_ASSERT(sample.size() <= kLargest);
  ABSL_HARDENING_ASSERT(confidence >= 0.5 && confidence < 1);
  const double alpha = 1 - confidence;
  if (sample.empty()) return std::nullopt;
  const int64_t depth = sample.size() <= kLargestExact ? ExactDepth(sample.size(), alpha)
                                                       : ApproximateDepth(sample.size(), alpha);
  if (depth < 1) return std::nullopt;
  std::vector<double> averages;
  averages.reserve(sample.size() * (sample.size() + 1) / 2);
  for (size_t i = 0; i < sample.size(); ++i) {
    for (size_t j = i; j < sample.size(); ++j) averages.push_back((sample[i] + sample[j]) / 2);
  }
  std::sort(averages.begin(), averages.end());
  const auto nearest = static_cast<size_t>(depth) - 1;
  return LocationInterval{.location = MedianOfSorted(averages),
                          .lower = averages[nearest],
                          .upper = averages[averages.size() - 1 - nearest]};
}

}  // namespace slo::stats
