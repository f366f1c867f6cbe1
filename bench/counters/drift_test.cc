#include "bench/counters/drift.h"

#include <cmath>
#include <string>
#include <vector>

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

// The rate of false alarms: the lower limit above one without a drift. Of independent windows it is
// below the level, because some dependence is allowed for in any case; tests/calibration has the
// rates of dependent ones.
TEST(DriftFactor, ErrsNoMoreOftenThanItsLevelSays) {
  constexpr int kTrials = 2'000;
  int alarms = 0;
  for (uint64_t seed = 0; seed < kTrials; ++seed) {
    alarms += DriftFactor(Rising(1, 24, seed), 0.95)->lower > 1 ? 1 : 0;
  }
  // 5 % and four standard deviations.
  EXPECT_LE(alarms, 139);
  EXPECT_GE(alarms, 10);
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

// Without noise slope and limits are one.
std::vector<double> Exactly(double first, double factor_a_step, size_t count) {
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) {
    values.push_back(first * std::pow(factor_a_step, static_cast<double>(i)));
  }
  return values;
}

TEST(DriftFactor, IsExactWithoutNoise) {
  for (const size_t count : {10U, 11U, 24U}) {
    const auto drift = DriftFactor(Exactly(7, 1.01, count), 0.95);
    ASSERT_TRUE(drift.has_value()) << count;
    const double expected = std::pow(1.01, static_cast<double>(count - 1));
    EXPECT_NEAR(drift->estimate, expected, 1e-9);
    EXPECT_NEAR(drift->lower, expected, 1e-9);
    EXPECT_NEAR(drift->upper, expected, 1e-9);
  }
}

TEST(DriftFactor, NeedsTenWindowsAllAboveZero) {
  EXPECT_FALSE(DriftFactor(Exactly(1, 1, 9), 0.95).has_value());
  EXPECT_TRUE(DriftFactor(Exactly(1, 1, 10), 0.95).has_value());
  for (const double none : {0.0, -1.0}) {
    std::vector<double> values = Exactly(1, 1, 12);
    values.back() = none;
    EXPECT_FALSE(DriftFactor(values, 0.95).has_value());
  }
}

TEST(DriftFactor, HasItsLimitsAroundTheEstimate) {
  const auto drift = DriftFactor(Rising(1.5, 24), 0.95);
  EXPECT_LT(drift->lower, drift->estimate);
  EXPECT_GT(drift->upper, drift->estimate);
}

TEST(GrowthPerRun, DividesTheGrowthByTheRunsThatMadeIt) {
  // Five bytes a run, in windows of 40 and of 60 runs: a line over the windows would not fit.
  std::vector<ScenarioWindow> windows(12);
  std::vector<double> values;
  double level = 1'000;
  for (size_t i = 0; i < windows.size(); ++i) {
    windows[i].runs = i % 2 == 0 ? 40 : 60;
    level += 5 * static_cast<double>(windows[i].runs);
    values.push_back(level);
  }
  const auto growth = GrowthPerRun(values, windows, 0.95);
  ASSERT_TRUE(growth.has_value());
  EXPECT_DOUBLE_EQ(growth->estimate, 5);
  EXPECT_DOUBLE_EQ(growth->lower, 5);
  EXPECT_DOUBLE_EQ(growth->upper, 5);
}

TEST(GrowthPerRun, HasTheLimitsOfTheMeanIncrement) {
  // Increments of 10 and 30 in turn, nine of them: as DependentMean of -10, 10, ... around the
  // mean.
  const std::vector<ScenarioWindow> windows(10, {.runs = 10});
  std::vector<double> values = {0};
  for (int i = 0; i < 9; ++i) values.push_back(values.back() + (i % 2 == 0 ? 10 : 30));
  const auto growth = GrowthPerRun(values, windows, 0.95);
  ASSERT_TRUE(growth.has_value());
  EXPECT_DOUBLE_EQ(growth->estimate, 170.0 / 90);
  // Sum of squares 9 x 100 - 100 / 9 around the mean; t(0.95, 6) = 1.943180.
  const double error = std::sqrt((900 - 100.0 / 9) / 8 / 9) / 10;
  EXPECT_NEAR(growth->lower, 170.0 / 90 - 1.943180 * error, 1e-6);
  EXPECT_NEAR(growth->upper, 170.0 / 90 + 1.943180 * error, 1e-6);
}

// A random walk strays far from any line, and its levels are anything but independent.
TEST(GrowthPerRun, IsNotDeceivedByARandomWalk) {
  constexpr int kTrials = 2'000;
  const std::vector<ScenarioWindow> windows(24, {.runs = 10});
  int alarms = 0;
  for (uint64_t seed = 0; seed < kTrials; ++seed) {
    stats::SplitMix64 random(seed);
    std::vector<double> values = {0};
    for (int i = 1; i < 24; ++i) values.push_back(values.back() + Uniform(random) - 0.5);
    alarms += GrowthPerRun(values, windows, 0.95)->lower > 0 ? 1 : 0;
  }
  EXPECT_LE(alarms, 139);
  EXPECT_GE(alarms, 10);
}

