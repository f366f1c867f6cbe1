#include "bench/trace/trace_json.h"

#include <utility>

#include "tools/lib/results/trace_text.h"

namespace slo::trace {
namespace {

std::string Utc(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

tools::TraceHistogram HistogramOf(const TracedHistogram& traced) {
  const bench::LatencyHistogram& histogram = traced.histogram;
  tools::TraceHistogram converted = {.prefix = traced.prefix,
                                     .basis = std::string(Name(traced.basis)),
                                     .count = histogram.count(),
                                     .min_ns = absl::ToInt64Nanoseconds(histogram.min()),
                                     .max_ns = absl::ToInt64Nanoseconds(histogram.max()),
                                     .slots = traced.slots};
  histogram.ForEachBucket([&](size_t /*bucket*/, int64_t highest_ns, int64_t count) {
    converted.buckets[highest_ns] = count;
  });
  return converted;
}

tools::TraceWindow WindowOf(const bench::ScenarioWindow& window) {
  const double busy_seconds = absl::ToDoubleSeconds(window.busy);
  return {.end_seconds = absl::ToDoubleSeconds(window.end),
          .runs = window.runs,
          .succeeded = window.succeeded,
          .runs_per_second =
              busy_seconds > 0 ? static_cast<double>(window.succeeded) / busy_seconds : 0.0,
          .run_p10_us = absl::ToDoubleMicroseconds(window.run_p10),
          .run_p50_us = absl::ToDoubleMicroseconds(window.run_p50),
          .run_p99_us = absl::ToDoubleMicroseconds(window.run_p99),
          .heap_bytes = window.usage.heap_bytes,
          .live_blocks = window.usage.live_blocks,
          .resident_bytes = window.usage.resident_bytes,
          .threads = window.usage.threads,
          .descriptors = window.usage.descriptors};
}

tools::TraceScenario ScenarioOf(const TracedScenario& traced) {
  tools::TraceScenario scenario = {.row = traced.row,
                                   .start_utc = Utc(traced.start),
                                   .seconds = absl::ToDoubleSeconds(traced.length),
                                   .response_digest = traced.digest.value(),
                                   .response_digest_runs = traced.digest.runs()};
  for (const TracedHistogram& histogram : traced.histograms) {
    scenario.histograms.push_back(HistogramOf(histogram));
  }
  for (const bench::ScenarioWindow& window : traced.windows) {
    scenario.windows.push_back(WindowOf(window));
  }
  scenario.trials = traced.trials;
  return scenario;
}

}  // namespace

std::string TraceJson(const std::vector<TracedScenario>& scenarios,
                      const std::map<std::string, std::string>& context, absl::Time generated_at) {
  tools::TraceFile trace = {.generated_at_utc = Utc(generated_at), .context = context};
  for (const TracedScenario& scenario : scenarios) {
    trace.scenarios.push_back(ScenarioOf(scenario));
  }
  return tools::TraceFileText(trace);
}

}  // namespace slo::trace
