#include "tools/lib/results/throughput_counters.h"

#include <cmath>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::IsEmpty;

constexpr absl::Duration kSecond = absl::Seconds(1);

// At 95 %, of windows of one second, with disturbances of at most `longest`.
Counters LimitsOf(const std::vector<double>& rates, absl::Duration longest) {
  Counters counters;
  AddThroughputLimits(rates, kSecond, {.confidence = 0.95, .longest_disturbance = longest},
                      counters);
  return counters;
}

// Rates that go up and down: no dependence is allowed for.
std::vector<double> Alternating(size_t count) {
  std::vector<double> rates;
  for (size_t i = 0; i < count; ++i) rates.push_back(i % 2 == 0 ? 90 : 110);
  return rates;
}

TEST(ThroughputLimits, AreThoseOfTheMeanRateLessWhatWasNotSeen) {
  // t(0.95, 9) = 1.833113; the error of twelve rates is 10 x sqrt(12 / 11 / 12), a tenth of that
  // relative to their mean.
  const double factor = std::exp(1.833113 * 0.1 / std::sqrt(11.0));
  // -ln(0.05) = 2.995732 disturbances of 10 ms in addition to 12 s.
  const Counters counters = LimitsOf(Alternating(12), absl::Milliseconds(10));
  EXPECT_NEAR(counters.at("runs_per_second_lower"), 100 / factor * 12 / 12.02995732, 1e-4);
  EXPECT_NEAR(counters.at("runs_per_second_upper"), 100 * factor, 1e-4);
}

TEST(UnseenSeconds, AreThreeDisturbancesAtNinetyFivePercent) {
  EXPECT_NEAR(UnseenSeconds(0.95, 2), 5.991465, 1e-6);
  EXPECT_EQ(UnseenSeconds(0, 2), 0);
  EXPECT_EQ(UnseenSeconds(0.95, 0), 0);
}

TEST(ThroughputLimits, MergeWindowsUntilEachHoldsTwoDisturbances) {
  // 24 windows of a second, disturbances of one second: 12 windows, all of the rate 100.
  const Counters merged = LimitsOf(Alternating(24), kSecond);
  EXPECT_NEAR(merged.at("runs_per_second_lower"), 100 * 24 / (24 + 2.995732), 1e-4);
  EXPECT_NEAR(merged.at("runs_per_second_upper"), 100, 1e-9);
}

TEST(ThroughputLimits, NeedTwelveWindowsThatAreLongEnough) {
  EXPECT_THAT(LimitsOf(Alternating(11), absl::Microseconds(1)), IsEmpty());
  EXPECT_EQ(LimitsOf(Alternating(12), absl::Milliseconds(500)).size(), 2U);
  EXPECT_THAT(LimitsOf(Alternating(12), absl::Milliseconds(501)), IsEmpty());
  EXPECT_THAT(LimitsOf({}, absl::Microseconds(1)), IsEmpty());
}

TEST(ThroughputLimits, NeedARunThatSucceeded) {
  std::vector<double> rates(12, 0);
  EXPECT_THAT(LimitsOf(rates, absl::Microseconds(1)), IsEmpty());
  rates[5] = 12;
  EXPECT_LT(LimitsOf(rates, absl::Microseconds(1)).at("runs_per_second_lower"), 1);
  EXPECT_GT(LimitsOf(rates, absl::Microseconds(1)).at("runs_per_second_upper"), 1);
}

// With so much dependence a limit that was not on the logarithmic scale would be below zero.
TEST(ThroughputLimits, ArePositiveHoweverUnlikeTheWindowsAre) {
  std::vector<double> halves(12, 100);
  for (size_t i = 0; i < 6; ++i) halves[i] = 1;
  const Counters counters = LimitsOf(halves, absl::Microseconds(1));
  EXPECT_GT(counters.at("runs_per_second_lower"), 0);
  EXPECT_LT(counters.at("runs_per_second_lower"), 10);
  EXPECT_GT(counters.at("runs_per_second_upper"), 100);
}

TEST(ThroughputLimits, AllowForLongerDisturbancesAndHigherLevels) {
  const auto lower = [](double confidence, absl::Duration longest) {
    Counters counters;
    AddThroughputLimits(Alternating(32), kSecond,
                        {.confidence = confidence, .longest_disturbance = longest}, counters);
    return counters.at("runs_per_second_lower");
  };
  EXPECT_LT(lower(0.95, absl::Milliseconds(400)), lower(0.95, absl::Milliseconds(10)));
  EXPECT_LT(lower(0.9995, absl::Milliseconds(10)), lower(0.95, absl::Milliseconds(10)));
}

}  // namespace
}  // namespace slo::tools
