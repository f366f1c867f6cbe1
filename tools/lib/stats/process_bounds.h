// Bounds of what a system costs from one value of each of several processes. A process keeps the
// layout of its memory and meets one phase of the machine, so that its own sample says nothing
// about the next process; the spread between processes does. Sources: A. Georges, D. Buytaert,
// L. Eeckhout, "Statistically rigorous Java performance evaluation", OOPSLA 2007, section 3.3;
// T. Kalibera, R. Jones, "Rigorous benchmarking in reasonable time", ISMM 2013.

#ifndef SLO_TOOLS_LIB_STATS_PROCESS_BOUNDS_H_
#define SLO_TOOLS_LIB_STATS_PROCESS_BOUNDS_H_

#include <optional>

#include "absl/types/span.h"
#include "tools/lib/stats/batch_means.h"

namespace slo::stats {

// Of a quarter of the processes more may be in a slow phase than the mean shows.
inline constexpr double kSlowProcesses = 0.25;

// The wider, on each side, of two:
//
//   - mean +- t * s / sqrt(k), of the logarithms where all values are above zero;
//   - the order statistics that bound the 1 - kSlowProcesses quantile from above, and the
//     kSlowProcesses quantile from below, at 95 %; the largest and the smallest value where there
//     are too few (fewer than 11). A mean of few values hides the process that met a slow phase,
//     and what all requests together show is decided by that process.
//
// `values`: finite, one a process, in the unit of the result; independent. Each bound holds by
// itself with `confidence` (0.5 <= confidence < 1). `mean` is the geometric one where logarithms
// were taken. Nothing with fewer than two values. A pure function.
std::optional<MeanInterval> ProcessBounds(absl::Span<const double> values, double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_PROCESS_BOUNDS_H_
