// Rows for tests with what bench_workflow always writes beside the counters that a test is about.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_TESTING_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_TESTING_H_

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

using NamedValues = std::vector<std::pair<std::string, double>>;

// A row "BM_A" that took 1 us; with the failures that its success ratio
// implies, which come evenly, and what both
// bounds of the 99th percentile are worth where the test says it of the upper one.
inline ReportRow RowWith(const NamedValues& named) {
  constexpr const char* kLowerWorth = "latency_p99_lower_effective_samples_count";
  constexpr const char* kUpperWorth = "latency_p99_upper_effective_samples_count";
  std::map<std::string, double> metrics(named.begin(), named.end());
  metrics.emplace("real_time", 1'000.0);
  if (metrics.contains("success_ratio") && metrics.contains("success_trials_count")) {
    const double failed = (1 - metrics["success_ratio"]) * metrics["success_trials_count"];
    metrics.emplace("failed_count", std::max(0.0, std::round(failed)));
  }
  for (const auto& [name, value] : named) {
    // Where misses come evenly, trials are worth their number. Of fewer this is not known.
    const auto trials = metrics.find(TrialsCounterOf(name).value_or(""));
    if (trials != metrics.end() && trials->second >= 60) {
      metrics.emplace(*OverDispersionCounterOf(name), 0.0);
      metrics.emplace(*BatchesCounterOf(name), 48.0);
    }
  }
  if (metrics.contains(kUpperWorth)) metrics.emplace(kLowerWorth, metrics[kUpperWorth]);
  return {.name = "BM_A", .metrics = NamedValues(metrics.begin(), metrics.end())};
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_TESTING_H_
