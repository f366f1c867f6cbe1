// Latencies of systems of many kinds, against limits of their percentiles.

#ifndef SLO_TESTS_CALIBRATION_LATENCY_SETTINGS_H_
#define SLO_TESTS_CALIBRATION_LATENCY_SETTINGS_H_

#include <vector>

#include "tests/calibration/trial.h"

namespace slo::calibration {

// Independent and autocorrelated, in runs of slow requests, in phases, in small samples: at half of
// the allowance, exactly at the limit, and at twice.
std::vector<Setting> LatencySettings();

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_LATENCY_SETTINGS_H_
