#include "bench/trace/traced_scenario.h"

#include "absl/strings/str_cat.h"
#include "bench/record/stage.h"

namespace slo::trace {
namespace {

TracedHistogram Traced(absl::string_view prefix, const bench::LatencyRecorder& latencies,
                       size_t series, Basis basis = Basis::kServiceTime) {
  const absl::Span<const uint32_t> values = latencies.series().values().subspan(0, series);
  return {.prefix = std::string(prefix),
          .basis = basis,
          .histogram = latencies.histogram(),
          .series_ns = {values.begin(), values.end()}};
}

void AddStages(const bench::RunRecorder& recorder, size_t series,
               std::vector<TracedHistogram>& histograms) {
  for (const bench::Stage stage : bench::kStages) {
    histograms.push_back(
        Traced(absl::StrCat(StageName(stage), "_"), recorder.stage(stage), series));
  }
}

}  // namespace

absl::string_view Name(Basis basis) {
  return basis == Basis::kPlannedStart ? "planned_start" : "service_time";
}

TracedScenario TraceOf(const std::string& row, absl::Time start, absl::Duration length,
                       const bench::ScenarioResult& result, size_t series) {
  TracedScenario traced = {.row = row,
                           .start = start,
                           .length = length,
                           .digest = result.digest,
                           .windows = result.windows};
  traced.histograms.push_back(Traced("", result.recorder.AllRequests(), series));
  AddStages(result.recorder, series, traced.histograms);
  traced.histograms.push_back(Traced("run_", result.recorder.runs(), series));
  return traced;
}

TracedScenario TraceOf(const std::string& row, absl::Time start,
                       const bench::OpenLoopResult& result, size_t series) {
  TracedScenario traced = {
      .row = row, .start = start, .length = result.elapsed, .digest = result.digest};
  traced.histograms.push_back(Traced("", result.from_planned, series, Basis::kPlannedStart));
  traced.histograms.push_back(Traced("service_", result.recorder.runs(), series));
  AddStages(result.recorder, series, traced.histograms);
  traced.histograms.push_back(
      Traced("generator_lateness_", result.lateness, series, Basis::kPlannedStart));
  return traced;
}

}  // namespace slo::trace
