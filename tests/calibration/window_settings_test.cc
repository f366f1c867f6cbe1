// What is bounded by windows is decided where the truth is far enough from the limit, although the
// bounds allow for windows that depend on one another. That they err no more often than the level
// says, calibration_test.cc asserts of all settings.

#include "tests/calibration/window_settings.h"

#include "gtest/gtest.h"

namespace slo::calibration {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr int kPowerTrials = 50;  // the code is what is checked there, and it is ten times slower
#else
constexpr int kPowerTrials = 500;
#endif
constexpr double kPowerLevel = 0.95;
constexpr uint64_t kPowerSeed = 1;

double Passes(const Setting& setting) {
  return RunTrials(setting, kPowerTrials, kPowerSeed).passed;
}
double Failures(const Setting& setting) {
  return RunTrials(setting, kPowerTrials, kPowerSeed).failed;
}

TEST(WindowSettings, AThroughputATenthAboveItsLimitPasses) {
  for (const double autocorrelation : {0.0, 0.5}) {
    const RunModel model = {.autocorrelation = autocorrelation};
    EXPECT_GE(Passes(ThroughputSetting("", model, 1 / 1.1, kPowerLevel)), 0.9 * kPowerTrials);
  }
}

TEST(WindowSettings, AThroughputAFifthBelowItsLimitFails) {
  for (const double autocorrelation : {0.0, 0.5}) {
    const RunModel model = {.autocorrelation = autocorrelation};
    EXPECT_GE(Failures(ThroughputSetting("", model, 1.2, kPowerLevel)), 0.9 * kPowerTrials);
  }
}

// 2,000 runs of a millisecond hold too few windows of twice half a second.
TEST(WindowSettings, AThroughputBesideLongDisturbancesIsInsufficient) {
  const RunModel model = {.slow_share = 2e-4, .declared = absl::Milliseconds(500)};
  EXPECT_EQ(RunTrials(ThroughputSetting("", model, 0.1, kPowerLevel), kPowerTrials, kPowerSeed)
                .insufficient,
            kPowerTrials);
}

TEST(WindowSettings, ADriftOfAFactorOfTwoIsFound) {
  for (const double autocorrelation : {0.0, 0.3, 0.5}) {
    EXPECT_GE(Failures(DriftSetting(autocorrelation, 2, 1, kPowerLevel)), 0.85 * kPowerTrials)
        << autocorrelation;
  }
}

TEST(WindowSettings, NoDriftPassesALimitOfAHalf) {
  EXPECT_GE(Passes(DriftSetting(0, 1, 1.5, kPowerLevel)), 0.9 * kPowerTrials);
  EXPECT_GE(Passes(DriftSetting(0.3, 1, 1.5, kPowerLevel)), 0.8 * kPowerTrials);
}

TEST(WindowSettings, HalfAndTwiceTheAllowedGrowthAreDecided) {
  EXPECT_GE(Passes(GrowthSetting(0, 0, 0.5, kPowerLevel)), 0.9 * kPowerTrials);
  EXPECT_GE(Failures(GrowthSetting(0, 0, 2, kPowerLevel)), 0.9 * kPowerTrials);
  EXPECT_GE(Passes(GrowthSetting(0.5, 0, 0.5, kPowerLevel)), 0.9 * kPowerTrials);
}

}  // namespace
}  // namespace slo::calibration
