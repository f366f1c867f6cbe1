// A planted slowdown's size on this machine.

#ifndef SLO_BENCH_SYSTEM_CALIBRATE_SLOWDOWN_H_
#define SLO_BENCH_SYSTEM_CALIBRATE_SLOWDOWN_H_

#include "absl/status/statusor.h"
#include "bench/faults/slowdown.h"

namespace slo::bench {

// Finds out how many operations the amount is. A percentage is of the CPU time that a request of
// the stage takes here and now: a three-step chain, the fastest of 30 batches. Takes about a tenth
// of a second. Errors name the request that failed.
absl::StatusOr<Slowdown> CalibrateSlowdown(const SlowdownSpec& spec);

}  // namespace slo::bench

#endif  // SLO_BENCH_SYSTEM_CALIBRATE_SLOWDOWN_H_
