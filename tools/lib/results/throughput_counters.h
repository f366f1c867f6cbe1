// What rows publish about throughput, by name: one piece of code for the program that measures and
// for the one that pools what several have measured.

#ifndef SLO_TOOLS_LIB_RESULTS_THROUGHPUT_COUNTERS_H_
#define SLO_TOOLS_LIB_RESULTS_THROUGHPUT_COUNTERS_H_

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "tools/lib/results/bound_options.h"
#include "tools/lib/results/counters.h"

namespace slo::tools {

// How long disturbances may take that did not occur in a measurement although they come at random:
// -ln(1 - confidence) of them are to be expected in such a time where none occurs with the
// probability 1 - confidence, each as long as the longest. Domain: 0 <= confidence < 1.
double UnseenSeconds(double confidence, double longest_seconds);

// Adds runs_per_second_{lower,upper} at `bounds.confidence`. `window_runs_per_second`: the rates of
// windows that follow one another, each `window_length` long, of runs that succeeded. Their mean is
// the rate overall. Its limits are those of dependent_mean.h, after windows were merged until each
// is at least twice as long as the longest disturbance. A rate is positive, so that they are on the
// logarithmic scale: mean * exp(-r / mean) and mean * exp(r / mean), where r is the reach of the
// limits of the mean (delta method).
//
// The lower limit allows for disturbances that did not occur (UnseenSeconds), whether or not some
// did: the windows then show how much their number varies, but with few of them too little.
//
// Both are absent with fewer than 12 windows after merging or when no run succeeded. Domain:
// 0.5 < confidence < 1.
void AddThroughputLimits(absl::Span<const double> window_runs_per_second,
                         absl::Duration window_length, const BoundOptions& bounds,
                         Counters& counters);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_THROUGHPUT_COUNTERS_H_
