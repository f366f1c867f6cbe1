#include "tools/slo_gate/render/json_details.h"

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

absl::string_view Name(Needed::Kind kind) {
  switch (kind) {
    case Needed::Kind::kSamplesWithinLimit:
      return "samples_within_limit";
    case Needed::Kind::kSamplesIfKept:
      return "samples_if_all_further_keep_it";
    case Needed::Kind::kTrials:
      return "trials_without_a_further_miss";
    case Needed::Kind::kRows:
      return "repetitions_or_processes";
    case Needed::Kind::kNoNumber:
      break;
  }
  return "no_number";
}

absl::string_view Name(Method method) {
  switch (method) {
    case Method::kPairs:
      return "pairs";
    case Method::kProcesses:
      return "processes";
    case Method::kExact:
      return "exact";
    case Method::kContext:
      break;
  }
  return "context";
}

absl::string_view Name(Control control) {
  switch (control) {
    case Control::kQuiet:
      return "quiet";
    case Control::kSlowed:
      return "slowed";
    case Control::kNone:
      break;
  }
  return "none";
}

absl::string_view Name(Absent absent) {
  switch (absent) {
    case Absent::kBenchmark:
      return "benchmark";
    case Absent::kMetric:
      return "metric";
    case Absent::kRecording:
      return "recording";
    case Absent::kMatch:
      return "match";
    case Absent::kMatchWithMetric:
      return "match_with_metric";
    case Absent::kControl:
      return "control";
    case Absent::kNothing:
      break;
  }
  return "nothing";
}

absl::string_view Name(BuildSide side) { return side == BuildSide::kBase ? "base" : "candidate"; }

absl::string_view Name(Doubt doubt) {
  switch (doubt) {
    case Doubt::kControlFailed:
      return "control_failed";
    case Doubt::kSerialDependence:
      return "serial_dependence";
    case Doubt::kGateDefective:
      break;
  }
  return "gate_defective";
}

void AddText(const char* key, absl::string_view text, ordered_json& json) {
  if (!text.empty()) json[key] = std::string(text);
}

template <typename T>
void AddNumber(const char* key, const std::optional<T>& value, ordered_json& json) {
  if (value.has_value()) json[key] = *value;
}

ordered_json DisturbanceJson(const LongestDisturbance& disturbance) {
  return {{"seconds", disturbance.seconds}, {"requests", disturbance.requests}};
}

ordered_json ProcessesJson(const ProcessSpread& spread) {
  ordered_json json = {{"count", spread.count}};
  if (spread.expected > 1) json["expected"] = spread.expected;
  if (spread.count < 2) return json;
  json["smallest"] = spread.smallest;
  json["largest"] = spread.largest;
  AddNumber("bound_between", spread.bound_between, json);
  AddNumber("bound_within", spread.bound_within, json);
  return json;
}

ordered_json DefectJson(const Defect& defect) {
  ordered_json json = {{"reason_code", std::string(Name(defect.reason))}};
  if (defect.absent != Absent::kNothing) json["absent"] = std::string(Name(defect.absent));
  if (defect.absent == Absent::kBenchmark || defect.absent == Absent::kMetric ||
      defect.pair.has_value()) {
    json["side"] = std::string(Name(defect.side));
  }
  AddText("metric", defect.metric, json);
  AddText("message", defect.message, json);
  AddNumber("pair", defect.pair, json);
  AddNumber("value", defect.value, json);
  AddText("base_unit", defect.base_unit, json);
  AddText("candidate_unit", defect.candidate_unit, json);
  if (defect.reason == Reason::kRepetitionsMissing) {
    json["expected"] = defect.expected;
    json["found"] = defect.found;
  }
  return json;
}

}  // namespace

ordered_json ObjectiveDetailJson(const ObjectiveDetail& detail) {
  ordered_json json = ordered_json::object();
  AddNumber("required_confidence", detail.required_confidence, json);
  AddNumber("misses", detail.misses, json);
  if (detail.needed.has_value()) {
    json["needed"] = {{"kind", std::string(Name(detail.needed->kind))},
                      {"count", detail.needed->count}};
  }
  AddNumber("not_excluded", detail.not_excluded, json);
  if (detail.declared.has_value()) {
    json["declared_disturbance"] = DisturbanceJson(*detail.declared);
    json["allowed_disturbance"] = DisturbanceJson(detail.allowed);
  }
  if (detail.processes.has_value()) json["processes"] = ProcessesJson(*detail.processes);
  if (detail.lacks_bound) json["lacks_bound"] = true;
  if (detail.disturbed_by.has_value()) {
    json["disturbed_by"] = {{"id", detail.disturbed_by->id},
                            {"metric", detail.disturbed_by->metric},
                            {"value", detail.disturbed_by->value},
                            {"limit", detail.disturbed_by->limit_text}};
  }
  AddText("message", detail.message, json);
  if (!detail.fields.empty()) json["fields"] = detail.fields;
  if (detail.expected > 0) {
    json["expected"] = detail.expected;
    json["found"] = detail.found;
  }
  if (!detail.failures.empty()) {
    ordered_json failures = ordered_json::object();
    for (const auto& [name, value] : detail.failures) failures[name] = value;
    json["failures"] = std::move(failures);
  }
  AddText("label", detail.label, json);
  return json;
}

ordered_json ChangeJson(const ComparisonDetail& detail) {
  ordered_json json = {{"outcome", std::string(Name(detail.outcome))},
                       {"method", std::string(Name(detail.method))},
                       {"control", std::string(Name(detail.control))},
                       {"tolerance", detail.tolerance},
                       {"lower", OrNull(detail.lower)},
                       {"upper", OrNull(detail.upper)},
                       {"p_increase", OrNull(detail.p_increase)},
                       {"more_pairs_needed", OrNull(detail.more_pairs_needed)},
                       {"smallest_visible", OrNull(detail.smallest_visible)}};
  if (detail.defect.has_value()) json["defect"] = DefectJson(*detail.defect);
  if (detail.difference.has_value()) {
    json["difference"] = {{"key", detail.difference->key},
                          {"base", detail.difference->base},
                          {"candidate", detail.difference->candidate},
                          {"candidate_file", detail.difference->candidate_file}};
  }
  if (detail.is_deterministic) json["deterministic"] = true;
  if (detail.has_repetitions) json["repetitions"] = true;
  AddNumber("base_value", detail.base_value, json);
  AddNumber("candidate_value", detail.candidate_value, json);
  AddText("waiver_reason", detail.waiver_reason, json);
  AddText("planted_by", detail.planted_by, json);
  AddNumber("planted_change", detail.planted_change, json);
  AddText("toolchain", detail.toolchain, json);
  if (!detail.debug_sides.empty()) {
    ordered_json sides = ordered_json::array();
    for (const BuildSide side : detail.debug_sides) sides.push_back(std::string(Name(side)));
    json["debug_sides"] = std::move(sides);
  }
  if (detail.doubt.has_value()) json["doubt"] = std::string(Name(*detail.doubt));
  return json;
}

}  // namespace slo::tools
