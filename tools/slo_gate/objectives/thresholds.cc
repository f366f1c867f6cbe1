#include "tools/slo_gate/objectives/thresholds.h"

#include <array>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/json/number_texts.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/text/duration.h"
#include "tools/lib/text/nearest_name.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/objectives/limit_text.h"

namespace slo::tools {
namespace {

using nlohmann::json;

constexpr std::array<absl::string_view, 7> kFileKeys = {
    "$schema",    "confidence", "description", "longest_disturbance",
    "objectives", "points",     "version"};
constexpr std::array<absl::string_view, 3> kDisturbanceKeys = {"duration", "requests", "why"};
constexpr std::array<absl::string_view, 13> kObjectiveKeys = {
    "benchmark", "excuses",  "id",     "max",       "metric", "min", "point",
    "rows",      "severity", "source", "statistic", "unit",   "why"};

absl::StatusOr<TypedLimit> LimitOf(const json& value, const MetricDeclaration& declaration,
                                   bool is_max) {
  if (value.is_number()) return ParseLimit(declaration, value.dump(), is_max);
  if (!value.is_string()) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a number or a duration, found ", value.dump()));
  }
  const auto text = value.get<std::string>();
  double number = 0;
  if (absl::SimpleAtod(text, &number) && !declaration.is_time()) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a number without quotes, found \"", text, "\""));
  }
  return ParseLimit(declaration, text, is_max);
}

// The limit `key` of the objective; what it says about the metric goes into the objective.
std::optional<Limit> ReadLimit(const json& source, const std::string& where, const char* key,
                               const MetricDeclaration& declaration, Objective& objective,
                               ProblemList& problems) {
  const auto found = source.find(key);
  if (found == source.end()) return std::nullopt;
  const absl::StatusOr<TypedLimit> limit =
      LimitOf(*found, declaration, absl::string_view(key) == "max");
  if (!limit.ok()) {
    problems.Add(absl::StrCat(where, ".", key, ": ", limit.status().message()));
    return std::nullopt;
  }
  if (limit->type.has_value()) objective.type = limit->type;
  return limit->limit;
}

void ReadLimits(const json& source, const std::string& where, Objective& objective,
                ProblemList& problems) {
  objective.unit = OptionalText(source, where, "unit", "", problems);
  const absl::StatusOr<MetricDeclaration> declaration = Declare(objective.metric, objective.unit);
  if (!declaration.ok()) {
    problems.Add(absl::StrCat(where, ".unit: ", declaration.status().message()));
    return;
  }
  objective.type = declaration->type;
  objective.max = ReadLimit(source, where, "max", *declaration, objective, problems);
  objective.min = ReadLimit(source, where, "min", *declaration, objective, problems);
}

bool ReadSwitch(const json& source, const std::string& where, const char* key,
                ProblemList& problems) {
  const auto found = source.find(key);
  if (found == source.end()) return false;
  if (found->is_boolean()) return found->get<bool>();
  problems.Add(absl::StrCat(where, ".", key, ": expected true or false, found ", found->dump()));
  return false;
}

Statistic ReadStatistic(const json& source, const std::string& where, ProblemList& problems) {
  const std::string text = OptionalText(source, where, "statistic", "", problems);
  if (text.empty() || text == "each") return {};
  if (text == "median") return {.kind = Statistic::Kind::kMedian, .quantile = 0.5, .text = text};
  if (text == "mean") return {.kind = Statistic::Kind::kMean, .text = text};
  const std::optional<double> quantile =
      text.find('_') == std::string::npos ? QuantileOf(text) : std::nullopt;
  if (quantile.has_value()) {
    return {.kind = Statistic::Kind::kQuantile, .quantile = *quantile, .text = text};
  }
  problems.Add(absl::StrCat(where,
                            ".statistic: expected each, median, mean or a percentile such as p90, "
                            "found \"",
                            text, "\""));
  return {};
}

