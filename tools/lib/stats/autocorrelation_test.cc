#include "tools/lib/stats/autocorrelation.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

// 1, -1, 1, ...: each is the opposite of the one before.
std::vector<double> Alternating(size_t count) {
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) values.push_back(i % 2 == 0 ? 1 : -1);
  return values;
}

// 1, ..., 1, -1, ..., -1.
std::vector<double> TwoHalves(size_t count) {
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) values.push_back(i < count / 2 ? 1 : -1);
  return values;
}

TEST(AllowedAutocorrelation, CorrectsTheBiasAndAddsOneAndAHalfStandardErrors) {
  // 1 1 -1 -1 1 1 -1 -1 ...: of 15 products 8 are positive, so that the estimate is 1 / 16.
  std::vector<double> pairs;
  for (size_t i = 0; i < 16; ++i) pairs.push_back(i / 2 % 2 == 0 ? 1 : -1);
  EXPECT_NEAR(AllowedAutocorrelation(pairs, 1), (1.0 + 1) / 13 + 1.5 / 4, 1e-12);
  EXPECT_NEAR(AllowedAutocorrelation(pairs, 2), (1.0 + 2) / 12 + 1.5 / 4, 1e-12);
}

TEST(AllowedAutocorrelation, IsBetweenNoneAndAlmostOne) {
  EXPECT_EQ(AllowedAutocorrelation(Alternating(24), 1), 0);
  EXPECT_EQ(AllowedAutocorrelation(TwoHalves(24), 1), 0.95);
  EXPECT_EQ(AllowedAutocorrelation(TwoHalves(24), 2), 0.98);
}

TEST(AllowedAutocorrelation, IsTheAllowanceWhereNothingScatters) {
  EXPECT_NEAR(AllowedAutocorrelation(std::vector<double>(9, 0), 1), 1.0 / 6 + 0.5, 1e-12);
}

TEST(CoefficientError, IsThatOfIndependentObservationsWithoutDependence) {
  // The standard deviation is sqrt(24 / 23), and the error of the mean that over sqrt(24).
  const FittedColumns mean = {std::vector<double>(24, 1)};
  EXPECT_NEAR(CoefficientError(Alternating(24), mean), std::sqrt(1.0 / 23), 1e-12);
}

TEST(CoefficientError, IsMuchLargerWhereNeighboursAreAlike) {
  const FittedColumns mean = {std::vector<double>(24, 1)};
  EXPECT_GT(CoefficientError(TwoHalves(24), mean), 5 * std::sqrt(1.0 / 23));
}

TEST(CoefficientError, IsInTheUnitOfTheResidualsOverThatOfTheColumn) {
  const std::vector<double> residuals = TwoHalves(12);
  std::vector<double> larger;
  for (const double residual : residuals) larger.push_back(5 * residual);
  const double error = CoefficientError(residuals, {std::vector<double>(12, 1)});
  EXPECT_NEAR(CoefficientError(larger, {std::vector<double>(12, 1)}), 5 * error, 1e-12);
  EXPECT_NEAR(CoefficientError(residuals, {std::vector<double>(12, 2)}), error / 2, 1e-12);
}

TEST(CoefficientError, IsNoneWhereNothingScatters) {
  EXPECT_EQ(CoefficientError(std::vector<double>(8, 0), {std::vector<double>(8, 1)}), 0);
}

TEST(DegreesOfFreedom, LosesTwoMoreThanTheColumns) {
  EXPECT_EQ(DegreesOfFreedom(24, 1), 21);
  EXPECT_EQ(DegreesOfFreedom(24, 2), 20);
}

}  // namespace
}  // namespace slo::stats
