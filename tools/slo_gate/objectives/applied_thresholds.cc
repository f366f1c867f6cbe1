#include "tools/slo_gate/objectives/applied_thresholds.h"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_keys.h"
#include "tools/slo_gate/objectives/thresholds.h"

namespace slo::tools {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json LimitJson(const std::optional<Limit>& limit) {
  return limit.has_value() ? ordered_json(limit->text) : ordered_json(nullptr);
}

ordered_json ObjectiveJson(const Objective& objective) {
  ordered_json overridden = nullptr;
  if (objective.overridden.has_value()) {
    overridden = {{"original_text", objective.overridden->original_text},
                  {"source", objective.overridden->source}};
  }
  ordered_json entry = {{"id", objective.id},
                        {"benchmark", objective.benchmark},
                        {"metric", objective.metric},
                        {"max", LimitJson(objective.max)},
                        {"min", LimitJson(objective.min)},
                        {"why", objective.why},
                        {"source", objective.source},
                        {"overridden", std::move(overridden)}};
  if (!objective.unit.empty()) entry["unit"] = objective.unit;
  if (!objective.statistic.is_each()) entry["statistic"] = objective.statistic.text;
  if (objective.rows > 0) entry["rows"] = objective.rows;
  if (objective.point) entry["point"] = true;
  if (objective.severity != Severity::kFail) {
    entry["severity"] = std::string(Name(objective.severity));
  }
  if (objective.is_about_the_machine()) entry["excuses"] = objective.excuses;
  return entry;
}

// The number that the text is; the text itself when it is none: a duration, or nothing valid.
json NumberIn(const std::string& text) {
  json number = json::parse(text, nullptr, false);
  if (number.is_number()) return number;
  double value = 0;  // an override need not be a number of JSON: "+1", ".5"
  if (absl::SimpleAtod(text, &value) && std::isfinite(value)) return value;
  return text;
}

// The limit as a thresholds file would have it.
void MakeLimitOfFile(const char* key, json& objective) {
  const auto limit = objective.find(key);
  if (limit == objective.end()) return;
  if (limit->is_null()) {
    objective.erase(key);
  } else if (limit->is_string()) {
    *limit = NumberIn(limit->get<std::string>());
  }
}

json FileOf(json applied) {
  applied.erase("file");
  applied["version"] = 1;
  const auto objectives = applied.find("objectives");
  if (objectives == applied.end() || !objectives->is_array()) return applied;
  for (json& objective : *objectives) {
    if (!objective.is_object()) continue;
    objective.erase("overridden");
    MakeLimitOfFile("max", objective);
    MakeLimitOfFile("min", objective);
  }
  return applied;
}

void TakeText(const json& source, const char* key, std::optional<Limit>& limit) {
  const std::string text = TextMember(source, key);
  if (limit.has_value() && !text.empty()) limit->text = text;
}

// What only evidence has: how the limits were written, and by what they were overridden.
void AddApplied(const json& source, Objective& objective) {
  TakeText(source, "max", objective.max);
  TakeText(source, "min", objective.min);
  const auto overridden = source.find("overridden");
  if (overridden == source.end() || !overridden->is_object()) return;
  objective.overridden = LimitOverride{.original_text = TextMember(*overridden, "original_text"),
                                       .source = TextMember(*overridden, "source")};
}

}  // namespace

ordered_json AppliedThresholdsJson(const Thresholds& thresholds) {
  ordered_json objectives = ordered_json::array();
  for (const Objective& objective : thresholds.objectives) {
    objectives.push_back(ObjectiveJson(objective));
  }
  ordered_json applied = {{"file", thresholds.file}, {"confidence", thresholds.confidence}};
  if (thresholds.points) applied["points"] = true;
  if (const auto& declared = thresholds.longest_disturbance; declared.has_value()) {
    applied["longest_disturbance"] = {{"duration", declared->duration_text},
                                      {"requests", declared->longest.requests},
                                      {"why", declared->why}};
  }
  applied["objectives"] = std::move(objectives);
  return applied;
}

absl::StatusOr<Thresholds> AppliedThresholdsOf(const json& applied) {
  constexpr absl::string_view kWhere = "thresholds";
  absl::StatusOr<Thresholds> thresholds =
      ThresholdsOf(kWhere, applied.is_object() ? FileOf(applied) : applied);
  if (!thresholds.ok()) return thresholds.status();
  thresholds->file = TextMember(applied, "file");
  const json& sources = applied.at("objectives");
  for (size_t i = 0; i < sources.size(); ++i) AddApplied(sources[i], thresholds->objectives[i]);
  return thresholds;
}

}  // namespace slo::tools
