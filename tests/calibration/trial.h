// One simulated run, published and judged by the very code that publishes and judges real ones.

#ifndef SLO_TESTS_CALIBRATION_TRIAL_H_
#define SLO_TESTS_CALIBRATION_TRIAL_H_

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "bench/record/latency_recorder.h"
#include "tests/calibration/simulated_api.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::calibration {

// How much of what is allowed the simulated system uses, and what is measured of it.
struct Setting {
  std::string name;
  // 0.5: half of the allowance; 1: exactly at the limit; 2: a violation.
  double used_allowance = 1;
  // Of the only check, or of all together: at the limit it errs no more often, in either direction.
  double confidence = 0.95;
  // Whether that is promised: the disturbances of the system are no longer than was declared.
  bool is_asserted = true;
  int samples = 0;  // in a trial: what it costs
  // One trial: the status of its verdict. Thread-safe.
  std::function<tools::CheckStatus(uint64_t seed)> run;
};

// What a setting of latencies is about.
struct LatencyCase {
  std::string name;
  double used_allowance = 1;
  int samples = 4'000;
  double confidence = 0.95;
  int64_t disturbed_requests = 1;  // declared: D
  bool is_asserted = true;
  bool is_p95 = false;  // else p99
};

// Latencies against a limit of their percentile, the only check of the verdict. `simulate`: a
// sample; thread-safe. `limit_ms`: the used allowance is the share of its latencies over it.
Setting LatencySetting(const LatencyCase& about, double limit_ms,
                       std::function<bench::LatencyRecorder(std::mt19937_64& random)> simulate);

// The same of a closed loop with those latencies.
Setting LatencySetting(const LatencyCase& about, const LatencyModel& model);

// Trials that fail with used_allowance * 1 %, in runs of `run_length`, against a success ratio of
// 0.99.
Setting SuccessSetting(double used_allowance, int trials, double confidence, int run_length = 1);

// Eight endpoints exactly at their p99 limits in one verdict of 95 %: the status is pass when any
// of them passes, else fail when any fails. The limits are published at the level of an eighth.
Setting FamilySetting(int requests);

// All of them, those of window_settings.h too: what the table shows, and where it is promised the
// test asserts.
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