TEST(GrowthPerRun, IsUnknownWithoutRuns) {
  EXPECT_FALSE(GrowthPerRun(Exactly(1, 2, 12), std::vector<ScenarioWindow>(12), 0.95).has_value());
}

TEST(GrowthPerRun, NeedsTenWindows) {
  for (const size_t count : {9U, 10U}) {
    const std::vector<ScenarioWindow> windows(count, {.runs = 1});
    EXPECT_EQ(GrowthPerRun(Exactly(1, 2, count), windows, 0.95).has_value(), count == 10);
  }
}

TEST(GrowthPerRun, HasItsLimitsAroundTheEstimate) {
  const std::vector<ScenarioWindow> windows(24, {.runs = 10});
  const auto growth = GrowthPerRun(Rising(2, 24), windows, 0.95);
  EXPECT_LT(growth->lower, growth->estimate);
  EXPECT_GT(growth->upper, growth->estimate);
}

TEST(AddSoakCounters, NamesEachOfTheLimits) {
  std::vector<ScenarioWindow> windows = Windows(24, 100);
  stats::SplitMix64 random(5);
  for (size_t i = 0; i < windows.size(); ++i) {
    const double noise = 0.1 * Uniform(random);
    windows[i].run_p10 = absl::Microseconds(10) * (1 + noise + 0.01 * static_cast<double>(i));
    windows[i].run_p99 = absl::Microseconds(90) * (2 - noise - 0.01 * static_cast<double>(i));
    windows[i].usage.resident_bytes =
        9'000'000 - 50 * static_cast<int64_t>(i) * (70 + static_cast<int64_t>(i % 3));
    windows[i].usage.threads = 9 - static_cast<int64_t>(i) / 8;
  }
  Counters counters;
  AddSoakCounters(windows, 0.95, counters);
  for (const char* stem : {"latency_drift_factor", "latency_p99_drift_factor"}) {
    const std::string name(stem);
    EXPECT_LT(counters.at(name + "_lower"), counters.at(name)) << stem;
    EXPECT_GT(counters.at(name + "_upper"), counters.at(name)) << stem;
  }
  EXPECT_GT(counters.at("latency_drift_factor"), 1);
  EXPECT_LT(counters.at("latency_p99_drift_factor"), 1);
  EXPECT_LT(counters.at("run_time_trend_p_value"), 0.01);
  EXPECT_LT(counters.at("resident_growth_per_run_lower_bytes"),
            counters.at("resident_growth_per_run_bytes"));
  EXPECT_GT(counters.at("resident_growth_per_run_upper_bytes"),
            counters.at("resident_growth_per_run_bytes"));
  EXPECT_LT(counters.at("resident_growth_per_run_upper_bytes"), 0);
  EXPECT_NEAR(counters.at("heap_growth_per_run_bytes"), 100, 1e-6);
  EXPECT_EQ(counters.at("thread_growth_count"), -2);
}

TEST(AddSoakCounters, LeavesOutWhatOneWindowDoesNotKnow) {
  std::vector<ScenarioWindow> windows = Windows(12, 100);
  windows[5].usage.heap_bytes.reset();
  windows[6].usage.threads.reset();
  Counters counters;
  AddSoakCounters(windows, 0.95, counters);
  EXPECT_FALSE(counters.contains("heap_growth_per_run_bytes"));
  EXPECT_FALSE(counters.contains("thread_growth_count"));
  EXPECT_EQ(counters.at("descriptor_growth_count"), 11);
}

TEST(AddSoakCounters, HasATrendFromTenWindowsOn) {
  for (const size_t count : {0U, 1U, 9U, 10U}) {
    Counters counters;
    AddSoakCounters(Windows(count, 100), 0.95, counters);
    EXPECT_EQ(counters.at("windows_count"), count);
    EXPECT_EQ(counters.contains("run_time_trend_p_value"), count == 10) << count;
    EXPECT_EQ(counters.contains("latency_drift_factor"), count == 10) << count;
    EXPECT_EQ(counters.contains("thread_growth_count"), count > 0) << count;
  }
}

TEST(DriftLimits, AreNothingUntilTheyAreFound) {
  EXPECT_EQ(DriftLimits().estimate, 0);
  EXPECT_EQ(DriftLimits().lower, 0);
  EXPECT_EQ(DriftLimits().upper, 0);
  EXPECT_EQ(DriftLimits().p_increase, 1);
}

}  // namespace
}  // namespace slo::bench
