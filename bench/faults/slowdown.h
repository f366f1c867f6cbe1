// A planted slowdown: one stage of the API made slower by a stated amount, the control that shows
// whether a gate which compares two measurements can see a change of that size.

#ifndef SLO_BENCH_FAULTS_SLOWDOWN_H_
#define SLO_BENCH_FAULTS_SLOWDOWN_H_

#include <cstdint>
#include <string>

#include "bench/record/stage.h"

namespace slo::bench {

// Which requests of the stage it strikes: the first `first` of every `every` that are sent through
// a stack. All of them, unless changed.
struct SlowdownPattern {
  int64_t first = 1;
  int64_t every = 1;

  bool Strikes(int64_t request) const { return request % every < first; }
};

// What was asked for.
struct SlowdownSpec {
  enum class Unit { kNanoseconds, kPercent };  // a request; of a request's undisturbed time

  Stage stage = Stage::kCreateRun;
  double amount = 0;  // above 0
  Unit unit = Unit::kNanoseconds;
  SlowdownPattern pattern;
  std::string text;  // as it was given, for example "runner_status:6%"
};

// The same for this machine.
struct Slowdown {
  Stage stage = Stage::kCreateRun;
  int64_t operations = 1;  // of Spin, after each request of the stage that is struck
  double nanoseconds = 0;  // that they take
  SlowdownPattern pattern;
  std::string text;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_FAULTS_SLOWDOWN_H_
