// A planted slowdown: one stage of the API made slower by a stated amount, the control that shows
// whether a gate which compares two measurements can see a change of that size.

#ifndef SLO_BENCH_FAULTS_SLOWDOWN_H_
#define SLO_BENCH_FAULTS_SLOWDOWN_H_

#include <cstdint>
#include <string>

#include "bench/record/stage.h"

namespace slo::bench {

// What was asked for.
struct SlowdownSpec {
  enum class Unit { kNanoseconds, kPercent };  // a request; of a request's undisturbed time

  Stage stage = Stage::kCreateRun;
  double amount = 0;  // above 0
  Unit unit = Unit::kNanoseconds;
  std::string text;  // as it was given, for example "runner_status:6%"
};

// The same for this machine.
struct Slowdown {
  Stage stage = Stage::kCreateRun;
  int64_t operations = 1;  // of Spin, after each request of the stage
  double nanoseconds = 0;  // that they take
  std::string text;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_FAULTS_SLOWDOWN_H_
