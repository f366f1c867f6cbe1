#include "tests/calibration/fractional_noise.h"

#include <cmath>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slo::calibration {
namespace {

TEST(FractionalNoise, HasTheCovariancesOfItsDefinition) {
  constexpr size_t kLength = 256;
  constexpr int kSamples = 4'000;
  for (const double hurst : {0.5, 0.8, 0.9}) {
    const FractionalNoise noise(hurst, kLength);
    std::mt19937_64 random(1);
    std::vector<double> products(4);
    const std::vector<size_t> lags = {0, 1, 10, 200};
    double sums_squared = 0;
    for (int i = 0; i < kSamples; ++i) {
      const std::vector<double> sample = noise.Sample(random);
      ASSERT_EQ(sample.size(), kLength);
      for (size_t lag = 0; lag < lags.size(); ++lag)
        products[lag] += sample[3] * sample[3 + lags[lag]];
      double sum = 0;
      for (const double value : sample) sum += value;
      sums_squared += sum * sum;
    }
    for (size_t lag = 0; lag < lags.size(); ++lag) {
      EXPECT_NEAR(products[lag] / kSamples,
                  FractionalNoise::Autocovariance(hurst, static_cast<double>(lags[lag])), 0.08)
          << hurst << " " << lags[lag];
    }
    EXPECT_NEAR(sums_squared / kSamples / std::pow(kLength, 2 * hurst), 1, 0.08) << hurst;
  }
}

}  // namespace
}  // namespace slo::calibration
