// One simulated run, published and judged by the very code that publishes and judges real ones.

#ifndef SLO_TESTS_CALIBRATION_TRIAL_H_
#define SLO_TESTS_CALIBRATION_TRIAL_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/calibration/simulated_api.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::calibration {

// How much of what is allowed the simulated system uses, and what is measured of it.
struct Setting {
  std::string name;
  // 0.5: half of the allowance; 1: exactly at the limit; 2: a violation.
  double used_allowance = 1;
  // One trial: the status of its verdict. Thread-safe.
  std::function<tools::CheckStatus(uint64_t seed)> run;
};

// Latencies against a limit of their p99 at `confidence`, the only check of the verdict.
Setting LatencySetting(const std::string& name, const LatencyModel& model, double used_allowance,
                       int requests, double confidence);

// Independent trials that fail with used_allowance * 1 %, against a success ratio of 0.99.
Setting SuccessSetting(double used_allowance, int trials, double confidence);

// Eight endpoints exactly at their p99 limits in one verdict of 95 %: the status is pass when any
// of them passes, else fail when any fails. The limits are published at the level of an eighth.
Setting FamilySetting(int requests);

// All of them, those of window_settings.h too: what the test asserts and the table shows.
std::vector<Setting> AllSettings();

struct Rates {
  int trials = 0;
  int passed = 0;
  int failed = 0;
  int insufficient = 0;
};

// On all cores. Trial i has the seed `seed` + i.
Rates RunTrials(const Setting& setting, int trials, uint64_t seed);

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_TRIAL_H_
