#include "tools/lib/results/throughput_counters.h"

#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/batch_means.h"

namespace slo::tools {

void AddThroughputLimits(const std::vector<double>& window_seconds_per_run, double confidence,
                         Counters& counters) {
  const auto seconds_per_run = stats::BatchMeansInterval(window_seconds_per_run, confidence);
  if (!seconds_per_run.has_value() || seconds_per_run->upper <= 0) return;
  counters[BoundCounter(kRunsPerSecond, BoundSide::kLower)] = 1 / seconds_per_run->upper;
  // With few or very uneven windows no time is short enough to be excluded.
  if (seconds_per_run->lower > 0) {
    counters[BoundCounter(kRunsPerSecond, BoundSide::kUpper)] = 1 / seconds_per_run->lower;
  }
}

}  // namespace slo::tools
