// Rows whose fields exclude each other: one of each kind.

#ifndef SLO_TOOLS_SLO_GATE_PROPERTIES_CONTRADICTORY_ROWS_TESTING_H_
#define SLO_TOOLS_SLO_GATE_PROPERTIES_CONTRADICTORY_ROWS_TESTING_H_

#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "tools/slo_gate/properties/documents_testing.h"

namespace slo::tools {

struct Contradiction {
  std::string what;
  nlohmann::json change;  // of the fields of recorded rows
  std::string metric;
  std::vector<std::string> fields;  // that are named
  size_t row = 0;
};

inline std::vector<Contradiction> Contradictions() {
  return {
      {"a negative time", {{"latency_max_us", -1}}, "latency_max_us", {"latency_max_us"}},
      {"a value below its lower bound",
       {{"latency_p99_lower_us", 1e4}, {"latency_p99_upper_us", 2e4}},
       "latency_p99_us",
       {"latency_p99_lower_us", "latency_p99_us"}},
      {"a value above its upper bound",
       {{"latency_p99_lower_us", 0.1}, {"latency_p99_upper_us", 0.2}},
       "latency_p99_us",
       {"latency_p99_us", "latency_p99_upper_us"}},
      {"bounds in the wrong order",
       {{"latency_drift_factor", 1},
        {"latency_drift_factor_lower", 2},
        {"latency_drift_factor_upper", 0.5}},
       "latency_drift_factor",
       {"latency_drift_factor_lower", "latency_drift_factor_upper", "latency_drift_factor"}},
      {"a negative count", {{"samples_count", -5}}, "latency_p99_us", {"samples_count"}},
      {"a count with a fraction",
       {{"success_trials_count", 0.5}},
       "success_ratio",
       {"success_trials_count"}},
      {"more failures than trials",
       {{"failed_count", 1e6}},
       "success_ratio",
       {"failed_count", "success_trials_count", "success_ratio"}},
      {"a ratio that the failures deny",
       {{"failed_count", 3}},
       "success_ratio",
       {"success_ratio", "failed_count"}},
      {"a ratio that the completed runs deny",
       {{"completed_count", 3}},
       "success_ratio",
       {"success_ratio", "completed_count"},
       1},
      {"a ratio that its trials deny",
       {{"success_ratio", 0.99975}, {"failed_count", 0}},
       "success_ratio",
       {"success_ratio", "success_trials_count", "failed_count"}},
      {"a sample that is worth more than it is",
       {{"latency_p99_upper_effective_samples_count", 1e7}},
       "latency_p99_us",
       {"latency_p99_upper_effective_samples_count", "samples_count"}},
      {"a bound that so few samples cannot have",
       {{"latency_p99_upper_effective_samples_count", 9}},
       "latency_p99_us",
       {"latency_p99_upper_us", "samples_count"}},
  };
}

inline nlohmann::json Contradicting(const Contradiction& contradiction) {
  nlohmann::json document = DocumentOf(Recorded("bench_workflow.json"));
  document["benchmarks"][contradiction.row].update(contradiction.change);
  return document;
}

// An objective that every value keeps.
inline Thresholds WideOn(const nlohmann::json& row, const std::string& metric) {
  Objective objective = ObjectiveOn(row["name"].get<std::string>(), metric, 1, 1);
  objective.min.reset();
  objective.max->value = 1e12;
  objective.point = true;
  return {.file = "generated.json", .objectives = {objective}};
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_PROPERTIES_CONTRADICTORY_ROWS_TESTING_H_
