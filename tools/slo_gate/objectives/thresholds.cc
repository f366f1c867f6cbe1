#include "tools/slo_gate/objectives/thresholds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/text/nearest_name.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

constexpr std::array<absl::string_view, 5> kFileKeys = {"$schema", "confidence", "description",
                                                        "objectives", "version"};
constexpr std::array<absl::string_view, 9> kObjectiveKeys = {
    "benchmark", "excuses", "id", "max", "metric", "min", "severity", "why", "source"};

std::optional<Limit> ReadLimit(const json& object, const std::string& where, const char* key,
                               const std::string& metric, ProblemList& problems) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  const bool is_time = KindOf(metric) == MetricKind::kTime;
  if (is_time ? !found->is_string() : !found->is_number()) {
    problems.Add(absl::StrCat(
        where, ".", key, ": ", metric, " is limited by ",
        is_time ? "a duration with its unit, for example \"250ms\"" : "a number without a unit",
        ", found ", found->dump()));
    return std::nullopt;
  }
  const absl::StatusOr<Limit> limit = ParseLimit(
      metric, is_time ? found->get<std::string>() : found->dump(), absl::string_view(key) == "max");
  if (limit.ok()) return *limit;
  problems.Add(absl::StrCat(where, ".", key, ": ", limit.status().message()));
  return std::nullopt;
}

std::string ExclusionOf(const Objective& objective) {
  if (!objective.max.has_value() || !objective.min.has_value() ||
      objective.min->value <= objective.max->value) {
    return "";
  }
  return absl::StrCat("min ", objective.min->text, " and max ", objective.max->text,
                      " exclude each other");
}

std::vector<std::string> ReadExcuses(const json& source, const std::string& where,
                                     ProblemList& problems) {
  const auto found = source.find("excuses");
  if (found == source.end()) return {};
  std::vector<std::string> globs;
  const bool is_list = found->is_array() && !found->empty();
  if (is_list) {
    for (const json& glob : *found) {
      if (glob.is_string() && !glob.get<std::string>().empty()) globs.push_back(glob);
    }
  }
  if (is_list && globs.size() == found->size()) return globs;
  problems.Add(absl::StrCat(where,
                            ".excuses: expected a list of globs over metrics, for example "
                            "[\"*_us\"], found ",
                            found->dump()));
  return {};
}

Objective ReadObjective(const json& source, const std::string& where, ProblemList& problems) {
  CheckKeys(source, where, kObjectiveKeys, problems);
  Objective objective = {.id = RequiredText(source, where, "id", problems),
                         .benchmark = RequiredText(source, where, "benchmark", problems),
                         .metric = RequiredText(source, where, "metric", problems)};
  CheckId(objective.id, where, problems);
  if (!objective.metric.empty()) {
    objective.max = ReadLimit(source, where, "max", objective.metric, problems);
    objective.min = ReadLimit(source, where, "min", objective.metric, problems);
  }
  objective.why = RequiredText(source, where, "why", problems);
  objective.source = RequiredText(source, where, "source", problems);
  objective.severity = ReadSeverity(source, where, problems);
  objective.excuses = ReadExcuses(source, where, problems);
  if (!source.contains("max") && !source.contains("min")) {
    problems.Add(absl::StrCat(where, ": expected \"max\" or \"min\", found neither"));
  }
  const std::string exclusion = ExclusionOf(objective);
  if (!exclusion.empty()) problems.Add(absl::StrCat(where, ": ", exclusion));
  return objective;
}

absl::StatusOr<Limit> DurationLimit(absl::string_view metric, absl::string_view text) {
  absl::Duration duration;
  if (!absl::ParseDuration(text, &duration) || duration <= absl::ZeroDuration() ||
      duration == absl::InfiniteDuration()) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a duration above zero with its unit (ns, us, ms, s), for example "
                     "\"250ms\", found \"",
                     text, "\""));
  }
  return Limit{.value = InUnitOf(metric, absl::ToDoubleSeconds(duration)),
               .text = std::string(text)};
}

