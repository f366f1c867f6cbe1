#include "tests/calibration/fractional_noise.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

namespace slo::calibration {
namespace {

using Complex = std::complex<double>;

// The discrete Fourier transform, in place; the size is a power of two. Source: J. W. Cooley,
// J. W. Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series" (1965).
void Transform(std::vector<Complex>& values) {
  const size_t size = values.size();
  for (size_t i = 1, reversed = 0; i < size; ++i) {
    size_t bit = size / 2;
    for (; (reversed & bit) != 0; bit /= 2) reversed ^= bit;
    reversed ^= bit;
    if (i < reversed) std::swap(values[i], values[reversed]);
  }
  std::vector<Complex> roots(size / 2);
  for (size_t i = 0; i < roots.size(); ++i) {
    roots[i] =
        std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size));
  }
  for (size_t length = 2; length <= size; length *= 2) {
    for (size_t begin = 0; begin < size; begin += length) {
      for (size_t i = 0; i < length / 2; ++i) {
        const Complex even = values[begin + i];
        const Complex odd = values[begin + i + length / 2] * roots[i * (size / length)];
        values[begin + i] = even + odd;
        values[begin + i + length / 2] = even - odd;
      }
    }
  }
}

}  // namespace

double FractionalNoise::Autocovariance(double hurst, double lag) {
  const auto power = [&](double x) { return std::pow(std::abs(x), 2 * hurst); };
  return 0.5 * (power(lag + 1) - 2 * power(lag) + power(lag - 1));
}

FractionalNoise::FractionalNoise(double hurst, size_t length)
    : length_(length), scales_(std::bit_ceil(2 * length)) {
  const size_t size = scales_.size();
  std::vector<Complex> covariances(size);
  for (size_t i = 0; i < size; ++i) {
    covariances[i] = Autocovariance(hurst, static_cast<double>(std::min(i, size - i)));
  }
  Transform(covariances);
  for (size_t i = 0; i < size; ++i) {
    // Not negative for this noise, but for rounding.
    scales_[i] = std::sqrt(std::max(0.0, covariances[i].real()) / static_cast<double>(size));
  }
}

std::vector<double> FractionalNoise::Sample(std::mt19937_64& random) const {
  std::normal_distribution<double> normal;
  std::vector<Complex> values(scales_.size());
  for (size_t i = 0; i < values.size(); ++i) {
    const double real = normal(random);
    const double imaginary = normal(random);
    values[i] = scales_[i] * Complex(real, imaginary);
  }
  Transform(values);
  std::vector<double> sample(length_);
  for (size_t i = 0; i < length_; ++i) sample[i] = values[i].real();
  return sample;
}

}  // namespace slo::calibration
