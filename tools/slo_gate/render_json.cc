#include <cmath>

#include "nlohmann/json.hpp"
#include "tools/slo_gate/render.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

template <typename T>
ordered_json OrNull(const std::optional<T>& value) {
  return value.has_value() ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json ThresholdOf(const Check& check) {
  ordered_json threshold = {{"value", check.threshold.value}, {"text", check.threshold.text}};
  if (check.overridden.has_value()) {
    threshold["overridden_by"] = check.overridden->source;
    threshold["original_text"] = check.overridden->original_text;
  }
  return threshold;
}

ordered_json CheckJson(const Check& check) {
  return {{"id", check.id},
          {"metric", check.metric},
          {"operator", check.kind == LimitKind::kMax ? "<=" : ">="},
          {"threshold", ThresholdOf(check)},
          {"actual", OrNull(check.actual)},
          {"bound", OrNull(check.bound)},
          {"confidence", OrNull(check.confidence)},
          {"samples", OrNull(check.samples)},
          {"headroom", OrNull(check.headroom)},
          {"status", std::string(Name(check.status))},
          {"reason", check.reason},
          {"why", check.why}};
}

ordered_json ScenarioJson(const Scenario& scenario) {
  ordered_json checks = ordered_json::array();
  for (const Check& check : scenario.checks) checks.push_back(CheckJson(check));
  ordered_json metrics = ordered_json::object();
  for (const auto& [name, value] : scenario.metrics) metrics[name] = value;
  return {{"name", scenario.name},
          {"status", std::string(Name(scenario.status))},
          {"checks", std::move(checks)},
          {"metrics", std::move(metrics)}};
}

ordered_json SummaryJson(const Summary& summary) {
  return {{"overall_status", std::string(Name(summary.overall_status))},
          {"scenarios_count", summary.scenarios_count},
          {"checks_total", summary.checks_total},
          {"checks_passed", summary.checks_passed},
          {"checks_failed", summary.checks_failed},
          {"checks_insufficient", summary.checks_insufficient},
          {"checks_invalid", summary.checks_invalid},
          {"family_confidence", OrNull(summary.family_confidence)}};
}

}  // namespace

std::string RenderJson(const Verdict& verdict) {
  ordered_json provenance = verdict.provenance;
  provenance["result_files"] = verdict.result_files;
  provenance["allow_insufficient"] = verdict.allow_insufficient;
  ordered_json scenarios = ordered_json::array();
  for (const Scenario& scenario : verdict.scenarios) scenarios.push_back(ScenarioJson(scenario));
  const ordered_json document = {{"schema_version", 1},
                                 {"generated_at_utc", verdict.generated_at_utc},
                                 {"provenance", std::move(provenance)},
                                 {"thresholds", verdict.thresholds.file},
                                 {"summary", SummaryJson(verdict.summary)},
                                 {"notes", verdict.notes},
                                 {"scenarios", std::move(scenarios)}};
  // Names and labels are somebody else's text: invalid UTF-8 must not cost the evidence.
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace slo::tools
