#include "tools/stats/quantile_limits.h"

#include <algorithm>
#include <cmath>

#include "absl/base/macros.h"
#include "tools/stats/dependence.h"
#include "tools/stats/order_statistics.h"

namespace slo::stats {
namespace {

// Values are tried at these multiples of the allowance, the share 1 - quantile of the sample: how
// many observations are above them. Between two of them the over-dispersion is taken as constant.
constexpr int kStepsToAllowance = 20;
constexpr double kStepBeyondAllowance = 1.15;

class Inversion {
 public:
  Inversion(int64_t samples, absl::Span<const uint32_t> series, double quantile, double confidence)
      : samples_(static_cast<double>(samples)),
        quantile_(quantile),
        confidence_(confidence),
        dispersion_(series) {}

  // From the largest observation down, until a value does not pass.
  std::optional<RankLimit> Upper() const {
    std::optional<RankLimit> limit;
    const double allowance = (1 - quantile_) * samples_;
    for (int step = 0; step <= kStepsToAllowance; ++step) {
      const double over = allowance * step / kStepsToAllowance;
      const int64_t effective = Effective(over);
      const auto rank = QuantileUpperRank(effective, quantile_, confidence_);
      if (!rank.has_value()) break;
      const double most_over = Scaled(effective - *rank, effective);
      if (most_over < over) break;
      const double next = allowance * (step + 1) / kStepsToAllowance;
      limit = RankLimit{.rank = Whole(samples_ - std::floor(std::min(most_over, next))),
                        .effective_samples = effective};
      if (most_over < next) break;
    }
    return limit;
  }

  // From the smallest observation up, until a value does not fail.
  std::optional<RankLimit> Lower() const {
    std::optional<RankLimit> limit;
    const double allowance = (1 - quantile_) * samples_;
    double over = samples_ - 1;
    while (over > allowance) {
      const double next = std::max(allowance, over / kStepBeyondAllowance);
      const int64_t effective = Effective(over);
      const auto rank = QuantileLowerRank(effective, quantile_, confidence_);
      if (!rank.has_value()) break;
      // With so many over a value it fails, and so does any with more of them.
      const double fewest_over = Scaled(effective - *rank, effective);
      if (fewest_over > over) break;
      limit = RankLimit{.rank = Whole(samples_ - std::ceil(std::max(fewest_over, next))),
                        .effective_samples = effective};
      if (fewest_over > next) break;
      over = next;
    }
    if (limit.has_value() && limit->rank < 1) return std::nullopt;
    return limit;
  }

 private:
  static int64_t Whole(double value) { return static_cast<int64_t>(value); }

  int64_t Effective(double over) const {
    return EffectiveSampleSize(Whole(samples_), dispersion_.AmongLargest(over / samples_),
                               confidence_);
  }

  // A count among the effective sample as one among the whole.
  double Scaled(int64_t count, int64_t effective) const {
    return static_cast<double>(count) * samples_ / static_cast<double>(effective);
  }

  double samples_;
  double quantile_;
  double confidence_;
  OverDispersion dispersion_;
};

}  // namespace

QuantileLimits DependentQuantileLimits(int64_t samples, absl::Span<const uint32_t> series,
                                       double quantile, double confidence) {
  ABSL_HARDENING_ASSERT(samples >= static_cast<int64_t>(series.size()));
  ABSL_HARDENING_ASSERT(quantile > 0 && quantile < 1);
  if (samples < 1) return {};
  const Inversion inversion(samples, series, quantile, confidence);
  return {.lower = inversion.Lower(), .upper = inversion.Upper()};
}

}  // namespace slo::stats
