#include "tools/lib/stats/dependence.h"

#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

// Independent observations, each repeated `repeat` times in a row.
std::vector<uint32_t> Repeated(size_t count, size_t repeat) {
  std::mt19937 random(1);
  std::vector<uint32_t> series;
  while (series.size() < count) {
    series.insert(series.end(), repeat, static_cast<uint32_t>(random()));
  }
  return series;
}

double AmongLargest(const std::vector<uint32_t>& series, double proportion) {
  return OverDispersion(series).AmongLargest(proportion);
}

TEST(OverDispersion, IsAboutOneWithoutDependence) {
  EXPECT_NEAR(AmongLargest(Repeated(30'000, 1), 0.01), 1, 0.5);
  EXPECT_NEAR(AmongLargest(Repeated(30'000, 1), 0.5), 1, 0.5);
}

TEST(OverDispersion, IsTheLengthOfTheRunsOfEqualObservations) {
  EXPECT_NEAR(AmongLargest(Repeated(300'000, 10), 0.01), 10, 4);
  EXPECT_NEAR(AmongLargest(Repeated(300'000, 10), 0.1), 10, 4);
}

TEST(OverDispersion, SeesNothingInAConstantOrShortSeries) {
  EXPECT_EQ(AmongLargest(std::vector<uint32_t>(1'000, 7), 0.01), 0);
  EXPECT_EQ(AmongLargest(std::vector<uint32_t>(1'000, 0), 0.01), 0);
  EXPECT_EQ(AmongLargest(Repeated(59, 1), 0.1), 0);
  EXPECT_EQ(AmongLargest({}, 0.1), 0);
}

TEST(OverDispersion, CountsTheLargestWhereMoreThanTheQuantileAreEqual) {
  // Every second observation is the largest, in regular order: far less scatter than by chance.
  std::vector<uint32_t> series;
  for (uint32_t i = 0; i < 3'000; ++i) series.push_back(i % 2);
  EXPECT_EQ(AmongLargest(series, 0.1), 0);
}

TEST(OverDispersion, LooksWhereEnoughObservationsLie) {
  // Of 600 observations 6 are above the 99 % quantile, too few to see clusters of ten.
  EXPECT_GT(AmongLargest(Repeated(600, 10), 0.01), 3);
}

TEST(OverDispersion, NeedsTwoObservationsABatch) {
  EXPECT_EQ(AmongLargest(Repeated(59, 1), 0.5), 0);
  EXPECT_GT(AmongLargest(Repeated(60, 1), 0.5), 0);
}

// 30 batches of 10: in half of them all are large, in the others none.
TEST(OverDispersion, EqualsAnExampleByHand) {
  std::vector<uint32_t> series;
  for (uint32_t i = 0; i < 300; ++i) series.push_back(i / 10 % 2);
  // Counts 0 and 10 have a variance of 25 x 30 / 29; the binomial one of 10 is 2.5.
  EXPECT_NEAR(AmongLargest(series, 0.5), 10.0 * 30 / 29, 1e-12);
  // What fills no batch is left out.
  series.insert(series.end(), 29, 7);
  EXPECT_NEAR(AmongLargest(series, 0.5), 10.0 * 30 / 29, 1e-12);
}

TEST(EffectiveSampleSize, EqualsAnExampleByHand) {
  // (t / z)^2 is (1.699127 / 1.644854)^2 at 95 % with 29 degrees of freedom.
  EXPECT_EQ(EffectiveSampleSize(1'000, 2, 0.95), 468);
  EXPECT_EQ(EffectiveSampleSize(1'000, 1, 0.95), 937);
  EXPECT_EQ(EffectiveSampleSize(1'000, 4, 0.95), 234);
}

TEST(EffectiveSampleSize, NeverExceedsTheSample) {
  EXPECT_EQ(EffectiveSampleSize(299, 0, 0.95), 299);
  EXPECT_EQ(EffectiveSampleSize(299, 0.5, 0.95), 299);
  EXPECT_EQ(EffectiveSampleSize(1, 100, 0.95), 1);
}

}  // namespace
}  // namespace slo::stats
