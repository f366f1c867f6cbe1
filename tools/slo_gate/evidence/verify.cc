#include "tools/slo_gate/evidence/verify.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_text.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/comparison/baseline_verdict.h"
#include "tools/slo_gate/comparison/pairs_verdict.h"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/objectives/limit_text.h"
#include "tools/slo_gate/objectives/thresholds.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using nlohmann::json;

const json* Find(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found != object.end() ? &*found : nullptr;
}

std::string TextOf(const json& object, const char* key) {
  const json* value = Find(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

std::optional<Limit> LimitOf(const json& objective, const char* key, const std::string& where,
                             ProblemList& problems) {
  const std::string text = TextOf(objective, key);
  if (text.empty()) return std::nullopt;
  const auto declaration = Declare(TextOf(objective, "metric"), TextOf(objective, "unit"));
  const auto limit = declaration.ok()
                         ? ParseLimit(*declaration, text, absl::string_view(key) == "max")
                         : absl::StatusOr<TypedLimit>(declaration.status());
  if (limit.ok()) return limit->limit;
  problems.Add(absl::StrCat(where, ".", key, ": ", limit.status().message()));
  return std::nullopt;
}

Objective ObjectiveOf(const json& source, const std::string& where, ProblemList& problems) {
  Objective objective = {.id = TextOf(source, "id"),
                         .benchmark = TextOf(source, "benchmark"),
                         .metric = TextOf(source, "metric"),
                         .max = LimitOf(source, "max", where, problems),
                         .min = LimitOf(source, "min", where, problems),
                         .why = TextOf(source, "why"),
                         .source = TextOf(source, "source"),
                         .severity = ReadSeverity(source, where, problems)};
  if (const json* overridden = Find(source, "overridden");
      overridden != nullptr && overridden->is_object()) {
    objective.overridden = LimitOverride{.original_text = TextOf(*overridden, "original_text"),
                                         .source = TextOf(*overridden, "source")};
  }
  if (const json* excuses = Find(source, "excuses"); excuses != nullptr && excuses->is_array()) {
    for (const json& glob : *excuses) {
      if (glob.is_string()) objective.excuses.push_back(glob);
    }
  }
  return objective;
}

Thresholds ThresholdsOf(const json& source, ProblemList& problems) {
  Thresholds thresholds = {.file = TextOf(source, "file")};
  const json* confidence = Find(source, "confidence");
  if (confidence != nullptr && confidence->is_number() && confidence->get<double>() >= 0.5 &&
      confidence->get<double>() < 1) {
    thresholds.confidence = confidence->get<double>();
  } else {
    problems.Add(std::string("thresholds.confidence: expected a number from 0.5 to below 1"));
  }
  const json* objectives = Find(source, "objectives");
  if (objectives == nullptr || !objectives->is_array()) {
    problems.Add(std::string("thresholds.objectives: expected a list"));
    return thresholds;
  }
  for (size_t i = 0; i < objectives->size(); ++i) {
    thresholds.objectives.push_back(
        ObjectiveOf((*objectives)[i], absl::StrCat("thresholds.objectives[", i, "]"), problems));
  }
  return thresholds;
}

// The files of `list`, each turned into what it holds by `parse`.
template <typename T, typename Parse>
std::vector<T> FilesOf(const json* list, const Parse& parse, ProblemList& problems) {
  std::vector<T> files;
  if (list == nullptr || !list->is_array()) return files;
  for (const json& entry : *list) problems.Take(parse(TextOf(entry, "file"), entry), files);
  return files;
}

absl::StatusOr<PairsFile> PairsOf(const std::string& file, const json& entry) {
  const json* document = Find(entry, "document");
  return ParsePairsFile(file, document != nullptr ? document->dump() : "");
}

absl::StatusOr<TraceFile> TraceOf(const std::string& file, const json& entry) {
  const json* document = Find(entry, "document");
  return ParseTraceFile(file, document != nullptr ? document->dump() : "");
}

// A comparison of two builds, made anew.
absl::StatusOr<Verdict> RecomputeRegression(const json& evidence, const JudgeOptions& options,
                                            ProblemList& problems) {
  const json& thresholds = *Find(evidence, "thresholds");
  const json* document = Find(thresholds, "limits");
  const std::string limits_text = document != nullptr ? document->dump() : "";
  absl::StatusOr<RegressionLimits> limits =
      ParseRegressionLimits(TextOf(thresholds, "file"), limits_text);
  if (!limits.ok()) problems.Add(limits.status());
  auto pairs = FilesOf<PairsFile>(Find(evidence, "pairs"), PairsOf, problems);
  auto baselines = FilesOf<Report>(Find(evidence, "baseline"), ReportOf, problems);
  auto reports = FilesOf<Report>(Find(evidence, "results"), ReportOf, problems);
  if (pairs.empty() && reports.empty()) problems.Add(std::string("nothing that was judged"));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  if (!pairs.empty()) {
    return VerdictOnPairs(std::move(pairs), *std::move(limits), limits_text, options);
  }
  if (!baselines.empty()) {
    return VerdictOnBaseline(std::move(reports), std::move(baselines[0]), *std::move(limits),
                             limits_text, options);
  }
  const json* scenarios = Find(evidence, "scenarios");
  const bool is_named = scenarios != nullptr && scenarios->is_array() && !scenarios->empty();
  return VerdictWithoutBaseline(std::move(reports), is_named ? TextOf((*scenarios)[0], "name") : "",
                                *std::move(limits), limits_text, options);
}

// The evidence's verdict, made anew.
absl::StatusOr<Verdict> Recompute(absl::string_view file, const json& evidence) {
  ProblemList problems;
  const json* thresholds = Find(evidence, "thresholds");
  const json* results = Find(evidence, "results");
  const json* provenance = Find(evidence, "provenance");
  if (thresholds == nullptr || provenance == nullptr || results == nullptr ||
      !results->is_array()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file,
                     ": is no evidence; expected the JSON that slo_gate --evidence_dir or "
                     "--format=json writes, with thresholds, provenance and results"));
  }
  const json* allowed = Find(*provenance, "allow_insufficient");
  const JudgeOptions options = {.allow_insufficient = allowed != nullptr && *allowed == true,
                                .generated_at_utc = TextOf(evidence, "generated_at_utc"),
                                .gate_version = TextOf(*provenance, "gate_version")};
  if (Find(evidence, "pairs") != nullptr) return RecomputeRegression(evidence, options, problems);
  const Thresholds parsed = ThresholdsOf(*thresholds, problems);
  std::vector<Report> reports = FilesOf<Report>(results, ReportOf, problems);
  if (reports.empty()) problems.Add(std::string("results: expected at least one"));
  if (!reports.empty()) problems.Add(CheckShardsAgree(reports));
  auto traces = FilesOf<TraceFile>(Find(evidence, "traces"), TraceOf, problems);
  const absl::Status status = problems.ToStatus(file);
  if (!status.ok()) return status;
  Verdict verdict = Judge(std::move(reports), parsed, options);
  verdict.traces = std::move(traces);
  return verdict;
}

