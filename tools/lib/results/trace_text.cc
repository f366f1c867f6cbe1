#include "tools/lib/results/trace_text.h"

#include <optional>
#include <utility>

#include "nlohmann/json.hpp"
#include "tools/lib/results/trace_slots.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

template <typename T>
void AddKnown(const char* key, const std::optional<T>& value, ordered_json& object) {
  if (value.has_value()) object[key] = *value;
}

ordered_json HistogramJson(const TraceHistogram& histogram) {
  ordered_json buckets = ordered_json::array();
  for (const auto& [value, count] : histogram.buckets) buckets.push_back({value, count});
  ordered_json object = {{"prefix", histogram.prefix}, {"basis", histogram.basis},
                         {"count", histogram.count},   {"min_ns", histogram.min_ns},
                         {"max_ns", histogram.max_ns}, {"buckets", std::move(buckets)}};
  if (histogram.slots.has_value()) object["slots"] = LatencySlotsJson(*histogram.slots);
  return object;
}

ordered_json WindowJson(const TraceWindow& window) {
  ordered_json object = {{"end_seconds", window.end_seconds}};
  AddKnown("runs", window.runs, object);
  AddKnown("succeeded", window.succeeded, object);
  AddKnown("runs_per_second", window.runs_per_second, object);
  AddKnown("run_p10_us", window.run_p10_us, object);
  object["run_p50_us"] = window.run_p50_us;
  object["run_p99_us"] = window.run_p99_us;
  AddKnown("resident_bytes", window.resident_bytes, object);
  AddKnown("heap_bytes", window.heap_bytes, object);
  AddKnown("live_blocks", window.live_blocks, object);
  AddKnown("threads", window.threads, object);
  AddKnown("descriptors", window.descriptors, object);
  return object;
}

ordered_json ScenarioJson(const TraceScenario& scenario) {
  ordered_json object = {{"row", scenario.row}};
  AddKnown("start_utc", scenario.start_utc, object);
  AddKnown("seconds", scenario.seconds, object);
  AddKnown("response_digest", scenario.response_digest, object);
  AddKnown("response_digest_runs", scenario.response_digest_runs, object);
  ordered_json histograms = ordered_json::array();
  for (const TraceHistogram& histogram : scenario.histograms) {
    histograms.push_back(HistogramJson(histogram));
  }
  ordered_json windows = ordered_json::array();
  for (const TraceWindow& window : scenario.windows) windows.push_back(WindowJson(window));
  object["histograms"] = std::move(histograms);
  object["windows"] = std::move(windows);
  if (scenario.trials.has_value()) object["trials"] = TrialSlotsJson(*scenario.trials);
  return object;
}

}  // namespace

std::string TraceFileText(const TraceFile& trace) {
  ordered_json scenarios = ordered_json::array();
  for (const TraceScenario& scenario : trace.scenarios) scenarios.push_back(ScenarioJson(scenario));
  ordered_json document = {{"kind", std::string(kTraceKind)}, {"version", 1}};
  AddKnown("generated_at_utc", trace.generated_at_utc, document);
  document["context"] = trace.context;
  document["scenarios"] = std::move(scenarios);
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace slo::tools