absl::Status ApplyOverride(const OverrideRequest& request, Thresholds& thresholds) {
  const auto problem = [&](absl::string_view what) {
    return absl::InvalidArgumentError(
        absl::StrCat(request.source, " \"", request.text, "\": ", what));
  };
  const size_t equals = request.text.find('=');
  if (equals == std::string::npos) return problem("expected ID=LIMIT");
  const std::string id = request.text.substr(0, equals);
  std::vector<absl::string_view> ids;
  for (Objective& objective : thresholds.objectives) {
    ids.push_back(objective.id);
    if (objective.id != id) continue;
    if (objective.max.has_value() && objective.min.has_value()) {
      return problem("the objective has both max and min; change the thresholds file");
    }
    std::optional<Limit>& limit = objective.max.has_value() ? objective.max : objective.min;
    const absl::StatusOr<Limit> parsed =
        ParseLimit(objective.metric, request.text.substr(equals + 1), objective.max.has_value());
    if (!parsed.ok()) return problem(parsed.status().message());
    const std::string original =
        objective.overridden.has_value() ? objective.overridden->original_text : limit->text;
    objective.overridden = LimitOverride{.original_text = original, .source = request.source};
    limit = *parsed;
    return absl::OkStatus();
  }
  return problem(absl::StrCat("no objective has that id", DidYouMean(id, ids),
                              " objectives there: ", absl::StrJoin(ids, ", ")));
}

}  // namespace

absl::StatusOr<Limit> ParseLimit(absl::string_view metric, absl::string_view limit, bool is_max) {
  if (KindOf(metric) == MetricKind::kTime) return DurationLimit(metric, limit);
  double value = 0;
  if (!absl::SimpleAtod(limit, &value) || !std::isfinite(value) || value < 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a number from zero on without a unit, found \"", limit, "\""));
  }
  const bool is_ratio = KindOf(metric) == MetricKind::kRatio;
  if (is_ratio && value > 1) {
    return absl::InvalidArgumentError(absl::StrCat("expected a ratio from 0 to 1, found ", limit));
  }
  if ((!is_max && value == 0) || (is_max && is_ratio && value == 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat(is_max ? "max " : "min ", limit, " is a limit that nothing can violate"));
  }
  return Limit{.value = value, .text = std::string(limit)};
}

absl::StatusOr<Thresholds> ParseThresholds(absl::string_view file, absl::string_view text) {
  const absl::StatusOr<json> document = ParseJsonText(file, text);
  if (!document.ok()) return document.status();
  return ThresholdsOf(file, *document);
}

absl::StatusOr<Thresholds> ThresholdsOf(absl::string_view file, const json& document) {
  if (!document.is_object()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ": expected {\"version\": 1, \"objectives\": [...]}"));
  }
  ProblemList problems;
  CheckKeys(document, std::string(file), kFileKeys, problems);
  CheckVersion(document, std::string(file), problems);
  Thresholds thresholds = {.file = std::string(file)};
  thresholds.confidence =
      ReadConfidence(document, thresholds.file, "confidence", thresholds.confidence, problems);
  const auto objectives = document.find("objectives");
  if (objectives == document.end() || !objectives->is_array() || objectives->empty()) {
    problems.Add(absl::StrCat(file, ": objectives: expected a list of at least one objective"));
    return problems.ToStatus();
  }
  std::set<std::string> ids;
  for (size_t i = 0; i < objectives->size(); ++i) {
    const std::string where = absl::StrCat(file, ": objectives[", i, "]");
    if (!(*objectives)[i].is_object()) {
      problems.Add(absl::StrCat(where, ": expected an object"));
      continue;
    }
    Objective objective = ReadObjective((*objectives)[i], where, problems);
    if (!objective.id.empty() && !ids.insert(objective.id).second) {
      problems.Add(absl::StrCat(where, ".id: \"", objective.id, "\" is there more than once"));
    }
    thresholds.objectives.push_back(std::move(objective));
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return thresholds;
}

absl::Status ApplyOverrides(const std::vector<OverrideRequest>& requests, Thresholds& thresholds) {
  ProblemList problems;
  for (const OverrideRequest& request : requests) problems.Add(ApplyOverride(request, thresholds));
  return problems.ToStatus();
}

}  // namespace slo::tools
