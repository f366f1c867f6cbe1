// What rows publish about throughput, by name: one piece of code for the program that measures and
// for the one that pools what several have measured.

#ifndef SLO_TOOLS_LIB_RESULTS_THROUGHPUT_COUNTERS_H_
#define SLO_TOOLS_LIB_RESULTS_THROUGHPUT_COUNTERS_H_

#include <vector>

#include "tools/lib/results/counters.h"

namespace slo::tools {

// Adds runs_per_second_{lower,upper}, from the windows' times a run (batch means): absent with
// fewer than two windows or when a window had no run that succeeded.
void AddThroughputLimits(const std::vector<double>& window_seconds_per_run, double confidence,
                         Counters& counters);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_THROUGHPUT_COUNTERS_H_
