// Fractional Gaussian noise: dependence that reaches over the whole sample, as in the load of many
// machines. No batch is long enough for it.

#ifndef SLO_TESTS_CALIBRATION_FRACTIONAL_NOISE_H_
#define SLO_TESTS_CALIBRATION_FRACTIONAL_NOISE_H_

#include <cstddef>
#include <random>
#include <vector>

namespace slo::calibration {

// Standard normal values whose sums over n have the variance n^(2H). Exact, by circulant embedding:
// R. B. Davies, D. S. Harte, "Tests for Hurst effect", Biometrika 74 (1987). Thread-safe.
class FractionalNoise {
 public:
  // 0.5 (independent) <= hurst < 1; `length` values a sample, at least 1.
  FractionalNoise(double hurst, size_t length);

  std::vector<double> Sample(std::mt19937_64& random) const;

  // The covariance of two values that are `lag` apart.
  static double Autocovariance(double hurst, double lag);

 private:
  size_t length_;
  std::vector<double> scales_;  // square roots of the circulant's eigenvalues over their number
};

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_FRACTIONAL_NOISE_H_
