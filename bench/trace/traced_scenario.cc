#include "bench/trace/traced_scenario.h"

#include "absl/strings/str_cat.h"
#include "bench/record/stage.h"

namespace slo::trace {
namespace {

TracedHistogram Traced(absl::string_view prefix, const bench::LatencyRecorder& latencies,
                       bool has_slots, Basis basis = Basis::kServiceTime) {
  TracedHistogram traced = {
      .prefix = std::string(prefix), .basis = basis, .histogram = latencies.histogram()};
  if (has_slots) traced.slots = latencies.slots();
  return traced;
}

void AddStages(const bench::RunRecorder& recorder, bool has_slots,
               std::vector<TracedHistogram>& histograms) {
  for (const bench::Stage stage : bench::kStages) {
    histograms.push_back(
        Traced(absl::StrCat(StageName(stage), "_"), recorder.stage(stage), has_slots));
  }
}

}  // namespace

absl::string_view Name(Basis basis) {
  return basis == Basis::kPlannedStart ? "planned_start" : "service_time";
}

TracedScenario TraceOf(const std::string& row, absl::Time start, absl::Duration length,
                       const bench::ScenarioResult& result, bool has_slots) {
  TracedScenario traced = {.row = row,
                           .start = start,
                           .length = length,
                           .digest = result.digest,
                           .windows = result.windows};
  traced.histograms.push_back(Traced("", result.recorder.AllRequests(), has_slots));
  AddStages(result.recorder, has_slots, traced.histograms);
  if (has_slots) traced.trials = result.recorder.trial_slots();
  traced.histograms.push_back(Traced("run_", result.recorder.runs(), has_slots));
  return traced;
}

TracedScenario TraceOf(const std::string& row, absl::Time start,
                       const bench::OpenLoopResult& result, bool has_slots) {
  TracedScenario traced = {
      .row = row, .start = start, .length = result.elapsed, .digest = result.digest};
  traced.histograms.push_back(Traced("", result.from_planned, has_slots, Basis::kPlannedStart));
  if (has_slots) traced.trials = result.planned_trials;
  traced.histograms.push_back(Traced("service_", result.recorder.runs(), has_slots));
  AddStages(result.recorder, has_slots, traced.histograms);
  traced.histograms.push_back(
      Traced("generator_lateness_", result.lateness, has_slots, Basis::kPlannedStart));
  return traced;
}

}  // namespace slo::trace
