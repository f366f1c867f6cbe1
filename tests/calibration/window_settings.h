// Systems of which the truth is known, for what is bounded by windows: throughput, drift, growth.
// The windows depend on one another, as those of real systems do.

#ifndef SLO_TESTS_CALIBRATION_WINDOW_SETTINGS_H_
#define SLO_TESTS_CALIBRATION_WINDOW_SETTINGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/calibration/trial.h"

namespace slo::calibration {

// Run times are lognormal around 1 ms, with a spread of 0.5 of the logarithms.
struct RunModel {
  int runs = 2'000;            // of each client
  double autocorrelation = 0;  // of neighbouring logarithms, from 0 to below 1
  // Clients that drive runs at the same time, and the share of the logarithms' variance that they
  // have in common.
  int clients = 1;
  double common_share = 0;
  double slow_share = 0;    // of the runs, independently: they take 500 times as long
  double failed_share = 0;  // of the runs, independently: they fail, in a tenth of the time
  absl::Duration declared = absl::Milliseconds(2);  // the longest disturbance
};

// Against a throughput that is used_allowance times the true one. `name` says what is simulated.
Setting ThroughputSetting(const std::string& name, const RunModel& model, double used_allowance,
                          double confidence);

// 24 windows whose run times scatter by 10 %, with autocorrelated logarithms, and become longer by
// `true_factor` from the first to the last; against latency_drift_factor <= `limit`.
Setting DriftSetting(double autocorrelation, double true_factor, double limit, double confidence);

// 24 windows of 100 runs, each of which adds 1,000 bytes to the heap in the mean: with a relative
// scatter of 0.3 and autocorrelated from window to window, or, when `chunks_per_window` is above
// zero, in chunks of equal size that come at random, so many a window. Against
// heap_growth_per_run_bytes <= 1,000 / used_allowance.
Setting GrowthSetting(double autocorrelation, double chunks_per_window, double used_allowance,
                      double confidence);

// All of them.
std::vector<Setting> WindowSettings();

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_WINDOW_SETTINGS_H_
