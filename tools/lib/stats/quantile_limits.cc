#include "tools/lib/stats/quantile_limits.h"

#include <algorithm>
#include <cmath>

#include "absl/base/macros.h"
#include "tools/lib/stats/order_statistics.h"

namespace slo::stats {
namespace {

// Values are tried at these multiples of the allowance, the share 1 - quantile of the sample: how
// many observations are above them. Between two of them the over-dispersion is taken as constant.
constexpr int kStepsToAllowance = 20;
constexpr double kStepBeyondAllowance = 1.15;

class Inversion {
 public:
  Inversion(int64_t samples, const OverDispersion& dispersion, double quantile,
            const SampleAllowance& allowance)
      : samples_(static_cast<double>(samples)),
        quantile_(quantile),
        allowance_(allowance),
        corrections_(allowance.processes > 1 ? ByWindow()
                                             : dispersion.StudentCorrections(allowance.confidence)),
        dispersion_(dispersion) {}

  // From the largest observation down, until a value does not pass.
  std::optional<RankLimit> Upper() const {
    std::optional<RankLimit> limit;
    const double allowance = (1 - quantile_) * samples_;
    for (int step = 0; step <= kStepsToAllowance; ++step) {
      const double over = allowance * step / kStepsToAllowance;
      const int64_t effective = OfAllProcesses(Inflation(over));
      if (!Passes(over, effective)) break;
      const double next = allowance * (step + 1) / kStepsToAllowance;
      const bool goes_on = Passes(next, effective);
      const double most_over = goes_on ? next : MostThatPass(effective);
      limit = RankLimit{.rank = Whole(samples_ - std::floor(most_over)),
                        .effective_samples = OfThisProcess(Inflation(over))};
      if (!goes_on) break;
    }
    return limit;
  }

  // From the smallest observation up, until a value does not fail.
  std::optional<RankLimit> Lower() const {
    std::optional<RankLimit> limit;
    const double allowance = (1 - quantile_) * samples_;
    double over = samples_ - 1;
    while (over > allowance) {
      const int64_t effective = OfAllProcesses(Inflation(over));
      if (!Fails(over, effective)) break;
      const double next = std::max(allowance, over / kStepBeyondAllowance);
      const bool goes_on = Fails(next, effective);
      const double fewest_over = goes_on ? next : FewestThatFail(effective);
      // Just below the limit all from it on are over a value.
      limit = RankLimit{.rank = Whole(samples_ - std::ceil(fewest_over)) + 1,
                        .effective_samples = OfThisProcess(Inflation(over))};
      if (!goes_on) break;
      over = next;
    }
    return limit;
  }

 private:
  static int64_t Whole(double value) { return static_cast<int64_t>(value); }

  // Between processes dependence is seen as their spread, whatever its length; a sample of one that
  // met two phases would be worth next to nothing by its own.
  double Inflation(double over) const {
    if (allowance_.processes > 1) return 1;
    return dispersion_.AmongLargest(over / samples_, corrections_);
  }
  int64_t OfThisProcess(double inflation) const {
    return EffectiveSampleSize(Whole(samples_), inflation, allowance_.disturbed);
  }
  int64_t OfAllProcesses(double inflation) const {
    return EffectiveSampleSize(Whole(samples_) * allowance_.processes, inflation,
                               allowance_.disturbed);
  }

  // What a value with so many of the whole sample over it is to the exact test.
  QuantileTest Test(double over_of_effective, int64_t effective) const {
    return TestQuantileLimit(effective, std::min(Whole(over_of_effective), effective), quantile_,
                             allowance_.confidence);
  }
  bool Passes(double over, int64_t effective) const {
    return Test(std::ceil(over / Scale(effective)), effective) == QuantileTest::kPass;
  }
  bool Fails(double over, int64_t effective) const {
    return Test(std::floor(over / Scale(effective)), effective) == QuantileTest::kFail;
  }

  // Of the sample of this process; some number passes, or fails.
  double MostThatPass(int64_t effective) const {
    const auto rank = QuantileUpperRank(effective, quantile_, allowance_.confidence);
    return static_cast<double>(effective - rank.value_or(effective)) * Scale(effective);
  }
  double FewestThatFail(int64_t effective) const {
    const auto rank = QuantileLowerRank(effective, quantile_, allowance_.confidence);
    const auto fewest = static_cast<double>(effective + 1 - rank.value_or(1));
    return std::min(samples_, fewest * Scale(effective));
  }

  // Observations of this process that one of the effective sample of all processes stands for.
  double Scale(int64_t effective) const { return samples_ / static_cast<double>(effective); }

  double samples_;
  double quantile_;
  SampleAllowance allowance_;
  ByWindow corrections_;
  const OverDispersion& dispersion_;
};

}  // namespace

QuantileLimits DependentQuantileLimits(int64_t samples, const OverDispersion& dispersion,
                                       double quantile, const SampleAllowance& allowance) {
  ABSL_HARDENING_ASSERT(samples >= 0);
  ABSL_HARDENING_ASSERT(quantile > 0 && quantile < 1);
  ABSL_HARDENING_ASSERT(allowance.disturbed >= 1 && allowance.processes >= 1);
  if (samples == 0 || (allowance.processes == 1 && !dispersion.is_known())) return {};
  const Inversion inversion(samples, dispersion, quantile, allowance);
  return {.lower = inversion.Lower(), .upper = inversion.Upper()};
}

}  // namespace slo::stats
