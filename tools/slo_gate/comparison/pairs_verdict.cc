#include "tools/slo_gate/comparison/pairs_verdict.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/lib/results/build_type.h"
#include "tools/lib/results/provenance.h"
#include "tools/lib/text/glob.h"
#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/comparison/control_checks.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/comparison/run_self_test.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {
namespace {

std::string ContextValue(const Side& side, const std::string& key) {
  const auto found = side.context.find(key);
  return found != side.context.end() ? found->second : "";
}

// The sides that were debug builds.
std::vector<BuildSide> DebugSides(const PairsFile& file) {
  std::vector<BuildSide> sides;
  for (const auto& [side, name] :
       {std::pair(&file.base, BuildSide::kBase), {&file.candidate, BuildSide::kCandidate}}) {
    if (IsDebugBuild(ContextValue(*side, "slo_build_type"))) sides.push_back(name);
  }
  return sides;
}

// Whether a side does not say that it was an optimised build, although its program always does, or
// says nothing at all.
bool IsBuildUnknown(const PairsFile& file) {
  for (const Side* side : {&file.base, &file.candidate}) {
    if (!ContextValue(*side, "slo_build_type").empty()) continue;
    const Report of_side = {.context = side->context};
    if (side->context.empty() || of_side.origin() == Origin::kOurs) return true;
  }
  return false;
}

Check ChangeCheckOf(const JudgedChange& judged, const CheckContext& context) {
  Check check = ChangeCheck(judged, DebugSides(*judged.file), context);
  if (check.status < CheckStatus::kInsufficient && IsBuildUnknown(*judged.file)) {
    check.status = CheckStatus::kInsufficient;
    check.reason = Reason::kBuildUnknown;
  }
  return check;
}

// The names of all benchmarks that the binaries of the files have.
std::set<std::string> AllBenchmarks(const std::vector<PairsFile>& files) {
  std::set<std::string> names;
  for (const PairsFile& file : files) {
    names.insert(file.selected.begin(), file.selected.end());
    names.insert(file.not_selected.begin(), file.not_selected.end());
    for (const MeasuredPairs& measured : file.measured) names.insert(measured.benchmark);
  }
  return names;
}

bool MatchesAny(const std::string& glob, const std::set<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return GlobMatches(glob, name); });
}

// A tolerance for benchmarks that do not exist is a typing error, not silence.
void AddUnusedTolerances(const RegressionLimits& limits, const std::set<std::string>& names,
                         const CheckContext& context, ScenarioList& scenarios) {
  for (const Tolerance& tolerance : limits.tolerances) {
    if (tolerance.benchmark == "*" || MatchesAny(tolerance.benchmark, names)) continue;
    scenarios.Add(tolerance.benchmark, UnusedToleranceCheck(tolerance, context));
  }
}

std::vector<std::string> WaiverNotes(const RegressionLimits& limits,
                                     const std::set<std::string>& names, absl::CivilDay today) {
  std::vector<std::string> notes;
  for (const Waiver& waiver : limits.waivers) {
    const std::string head = absl::StrCat("the waiver for ", waiver.benchmark, " (", waiver.owner,
                                          ": ", waiver.reason, ") ");
    if (today > waiver.expires) {
      notes.push_back(absl::StrCat(head, "expired after ", absl::FormatCivilTime(waiver.expires),
                                   " and counts no more; remove it"));
    } else if (!MatchesAny(waiver.benchmark, names)) {
      notes.push_back(absl::StrCat(head, "matches no benchmark; remove it"));
    }
  }
  return notes;
}

std::vector<std::string> FileNotes(const PairsFile& file) {
  std::vector<std::string> notes;
  if (file.interrupted) {
    notes.push_back(absl::StrCat(file.file, ": the collection was interrupted by its user"));
  }
  for (const char* key : {"slo_compiler", "slo_compiler_flags", "slo_benchmark_version"}) {
    const std::string base = ContextValue(file.base, key);
    const std::string candidate = ContextValue(file.candidate, key);
    if (base == candidate) continue;
    notes.push_back(absl::StrCat(file.file, ": the builds differ in ", key, ": \"", base,
                                 "\" and \"", candidate,
                                 "\"; what this changes is part of what was measured"));
  }
  return notes;
}

