// The gate's error rates, measured: at the exact limit it passes and fails no more often than the
// level says, whatever the latencies look like; far from it, it decides.

#include <cmath>
#include <cstdint>

#include "gtest/gtest.h"
#include "tests/calibration/trial.h"

namespace slo::calibration {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr int kTrials = 100;  // the code is what is checked there, and it is ten times slower
#else
constexpr int kTrials = 2'000;
#endif
constexpr uint64_t kSeed = 1;
constexpr double kError = 0.05;

// The most errors in kTrials that a rate of kError explains, with three standard errors.
double MostErrors() { return kTrials * (kError + 3 * std::sqrt(kError * (1 - kError) / kTrials)); }

TEST(Calibration, ErrsNoMoreOftenThanTheLevelSays) {
  int64_t decided = 0;
  for (const Setting& setting : AllSettings()) {
    const Rates rates = RunTrials(setting, kTrials, kSeed);
    if (setting.used_allowance >= 1) {
      EXPECT_LE(rates.passed, MostErrors()) << "false passes: " << setting.name << ", "
                                            << setting.used_allowance << " of the allowance";
    }
    if (setting.used_allowance <= 1) {
      EXPECT_LE(rates.failed, MostErrors()) << "false failures: " << setting.name << ", "
                                            << setting.used_allowance << " of the allowance";
    }
    EXPECT_EQ(rates.passed + rates.failed + rates.insufficient, kTrials);
    decided += rates.passed + rates.failed;
  }
  EXPECT_GT(decided, 0) << "a gate that never decides does not err";
}

// The load scenario's default: 8,000 runs of 8 requests, limits at 99.95 %. A quarter of the
// requests is enough.
TEST(Calibration, DecidesAtTheDefaultSizes) {
  constexpr int kFewTrials = kTrials / 10;
  constexpr int kRequests = 16'000;
  constexpr double kDefaultLevel = 0.9995;
  const auto at_default = [&](double used_allowance) {
    return RunTrials(LatencySetting("independent", {}, used_allowance, kRequests, kDefaultLevel),
                     kFewTrials, kSeed);
  };
  EXPECT_GE(at_default(0.5).passed, 0.9 * kFewTrials);
  EXPECT_GE(at_default(2).failed, 0.9 * kFewTrials);
  EXPECT_GE(RunTrials(SuccessSetting(0.5, 8'000, kDefaultLevel), kFewTrials, kSeed).passed,
            0.9 * kFewTrials);
}

TEST(Calibration, TheSampleOfTheOriginalSuiteProvesNothing) {
  const Rates rates =
      RunTrials(LatencySetting("independent", {}, 0.01, 16 * 8, 0.95), kTrials / 10, kSeed);
  EXPECT_EQ(rates.insufficient, rates.trials);
}

}  // namespace
}  // namespace slo::calibration
