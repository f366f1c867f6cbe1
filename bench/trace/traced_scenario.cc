#include "bench/trace/traced_scenario.h"

#include "absl/strings/str_cat.h"
#include "bench/workload/stage.h"

namespace slo::trace {
namespace {

void AddStages(const workload::RunRecorder& recorder, std::vector<TracedHistogram>& histograms) {
  for (const workload::Stage stage : workload::kStages) {
    histograms.push_back({.prefix = absl::StrCat(StageName(stage), "_"),
                          .histogram = recorder.stage(stage).histogram()});
  }
}

}  // namespace

absl::string_view Name(Basis basis) {
  return basis == Basis::kPlannedStart ? "planned_start" : "service_time";
}

TracedScenario TraceOf(const std::string& row, absl::Time start, absl::Duration length,
                       const workload::ScenarioResult& result) {
  TracedScenario traced = {.row = row,
                           .start = start,
                           .length = length,
                           .digest = result.digest,
                           .windows = result.windows};
  traced.histograms.push_back(
      {.prefix = "", .histogram = result.recorder.AllRequests().histogram()});
  AddStages(result.recorder, traced.histograms);
  traced.histograms.push_back({.prefix = "run_", .histogram = result.recorder.runs().histogram()});
  return traced;
}

TracedScenario TraceOf(const std::string& row, absl::Time start,
                       const workload::OpenLoopResult& result) {
  TracedScenario traced = {
      .row = row, .start = start, .length = result.elapsed, .digest = result.digest};
  traced.histograms.push_back(
      {.prefix = "", .basis = Basis::kPlannedStart, .histogram = result.from_planned.histogram()});
  traced.histograms.push_back(
      {.prefix = "service_", .histogram = result.recorder.runs().histogram()});
  AddStages(result.recorder, traced.histograms);
  traced.histograms.push_back({.prefix = "generator_lateness_",
                               .basis = Basis::kPlannedStart,
                               .histogram = result.lateness.histogram()});
  return traced;
}

}  // namespace slo::trace