// From 1 to a million; `fallback` where it is absent.
int64_t ReadCount(const json& source, const std::string& where, const char* key, int64_t fallback,
                  ProblemList& problems) {
  constexpr int64_t kMost = 1'000'000;
  const auto found = source.find(key);
  if (found == source.end()) return fallback;
  if (found->is_number_integer() && *found >= 1 && *found <= kMost) {
    return found->get<int64_t>();
  }
  problems.Add(absl::StrCat(where, ".", key, ": expected a whole number from 1 to ", kMost,
                            ", found ", found->dump()));
  return fallback;
}

std::optional<DeclaredDisturbance> ReadDisturbance(const json& document, const std::string& file,
                                                   ProblemList& problems) {
  const auto found = document.find("longest_disturbance");
  if (found == document.end()) return std::nullopt;
  const std::string where = absl::StrCat(file, ": longest_disturbance");
  if (!found->is_object()) {
    problems.Add(absl::StrCat(where,
                              ": expected {\"duration\": \"2ms\", \"requests\": 4, \"why\": "
                              "\"...\"}, found ",
                              found->dump()));
    return std::nullopt;
  }
  CheckKeys(*found, where, kDisturbanceKeys, problems);
  DeclaredDisturbance declared = {
      .longest = {.requests = ReadCount(*found, where, "requests", 1, problems)},
      .duration_text = RequiredText(*found, where, "duration", problems),
      .why = RequiredText(*found, where, "why", problems)};
  const std::optional<double> seconds = ParseDurationIn(1, declared.duration_text);
  if (!seconds.has_value() && !declared.duration_text.empty()) {
    problems.Add(absl::StrCat(where, ".duration: expected a duration such as \"2ms\", found \"",
                              declared.duration_text, "\""));
  }
  declared.longest.seconds = seconds.value_or(0);
  return declared;
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
  if (!objective.metric.empty()) ReadLimits(source, where, objective, problems);
  objective.statistic = ReadStatistic(source, where, problems);
  objective.rows = ReadCount(source, where, "rows", 0, problems);
  objective.point = ReadSwitch(source, where, "point", problems);
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
    const absl::StatusOr<TypedLimit> parsed =
        ParseLimit({.metric = objective.metric, .type = objective.type},
                   request.text.substr(equals + 1), objective.max.has_value());
    if (!parsed.ok()) return problem(parsed.status().message());
    const std::string original =
        objective.overridden.has_value() ? objective.overridden->original_text : limit->text;
    objective.overridden = LimitOverride{.original_text = original, .source = request.source};
    limit = parsed->limit;
    objective.type = parsed->type;
    return absl::OkStatus();
  }
  return problem(absl::StrCat("no objective has that id", DidYouMean(id, ids),
                              " objectives there: ", absl::StrJoin(ids, ", ")));
}

// Limits are shown as they were written.
void SetTexts(const std::map<std::string, std::string>& texts, Thresholds& thresholds) {
  for (size_t i = 0; i < thresholds.objectives.size(); ++i) {
    Objective& objective = thresholds.objectives[i];
    for (auto& [key, limit] : {std::pair("max", &objective.max), {"min", &objective.min}}) {
      const auto found = texts.find(absl::StrCat("/objectives/", i, "/", key));
      if (limit->has_value() && found != texts.end()) (*limit)->text = found->second;
    }
  }
}

}  // namespace

absl::StatusOr<Thresholds> ParseThresholds(absl::string_view file, absl::string_view text) {
  const absl::StatusOr<json> document = ParseJsonText(file, text);
  if (!document.ok()) return document.status();
  absl::StatusOr<Thresholds> thresholds = ThresholdsOf(file, *document);
  if (thresholds.ok()) SetTexts(NumberTexts(text), *thresholds);
  return thresholds;
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
  thresholds.points = ReadSwitch(document, thresholds.file, "points", problems);
  thresholds.longest_disturbance = ReadDisturbance(document, thresholds.file, problems);
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
