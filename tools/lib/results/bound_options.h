// What the confidence bounds in results allow for: their level, and what a sample cannot show by
// itself.

#ifndef SLO_TOOLS_LIB_RESULTS_BOUND_OPTIONS_H_
#define SLO_TOOLS_LIB_RESULTS_BOUND_OPTIONS_H_

#include <cstdint>

#include "absl/time/time.h"

namespace slo::tools {

struct BoundOptions {
  // One-sided, of each bound. At 0.9995 a verdict of up to 100 bounds holds at 95 % as a whole
  // (Bonferroni).
  double confidence = 0.9995;
  // A disturbance of the system is declared to be no longer than this, ...
  absl::Duration longest_disturbance = absl::Milliseconds(2);
  // ... and to reach no more requests than these one after another. So n requests are worth at most
  // n over it independent ones.
  int64_t disturbed_requests = 2;
  // The bounds of percentiles are shares: they hold for so many processes together, each of which
  // publishes its own.
  int64_t processes = 1;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_BOUND_OPTIONS_H_