std::string Shown(const json* value) {
  constexpr size_t kLongest = 200;
  if (value == nullptr) return "nothing";
  std::string text = value->dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() > kLongest) text = absl::StrCat(text.substr(0, kLongest), "...");
  return text;
}

// An element by its number and, where it has one, its name: [3] ("BM_RunPath/steps:3").
std::string ElementPath(const std::string& path, size_t index, const json* element) {
  std::string name = element != nullptr ? TextOf(*element, "name") : "";
  if (name.empty() && element != nullptr) name = TextOf(*element, "id");
  return absl::StrCat(path, "[", index, "]", name.empty() ? "" : absl::StrCat(" (\"", name, "\")"));
}

void Compare(const json* expected, const json* found, const std::string& path,
             std::vector<std::string>& differences) {
  if (expected != nullptr && found != nullptr) {
    if (*expected == *found) return;
    if (expected->is_object() && found->is_object()) {
      for (const auto& [key, value] : expected->items()) {
        Compare(&value, Find(*found, key.c_str()), absl::StrCat(path, path.empty() ? "" : ".", key),
                differences);
      }
      for (const auto& [key, value] : found->items()) {
        if (expected->contains(key)) continue;
        Compare(nullptr, &value, absl::StrCat(path, path.empty() ? "" : ".", key), differences);
      }
      return;
    }
    if (expected->is_array() && found->is_array()) {
      for (size_t i = 0; i < std::max(expected->size(), found->size()); ++i) {
        const json* one = i < expected->size() ? &(*expected)[i] : nullptr;
        const json* other = i < found->size() ? &(*found)[i] : nullptr;
        Compare(one, other, ElementPath(path, i, other != nullptr ? other : one), differences);
      }
      return;
    }
  }
  differences.push_back(
      absl::StrCat(path, ": recomputed ", Shown(expected), ", found ", Shown(found)));
}

}  // namespace

absl::StatusOr<Verification> VerifyEvidence(absl::string_view file, absl::string_view text) {
  const absl::StatusOr<json> evidence = ParseJsonText(file, text);
  if (!evidence.ok()) return evidence.status();
  const absl::StatusOr<Verdict> verdict = Recompute(file, *evidence);
  if (!verdict.ok()) return verdict.status();
  const absl::StatusOr<json> recomputed = ParseJsonText("recomputed", RenderJson(*verdict));
  if (!recomputed.ok()) return recomputed.status();
  Verification verification = {.overall_status = std::string(Name(verdict->summary.overall_status)),
                               .checks = verdict->summary.checks_total};
  Compare(&*recomputed, &*evidence, "", verification.differences);
  return verification;
}

}  // namespace slo::tools
