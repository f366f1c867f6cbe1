// Several processes that are judged together: what the spread between them and the shares of their
// bounds promise.

#ifndef SLO_TESTS_CALIBRATION_PROCESS_SETTINGS_H_
#define SLO_TESTS_CALIBRATION_PROCESS_SETTINGS_H_

#include <vector>

#include "tests/calibration/trial.h"

namespace slo::calibration {

// A p99 of the requests of ten processes. Requests are independent, follow one another, come in
// runs as long as declared, or differ from process to process.
std::vector<Setting> ProcessSettings();

// The success ratio of ten processes of 8,000 runs each, as tools/slo-smoke measures it: at
// 99.95 %, with the disturbances that are declared by default.
Setting DefaultSuccessSetting(double used_allowance);

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_PROCESS_SETTINGS_H_
