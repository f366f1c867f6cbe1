#include "bench/counters/open_loop_counters.h"

#include "absl/strings/str_cat.h"
#include "bench/machine/environment_monitor.h"
#include "tools/lib/results/counter_names.h"

namespace slo::bench {

Counters OpenLoopCounters(const OpenLoopResult& result, const tools::BoundOptions& bounds) {
  Counters counters;
  tools::BoundOptions of_planned = bounds;
  of_planned.disturbed_requests = tools::DisturbedArrivals(bounds, result.arrivals_per_second);
  AddLatencyCounters(result.from_planned, "", of_planned, counters);
  AddLatencyCounters(result.recorder.runs(), "service_", bounds, counters);
  for (const Stage stage : kStages) {
    AddLatencyCounters(result.recorder.stage(stage), absl::StrCat(StageName(stage), "_"), bounds,
                       counters);
  }
  AddLatencyCounters(result.lateness, "generator_lateness_", bounds, counters);
  AddSuccessCounters(result.recorder, bounds, counters);
  const Ledger& ledger = result.ledger;
  const auto planned = static_cast<double>(ledger.planned);
  const auto completed = static_cast<double>(ledger.completed);
  counters[tools::kPlannedCount] = planned;
  counters[tools::kCompletedCount] = completed;
  counters[tools::kFailedCount] = static_cast<double>(ledger.failed);
  counters["dropped_count"] = static_cast<double>(ledger.dropped);
  counters["in_flight_count"] = static_cast<double>(ledger.in_flight);
  counters["late_starts_count"] = static_cast<double>(result.late_starts);
  AddDigestCounters(result.digest, counters);
  AddWaitCounter(result.queue_wait, result.elapsed, result.workers, counters);
  counters[tools::kDisturbedRunsCount] = static_cast<double>(of_planned.disturbed_requests);
  counters[tools::kSuccessTrialsCount] = planned;
  // Of the planned runs, not of those that were driven.
  counters.erase(tools::kSuccessOverDispersion);
  counters.erase(tools::kSuccessBatchesCount);
  tools::AddSuccessDispersion(result.planned_trials, bounds, counters);
  if (planned > 0) counters[tools::kSuccessRatio] = completed / planned;
  const double seconds = absl::ToDoubleSeconds(result.elapsed);
  if (seconds > 0) counters[tools::kRunsPerSecond] = completed / seconds;
  return counters;
}

}  // namespace slo::bench
