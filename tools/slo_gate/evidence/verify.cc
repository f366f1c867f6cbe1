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
#include "tools/slo_gate/objectives/applied_thresholds.h"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/render/explanation_json.h"
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

// The files of `list`, each turned into what it holds by `parse`.
template <typename T, typename Parse>
std::vector<T> FilesOf(const json* list, const Parse& parse, ProblemList& problems) {
  std::vector<T> files;
  if (list == nullptr || !list->is_array()) return files;
  for (const json& entry : *list) problems.Take(parse(TextOf(entry, "file"), entry), files);
  return files;
}

// What the evidence holds of a file.
absl::StatusOr<const json*> DocumentOf(const std::string& file, const json& entry,
                                       const char* key = "document") {
  const json* document = Find(entry, key);
  if (document != nullptr) return document;
  return absl::InvalidArgumentError(
      absl::StrCat(file, ": expected the content of the file as \"", key, "\", found nothing"));
}

absl::StatusOr<PairsFile> PairsOf(const std::string& file, const json& entry) {
  const absl::StatusOr<const json*> document = DocumentOf(file, entry);
  if (!document.ok()) return document.status();
  return PairsFileOf(file, **document);
}

absl::StatusOr<TraceFile> TraceOf(const std::string& file, const json& entry) {
  const absl::StatusOr<const json*> document = DocumentOf(file, entry);
  if (!document.ok()) return document.status();
  return TraceFileOf(file, **document);
}

absl::StatusOr<RegressionLimits> LimitsOf(const json& thresholds) {
  const std::string file = TextOf(thresholds, "file");
  const absl::StatusOr<const json*> document = DocumentOf(file, thresholds, "limits");
  if (!document.ok()) return document.status();
  return RegressionLimitsOf(file, **document);
}

// A comparison of two builds, made anew.
absl::StatusOr<Verdict> RecomputeRegression(const json& evidence, const JudgeOptions& options,
                                            ProblemList& problems) {
  const json& thresholds = *Find(evidence, "thresholds");
  absl::StatusOr<RegressionLimits> limits = LimitsOf(thresholds);
  problems.Add(limits.status());
  auto pairs = FilesOf<PairsFile>(Find(evidence, "pairs"), PairsOf, problems);
  auto baselines = FilesOf<Report>(Find(evidence, "baseline"), ReportOf, problems);
  auto reports = FilesOf<Report>(Find(evidence, "results"), ReportOf, problems);
  if (pairs.empty() && reports.empty()) problems.Add(std::string("nothing that was judged"));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  const std::string limits_text = thresholds.at("limits").dump();
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
  const absl::StatusOr<Thresholds> parsed = AppliedThresholdsOf(*thresholds);
  problems.Add(parsed.status());
  std::vector<Report> reports = FilesOf<Report>(results, ReportOf, problems);
  if (reports.empty()) problems.Add(std::string("results: expected at least one"));
  if (!reports.empty()) problems.Add(CheckFilesAgree(reports));
  auto traces = FilesOf<TraceFile>(Find(evidence, "traces"), TraceOf, problems);
  const absl::Status status = problems.ToStatus(file);
  if (!status.ok()) return status;
  Verdict verdict = Judge(std::move(reports), *parsed, options);
  verdict.traces = std::move(traces);
  return verdict;
}

std::string Shown(const json* value) {
  constexpr size_t kMaxLength = 200;
  if (value == nullptr) return "nothing";
  std::string text = value->dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() > kMaxLength) text = absl::StrCat(text.substr(0, kMaxLength), "...");
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
  absl::StatusOr<Verdict> verdict = Recompute(file, *evidence);
  if (!verdict.ok()) return verdict.status();
  // Explanations are taken as they were measured: they decide nothing.
  if (const json* explanations = Find(*evidence, "explanations"); explanations != nullptr) {
    absl::StatusOr<std::vector<Explanation>> read = ExplanationsOf(*explanations);
    if (!read.ok()) return read.status();
    verdict->explanations = *std::move(read);
  }
  const absl::StatusOr<json> recomputed = ParseJsonText("recomputed", RenderJson(*verdict));
  if (!recomputed.ok()) return recomputed.status();
  Verification verification = {.overall_status = std::string(Name(verdict->summary.overall_status)),
                               .checks = verdict->summary.checks_total};
  Compare(&*recomputed, &*evidence, "", verification.differences);
  return verification;
}

}  // namespace slo::tools