// Both binaries, and how they were measured; from the first file, since all ran on this machine.
std::map<std::string, std::string> PairsProvenance(const std::vector<PairsFile>& files) {
  std::vector<Report> sides;
  for (const PairsFile& file : files) {
    sides.push_back({.file = file.file, .context = file.candidate.context});
  }
  std::map<std::string, std::string> provenance = ProvenanceOf(sides);
  std::vector<std::string> bases;
  std::vector<std::string> revisions;
  std::vector<std::string> candidates;
  for (const PairsFile& file : files) {
    bases.push_back(file.base.binary);
    candidates.push_back(file.candidate.binary);
    const std::string revision = ContextValue(file.base, "slo_git_revision");
    revisions.push_back(revision.empty() ? "not stated" : revision);
    for (const auto& [name, value] : file.collection) {
      std::string& entry = provenance[absl::StrCat("collection_", name)];
      if (entry != value) entry = entry.empty() ? value : absl::StrCat(entry, "; ", value);
    }
  }
  provenance["base_binary"] = absl::StrJoin(bases, "; ");
  provenance["base_git_revision"] = absl::StrJoin(revisions, "; ");
  provenance["candidate_binary"] = absl::StrJoin(candidates, "; ");
  return provenance;
}

}  // namespace

Verdict VerdictOnPairs(std::vector<PairsFile> files, RegressionLimits limits,
                       std::string limits_text, const JudgeOptions& options) {
  Verdict verdict = {.generated_at_utc = options.generated_at_utc,
                     .gate_version = options.gate_version,
                     .provenance = PairsProvenance(files),
                     .allow_insufficient = options.allow_insufficient};
  ComparisonFindings comparison = {.limits = std::move(limits),
                                   .limits_text = std::move(limits_text),
                                   .pairs = std::move(files)};
  const absl::CivilDay today = DayOf(options.generated_at_utc);
  const std::vector<JudgedChange> judged = JudgePairs(comparison.pairs, comparison.limits, today);
  comparison.self_test = RunSelfTest(comparison.pairs, comparison.limits, today, judged);

  CheckContext context = {.error = 1 - comparison.limits.confidence, .comparisons = judged.size()};
  if (comparison.self_test.is_defective()) context.doubt = Doubt::kGateDefective;
  ScenarioList scenarios;
  bool controls_hold = true;
  for (const PairsFile& file : comparison.pairs) {
    for (auto& [name, check] : ControlChecks(file, judged, context)) {
      controls_hold = controls_hold && check.status != CheckStatus::kInvalid;
      scenarios.Add(name, std::move(check));
    }
  }
  if (!context.doubt.has_value()) {
    if (!controls_hold) {
      context.doubt = Doubt::kControlFailed;
    } else if (comparison.self_test.is_serially_dependent()) {
      context.doubt = Doubt::kSerialDependence;
    }
  }
  for (const JudgedChange& one : judged) {
    if (one.comparison != Comparison::kChange) continue;
    scenarios.Add(one.benchmark, ChangeCheckOf(one, context));
  }
  const std::set<std::string> names = AllBenchmarks(comparison.pairs);
  AddUnusedTolerances(comparison.limits, names, context, scenarios);
  const bool has_change = std::any_of(judged.begin(), judged.end(), [](const JudgedChange& one) {
    return one.comparison == Comparison::kChange;
  });
  if (!has_change) {
    scenarios.Add(comparison.pairs.front().file, NothingComparedCheck(Method::kPairs));
  }
  verdict.scenarios = std::move(scenarios).Take();
  verdict.summary = Summarize(verdict.scenarios);
  verdict.coverage = CoverageOf(verdict.scenarios);
  if (comparison.self_test.is_defective()) {
    verdict.notes.emplace_back(
        "gate defective: a fault that was planted in the pairs did not show");
  }
  for (const PairsFile& file : comparison.pairs) {
    const std::vector<std::string> notes = FileNotes(file);
    verdict.notes.insert(verdict.notes.end(), notes.begin(), notes.end());
  }
  const std::vector<std::string> waivers = WaiverNotes(comparison.limits, names, today);
  verdict.notes.insert(verdict.notes.end(), waivers.begin(), waivers.end());
  if (options.allow_insufficient) {
    verdict.notes.emplace_back("--allow-insufficient: what the pairs cannot show does not fail");
  }
  verdict.findings = std::move(comparison);
  return verdict;
}

}  // namespace slo::tools
