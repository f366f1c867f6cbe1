// The gate's error rates, measured: at the exact limit it passes and fails no more often than the
// level says, whatever the latencies look like; far from it, it decides.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "gtest/gtest.h"
#include "tests/calibration/process_settings.h"
#include "tests/calibration/trial.h"

namespace slo::calibration {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr int kTrials = 100;  // the code is what is checked there, and it is ten times slower
#else
constexpr int kTrials = 2'000;
#endif
constexpr uint64_t kSeed = 1;

// All trials exactly at the limit, where errors are most likely. Long samples have fewer, and so
// have other shares of the allowance: what all settings may cost.
int TrialsOf(const Setting& setting) {
  constexpr int kSamples = 4'000 * kTrials;
  const int most = setting.used_allowance == 1 ? kTrials : kTrials / 10;
  return std::clamp(kSamples / std::max(setting.samples, 1), kTrials / 20, most);
}

// The most errors in so many trials that the rate explains, with three standard errors. Where fewer
// than ten are expected a normal distribution is no approximation: what the binomial one exceeds as
// rarely as a normal one exceeds three standard errors.
double MostErrors(int trials, double rate) {
  constexpr double kBeyondThree = 0.00135;
  if (trials * rate >= 10) return trials * (rate + 3 * std::sqrt(rate * (1 - rate) / trials));
  double at_most = std::pow(1 - rate, trials);
  double probability = at_most;
  int errors = 0;
  while (1 - at_most > kBeyondThree) {
    probability *= rate / (1 - rate) * (trials - errors) / (errors + 1);
    at_most += probability;
    ++errors;
  }
  return errors;
}

TEST(Calibration, ErrsNoMoreOftenThanTheLevelSays) {
  int64_t decided = 0;
  for (const Setting& setting : AllSettings()) {
    if (!setting.is_asserted) continue;
    const int trials = TrialsOf(setting);
    const Rates rates = RunTrials(setting, trials, kSeed);
    const double most = MostErrors(trials, 1 - setting.confidence);
    if (setting.used_allowance >= 1) {
      EXPECT_LE(rates.passed, most) << "false passes: " << setting.name << ", "
                                    << setting.used_allowance << " of the allowance";
    }
    if (setting.used_allowance <= 1) {
      EXPECT_LE(rates.failed, most) << "false failures: " << setting.name << ", "
                                    << setting.used_allowance << " of the allowance";
    }
    EXPECT_EQ(rates.passed + rates.failed + rates.insufficient, trials);
    decided += rates.passed + rates.failed;
  }
  EXPECT_GT(decided, 0) << "a gate that never decides does not err";
}

// The load scenario's default: 8,000 runs of 8 requests, limits at 99.95 %, disturbances of 4
// requests.
TEST(Calibration, DecidesAtTheDefaultSizes) {
  constexpr int kFewTrials = kTrials / 10;
  for (const double autocorrelation : {0.0, 0.5}) {
    const auto at_default = [&](double used_allowance) {
      const LatencyCase about = {.name = "default",
                                 .used_allowance = used_allowance,
                                 .samples = 64'000,
                                 .confidence = 0.9995,
                                 .disturbed_requests = 4};
      return RunTrials(LatencySetting(about, {.autocorrelation = autocorrelation}), kFewTrials,
                       kSeed);
    };
    EXPECT_GE(at_default(0.5).passed, 0.9 * kFewTrials) << autocorrelation;
    EXPECT_GE(at_default(2).failed, 0.9 * kFewTrials) << autocorrelation;
  }
  EXPECT_GE(RunTrials(DefaultSuccessSetting(0.5), kFewTrials, kSeed).passed, 0.9 * kFewTrials);
  EXPECT_GE(RunTrials(DefaultSuccessSetting(2), kFewTrials, kSeed).failed, 0.9 * kFewTrials);
}

TEST(Calibration, TheSampleOfTheOriginalSuiteProvesNothing) {
  const Rates rates =
      RunTrials(LatencySetting({.name = "independent", .used_allowance = 0.01, .samples = 16 * 8},
                               LatencyModel()),
                kTrials / 10, kSeed);
  EXPECT_EQ(rates.insufficient, rates.trials);
}

}  // namespace
}  // namespace slo::calibration
