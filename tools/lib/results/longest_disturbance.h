// How long a disturbance of the measured system lasts at most: it is declared, since a sample
// cannot show what is rarer than itself.

#ifndef SLO_TOOLS_LIB_RESULTS_LONGEST_DISTURBANCE_H_
#define SLO_TOOLS_LIB_RESULTS_LONGEST_DISTURBANCE_H_

#include <cstdint>

#include "tools/lib/results/report.h"

namespace slo::tools {

struct LongestDisturbance {
  double seconds = 0;
  // That fall into it one after another: n requests are worth at most n over this many independent
  // ones.
  int64_t requests = 1;

  // Whether what allows for this allows for the other.
  bool Covers(const LongestDisturbance& other) const {
    return seconds >= other.seconds && requests >= other.requests;
  }

  bool operator==(const LongestDisturbance&) const = default;
};

// What the bounds of the report allow for, as its context says. Without it, or where it is none: no
// length, and one request.
LongestDisturbance DisturbanceAllowedFor(const Report& report);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_LONGEST_DISTURBANCE_H_
