#include "tools/lib/stats/dependence.h"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tools/lib/stats/latency_slots.h"

namespace slo::stats {
namespace {

constexpr double kDispersionLevel = 0.95;
constexpr int64_t kDispersionStepNs = 1'000'000;

// Latencies one after another, each of a random length and so many times in a row.
LatencySlots Repeated(int64_t count, int64_t repeat, unsigned seed = 1) {
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int64_t> lengths(1'000, 1'000'000'000);
  LatencySlots slots;
  int64_t length = 0;
  for (int64_t i = 0; i < count; ++i) {
    if (i % repeat == 0) length = lengths(random);
    slots.Record(i * kDispersionStepNs, length);
  }
  return slots;
}

double AmongLargest(const LatencySlots& slots, double proportion) {
  const OverDispersion dispersion(slots.slots());
  return dispersion.AmongLargest(proportion, dispersion.StudentCorrections(kDispersionLevel));
}

TEST(OverDispersion, IsLittleMoreThanOneWithoutDependence) {
  // Of three estimates the largest, with Student's correction: 1.3 in the mean.
  EXPECT_NEAR(AmongLargest(Repeated(30'000, 1), 0.01), 1.3, 0.5);
  EXPECT_NEAR(AmongLargest(Repeated(30'000, 1), 0.5), 1.3, 0.5);
}

TEST(OverDispersion, IsAboutTheLengthOfTheRunsOfEqualObservations) {
  EXPECT_NEAR(AmongLargest(Repeated(300'000, 10), 0.01), 13, 5);
  EXPECT_NEAR(AmongLargest(Repeated(300'000, 10), 0.1), 13, 5);
}

TEST(OverDispersion, IsKnownFromSixtyObservationsInThirtySlots) {
  EXPECT_FALSE(OverDispersion(Repeated(59, 1).slots()).is_known());
  EXPECT_TRUE(OverDispersion(Repeated(60, 1).slots()).is_known());
  EXPECT_FALSE(OverDispersion(LatencySlots().slots()).is_known());
  // Many, of which two meet in each of 29 slots, or of 30.
  for (const int64_t slots : {29, 30}) {
    LatencySlots few;
    for (int64_t i = 0; i < slots * 20; ++i) few.Record(i / 20 * 1'024, i);
    EXPECT_EQ(OverDispersion(few.slots()).is_known(), slots == 30);
  }
}

TEST(OverDispersion, IsUnknownWhenNearlyAllIsInOneSlot) {
  LatencySlots slots = Repeated(64, 1);
  for (int i = 0; i < 100'000; ++i) slots.Record(5 * kDispersionStepNs, 1'000 + i);
  EXPECT_FALSE(OverDispersion(slots.slots()).is_known());
}

TEST(OverDispersion, IsOneWhenNothingVaries) {
  LatencySlots constant;
  for (int64_t i = 0; i < 1'000; ++i) constant.Record(i * kDispersionStepNs, 7'000);
  EXPECT_EQ(AmongLargest(constant, 0.01), 1);
}

TEST(OverDispersion, TakesTheValuesOfAColumnTogether) {
  // Every second observation is the largest, in regular order: far less scatter than by chance.
  LatencySlots slots;
  for (int64_t i = 0; i < 3'000; ++i)
    slots.Record(i * kDispersionStepNs, i % 2 == 0 ? 1'000 : 1'000'000);
  EXPECT_LT(AmongLargest(slots, 0.1), 0.1);
}

TEST(OverDispersion, LooksWhereEnoughObservationsLie) {
  // Of 600 observations 6 belong to the largest 1 %, too few to see runs of ten.
  EXPECT_GT(AmongLargest(Repeated(600, 10), 0.01), 3);
}

// Runs that are longer than a slot: only windows of several show their length.
TEST(OverDispersion, SeesWhatLastsLongerThanASlot) {
  const LatencySlots slots = Repeated(4'000, 250);  // 64 slots of about 64
  const OverDispersion dispersion(slots.slots());
  ByWindow one_slot = dispersion.StudentCorrections(kDispersionLevel);
  one_slot[1] = one_slot[2] = one_slot[3] = 0;
  EXPECT_GT(AmongLargest(slots, 0.2), 2 * dispersion.AmongLargest(0.2, one_slot));
}

// 32 slots of 10: in half of them all are over, in the others none.
TEST(SlotWindows, EqualAnExampleByHand) {
  std::vector<double> over(32);
  for (size_t i = 0; i < 32; i += 2) over[i] = 10;
  const SlotWindows windows(std::vector<double>(32, 10));
  EXPECT_TRUE(windows.can_tell());
  EXPECT_EQ(windows.used_slots(), 32U);
  EXPECT_EQ(windows.samples(), 320);
  const ByWindow excess = windows.ExcessVariances(over);
  // (x - p n)^2 is 25 in each of 32, N p (1 - p) is 80, and m is 32.
  EXPECT_NEAR(excess[0], 32.0 * 25 / 80 * 32 / 31, 1e-12);
  EXPECT_NEAR(excess[1], 0, 1e-12) << "two neighbours have as many as any two";
  EXPECT_EQ(excess[3], 0) << "not used: slots hold enough";
  EXPECT_EQ(windows.ExcessVariances(std::vector<double>(32)), ByWindow());
  EXPECT_EQ(windows.ExcessVariances(std::vector<double>(32, 10)), ByWindow());
  const ByWindow corrections = windows.StudentCorrections(0.95);
  // t of 31 and of 1.5 * 15 and 1.5 * 7 degrees of freedom: 1.695519, 1.715643, 1.803594.
  EXPECT_NEAR(corrections[0], std::pow(1.695519 / 1.644854, 2), 1e-5);
  EXPECT_NEAR(corrections[1], std::pow(1.715643 / 1.644854, 2), 1e-3);
  EXPECT_NEAR(corrections[2], std::pow(1.803594 / 1.644854, 2), 1e-3);
}

// Slots of very unequal size, independent observations: phi is 1 in the mean, and its variance that
// of the degrees of freedom.
TEST(SlotWindows, AreUnbiasedForUnequalSlots) {
  std::vector<double> sizes;
  for (int i = 0; i < 40; ++i) sizes.push_back(i % 4 == 0 ? 1'000 : 20 + i);
  const SlotWindows windows(sizes);
  std::mt19937_64 random(2);
  constexpr int kTrials = 20'000;
  double sum = 0;
  double squares = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> over;
    for (const double size : sizes) {
      over.push_back(std::binomial_distribution<int>(static_cast<int>(size), 0.3)(random));
    }
    const double phi = windows.ExcessVariances(over)[0];
    sum += phi;
    squares += phi * phi;
  }
  const double mean = sum / kTrials;
  EXPECT_NEAR(mean, 1, 0.02);
  double total = 0;
  double of_squares = 0;
  for (const double size : sizes) {
    total += size;
    of_squares += size * size;
  }
  const double freedom = total * total / of_squares - 1;  // 10.3, and not 39
  EXPECT_NEAR((squares / kTrials - mean * mean) / (2 / freedom), 1, 0.1);
}

TEST(EffectiveSampleSize, IsDividedByTheLargerOfWhatIsSeenAndDeclared) {
  EXPECT_EQ(EffectiveSampleSize(1'000, 2.5, 1), 400);
  EXPECT_EQ(EffectiveSampleSize(1'000, 2.5, 4), 250);
  EXPECT_EQ(EffectiveSampleSize(1'000, 5, 4), 200);
  EXPECT_EQ(EffectiveSampleSize(299, 0, 1), 299);
  EXPECT_EQ(EffectiveSampleSize(299, 0.5, 1), 299)
      << "dependence that cancels out counts for nothing";
  EXPECT_EQ(EffectiveSampleSize(1, 100, 1), 1);
  EXPECT_EQ(EffectiveSampleSize(10, 1, 1'000), 1);
}

TrialSlots Trials(int64_t count, int64_t failing_every, int64_t run) {
  TrialSlots trials;
  for (int64_t i = 0; i < count; ++i) {
    trials.CountTrials(i * kDispersionStepNs);
    if (i % failing_every < run) trials.CountFailures(i * kDispersionStepNs);
  }
  return trials;
}

TEST(DispersionOfFailures, GrowsWithTheLengthOfOutages) {
  const auto one_by_one = DispersionOfFailures(Trials(8'000, 97, 1), kDispersionLevel);
  const auto outages = DispersionOfFailures(Trials(8'000, 1'940, 20), kDispersionLevel);
  ASSERT_TRUE(one_by_one.has_value() && outages.has_value());
  EXPECT_LT(one_by_one->factor, 1.5);
  EXPECT_GT(outages->factor, 10);
  EXPECT_GE(outages->batches, 32);
  EXPECT_LE(outages->batches, 64);
}

TEST(DispersionOfFailures, IsOneWithoutFailuresOrWithoutSuccesses) {
  EXPECT_EQ(DispersionOfFailures(Trials(100, 1, 0), kDispersionLevel)->factor, 1);
  EXPECT_EQ(DispersionOfFailures(Trials(100, 1, 1), kDispersionLevel)->factor, 1);
}

TEST(DispersionOfFailures, IsUnknownForFewTrialsOrSlots) {
  EXPECT_FALSE(DispersionOfFailures(Trials(59, 10, 1), kDispersionLevel).has_value());
  EXPECT_TRUE(DispersionOfFailures(Trials(60, 10, 1), kDispersionLevel).has_value());
  TrialSlots at_once;
  at_once.CountTrials(0, 1'000);
  EXPECT_FALSE(DispersionOfFailures(at_once, kDispersionLevel).has_value());
}

TEST(EffectiveTrials, EqualAnExampleByHand) {
  // (t / z)^2 is (1.699127 / 1.644854)^2 at 95 % with 29 degrees of freedom.
  EXPECT_EQ(EffectiveTrials(1'000, {.factor = 2, .batches = 30}, 1, 0.95), 468);
  EXPECT_EQ(EffectiveTrials(1'000, {.factor = 2, .batches = 30}, 10, 0.95), 100);
}

}  // namespace
}  // namespace slo::stats
