#include "bench/counters/drift.h"

#include <cmath>

#include "gtest/gtest.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::bench {
namespace {

// From 0 to 1.
double Uniform(stats::SplitMix64& random) {
  return std::ldexp(static_cast<double>(random.Next()), -64);
}

// Values that rise by `factor` from first to last, each with a little noise.
std::vector<double> Rising(double factor, size_t count, uint64_t seed = 1) {
  stats::SplitMix64 random(seed);
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    values.push_back(100 * std::pow(factor, share) * (1 + 0.05 * (Uniform(random) - 0.5)));
  }
  return values;
}

TEST(DriftFactor, FindsTheFactorFromFirstToLast) {
  for (const double factor : {0.5, 1.0, 1.3, 14.0}) {
    const auto drift = DriftFactor(Rising(factor, 24), 0.99);
    ASSERT_TRUE(drift.has_value());
    EXPECT_NEAR(drift->estimate / factor, 1, 0.05);
    EXPECT_LT(drift->lower, factor * 1.01);
    EXPECT_GT(drift->upper, factor * 0.99);
  }
}

TEST(DriftFactor, HasWideLimitsWhereTheWindowsScatter) {
  std::vector<double> wild = Rising(1, 24);
  for (size_t i = 0; i < wild.size(); i += 2) wild[i] *= 2;
  const auto drift = DriftFactor(wild, 0.99);
  EXPECT_LT(drift->lower, 1);
  EXPECT_GT(drift->upper, 1);
}

TEST(DriftFactor, IsNotMovedByOneWildWindow) {
  std::vector<double> values = Rising(1, 24);
  values.back() *= 1'000;
  EXPECT_NEAR(DriftFactor(values, 0.99)->estimate, 1, 0.05);
}

TEST(DriftFactor, IsUnknownWithFewWindowsOrWithoutTime) {
  EXPECT_FALSE(DriftFactor(Rising(2, 9), 0.99).has_value());
  std::vector<double> values = Rising(2, 24);
  values[3] = 0;
  EXPECT_FALSE(DriftFactor(values, 0.99).has_value());
}

// The rate of false alarms: the lower limit above one without a drift.
TEST(DriftFactor, ErrsNoMoreOftenThanItsLevelSays) {
  constexpr int kTrials = 2'000;
  int alarms = 0;
  for (uint64_t seed = 0; seed < kTrials; ++seed) {
    alarms += DriftFactor(Rising(1, 24, seed), 0.95)->lower > 1 ? 1 : 0;
  }
  // 5 % and four standard deviations.
  EXPECT_LE(alarms, 139);
  EXPECT_GE(alarms, 40);
}

std::vector<ScenarioWindow> Windows(size_t count, int64_t bytes_per_run) {
  std::vector<ScenarioWindow> windows;
  for (size_t i = 0; i < count; ++i) {
    const auto ends = static_cast<int64_t>(i + 1);
    windows.push_back({.runs = 50,
                       .succeeded = 50,
                       .run_p10 = absl::Microseconds(15),
                       .run_p50 = absl::Microseconds(17),
                       .run_p99 = absl::Microseconds(40),
                       .usage = {.heap_bytes = 1'000'000 + ends * 50 * bytes_per_run,
                                 .threads = 3,
                                 .descriptors = 4 + static_cast<int64_t>(i)}});
  }
  return windows;
}

TEST(AddSoakCounters, SaysWhatTheWindowsSay) {
  Counters counters;
  AddSoakCounters(Windows(24, 3'400), 0.99, counters);
  EXPECT_EQ(counters.at("windows_count"), 24);
  EXPECT_NEAR(counters.at("heap_growth_per_run_bytes"), 3'400, 1e-6);
  EXPECT_NEAR(counters.at("heap_growth_per_run_lower_bytes"), 3'400, 1e-6);
  EXPECT_NEAR(counters.at("heap_growth_per_run_upper_bytes"), 3'400, 1e-6);
  EXPECT_EQ(counters.at("thread_growth_count"), 0);
  EXPECT_EQ(counters.at("descriptor_growth_count"), 23);
  EXPECT_DOUBLE_EQ(counters.at("latency_drift_factor"), 1);
  EXPECT_DOUBLE_EQ(counters.at("latency_p99_drift_factor_upper"), 1);
  EXPECT_EQ(counters.at("run_time_trend_p_value"), 1);
  EXPECT_FALSE(counters.contains("resident_growth_per_run_bytes"));
}

TEST(AddSoakCounters, LeavesOutWhatTooFewWindowsCannotSay) {
  Counters counters;
  AddSoakCounters(Windows(5, 3'400), 0.99, counters);
  EXPECT_EQ(counters.at("windows_count"), 5);
  EXPECT_FALSE(counters.contains("latency_drift_factor"));
  EXPECT_FALSE(counters.contains("heap_growth_per_run_bytes"));
}

}  // namespace
}  // namespace slo::bench
