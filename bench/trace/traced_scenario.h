// What a trace keeps of a scenario: every latency, in histograms, and how things went over time.

#ifndef SLO_BENCH_TRACE_TRACED_SCENARIO_H_
#define SLO_BENCH_TRACE_TRACED_SCENARIO_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "bench/drive/open_loop.h"
#include "bench/drive/scenario.h"
#include "bench/record/latency_histogram.h"

namespace slo::trace {

// From when latencies count.
enum class Basis { kServiceTime, kPlannedStart };

// "service_time", "planned_start".
absl::string_view Name(Basis basis);

struct TracedHistogram {
  std::string prefix;  // of the row's counters for these latencies: "create_run_", "run_", ""
  Basis basis = Basis::kServiceTime;
  bench::LatencyHistogram histogram;
  std::optional<stats::LatencySlots> slots;  // if they were asked for
};

struct TracedScenario {
  std::string row;  // without what Google Benchmark adds to the name
  absl::Time start;
  absl::Duration length;
  bench::RunDigest digest;
  std::vector<TracedHistogram> histograms;
  std::vector<bench::ScenarioWindow> windows;
  std::optional<stats::TrialSlots> trials;  // if slots were asked for
};

// `has_slots`: latencies and trials are kept over time as well, as pooling shards needs them.
//
// Load and soak: all requests (""), each stage's, whole runs ("run_").
TracedScenario TraceOf(const std::string& row, absl::Time start, absl::Duration length,
                       const bench::ScenarioResult& result, bool has_slots = false);

// An open loop: from the planned start (""), runs from their actual start ("service_"), each
// stage's requests, and how late the generator itself was ("generator_lateness_").
TracedScenario TraceOf(const std::string& row, absl::Time start,
                       const bench::OpenLoopResult& result, bool has_slots = false);

}  // namespace slo::trace

#endif  // SLO_BENCH_TRACE_TRACED_SCENARIO_H_
