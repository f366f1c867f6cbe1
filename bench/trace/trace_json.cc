#include "bench/trace/trace_json.h"

#include <optional>

#include "nlohmann/json.hpp"

namespace slo::trace {
namespace {

using nlohmann::ordered_json;

std::string Utc(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

ordered_json HistogramJson(const TracedHistogram& traced) {
  const bench::LatencyHistogram& histogram = traced.histogram;
  ordered_json buckets = ordered_json::array();
  histogram.ForEachBucket([&](size_t /*bucket*/, int64_t highest_ns, int64_t count) {
    buckets.push_back({highest_ns, count});
  });
  ordered_json json = {{"prefix", traced.prefix},
                       {"basis", std::string(Name(traced.basis))},
                       {"count", histogram.count()},
                       {"min_ns", absl::ToInt64Nanoseconds(histogram.min())},
                       {"max_ns", absl::ToInt64Nanoseconds(histogram.max())},
                       {"buckets", std::move(buckets)}};
  if (!traced.series_ns.empty()) json["series_ns"] = traced.series_ns;
  return json;
}

void AddKnown(const char* name, const std::optional<int64_t>& value, ordered_json& json) {
  if (value.has_value()) json[name] = *value;
}

ordered_json WindowJson(const bench::ScenarioWindow& window) {
  const double busy_seconds = absl::ToDoubleSeconds(window.busy);
  ordered_json json = {
      {"end_seconds", absl::ToDoubleSeconds(window.end)},
      {"runs", window.runs},
      {"succeeded", window.succeeded},
      {"runs_per_second",
       busy_seconds > 0 ? static_cast<double>(window.succeeded) / busy_seconds : 0.0},
      {"run_p10_us", absl::ToDoubleMicroseconds(window.run_p10)},
      {"run_p50_us", absl::ToDoubleMicroseconds(window.run_p50)},
      {"run_p99_us", absl::ToDoubleMicroseconds(window.run_p99)}};
  const bench::ProcessUsage& usage = window.usage;
  AddKnown("resident_bytes", usage.resident_bytes, json);
  AddKnown("heap_bytes", usage.heap_bytes, json);
  AddKnown("live_blocks", usage.live_blocks, json);
  AddKnown("threads", usage.threads, json);
  AddKnown("descriptors", usage.descriptors, json);
  return json;
}

ordered_json ScenarioJson(const TracedScenario& scenario) {
  ordered_json histograms = ordered_json::array();
  for (const TracedHistogram& traced : scenario.histograms) {
    histograms.push_back(HistogramJson(traced));
  }
  ordered_json windows = ordered_json::array();
  for (const bench::ScenarioWindow& window : scenario.windows) {
    windows.push_back(WindowJson(window));
  }
  return {{"row", scenario.row},
          {"start_utc", Utc(scenario.start)},
          {"seconds", absl::ToDoubleSeconds(scenario.length)},
          {"response_digest", scenario.digest.value()},
          {"response_digest_runs", scenario.digest.runs()},
          {"histograms", std::move(histograms)},
          {"windows", std::move(windows)}};
}

}  // namespace

std::string TraceJson(const std::vector<TracedScenario>& scenarios,
                      const std::map<std::string, std::string>& context, absl::Time generated_at) {
  ordered_json list = ordered_json::array();
  for (const TracedScenario& scenario : scenarios) list.push_back(ScenarioJson(scenario));
  const ordered_json document = {{"kind", "workflow-slo-trace"},
                                 {"version", 1},
                                 {"generated_at_utc", Utc(generated_at)},
                                 {"context", context},
                                 {"scenarios", std::move(list)}};
  // Names of files and arguments need not be UTF-8; that must not cost the trace.
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace slo::trace
