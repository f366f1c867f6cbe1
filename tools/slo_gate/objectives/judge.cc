#include "tools/slo_gate/objectives/judge.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "tools/lib/results/build_type.h"
#include "tools/lib/results/provenance.h"
#include "tools/lib/text/glob.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/row_names.h"

namespace slo::tools {
namespace {

Check MakeCheck(const Objective& objective, LimitKind kind) {
  return {.id = objective.id,
          .metric = objective.metric,
          .kind = kind,
          .threshold = kind == LimitKind::kMax ? *objective.max : *objective.min,
          .overridden = objective.overridden,
          .why = objective.why};
}

std::vector<LimitKind> KindsOf(const Objective& objective) {
  std::vector<LimitKind> kinds;
  if (objective.max.has_value()) kinds.push_back(LimitKind::kMax);
  if (objective.min.has_value()) kinds.push_back(LimitKind::kMin);
  return kinds;
}

// The scenarios in the order in which they first appear.
class ScenarioList {
 public:
  // A check on a row; when another row of that name has been judged already, the worse one stays.
  void Add(Check check, const ReportRow& row) {
    Entry& entry = Get(row.name);
    std::vector<Check>& checks = entry.scenario.checks;
    if (std::all_of(checks.begin(), checks.end(),
                    [&](const Check& other) { return IsWorse(check, other); })) {
      entry.worst_row = &row;
    }
    const auto same = std::find_if(checks.begin(), checks.end(), [&](const Check& other) {
      return other.id == check.id && other.kind == check.kind;
    });
    check.rows = 1;
    if (same == checks.end()) {
      checks.push_back(std::move(check));
      return;
    }
    check.rows += same->rows;
    if (IsWorse(check, *same)) {
      *same = std::move(check);
    } else {
      same->rows = check.rows;
    }
  }

  // A check of an objective that has no row.
  void AddMissing(const std::string& glob, Check check) {
    Get(glob).scenario.checks.push_back(std::move(check));
  }

  std::vector<Scenario> Take() && {
    std::vector<Scenario> scenarios;
    scenarios.reserve(entries_.size());
    for (Entry& entry : entries_) {
      if (entry.worst_row != nullptr) entry.scenario.metrics = entry.worst_row->metrics;
      for (const Check& check : entry.scenario.checks) {
        entry.scenario.status = std::max(entry.scenario.status, check.status);
      }
      scenarios.push_back(std::move(entry.scenario));
    }
    return scenarios;
  }

 private:
  struct Entry {
    Scenario scenario;
    const ReportRow* worst_row = nullptr;
  };

  Entry& Get(const std::string& name) {
    const auto [found, is_new] = index_.try_emplace(name, entries_.size());
    if (is_new) {
      entries_.push_back({.scenario = {.name = name, .status = CheckStatus::kPass}});
    }
    return entries_[found->second];
  }

  absl::flat_hash_map<std::string, size_t> index_;
  std::vector<Entry> entries_;
};

// A row that an objective is about.
struct Match {
  const Objective* objective;
  const Report* report;
  const ReportRow* row;
};

std::vector<Match> MatchesOf(const Objective& objective, const std::vector<Report>& reports) {
  std::vector<Match> matches;
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) {
      if (!GlobMatches(objective.benchmark, row.name)) continue;
      matches.push_back({&objective, &report, &row});
    }
  }
  return matches;
}

// The environment guards that were violated, by row.
class Disturbances {
 public:
  void Add(const ReportRow& row, const Check& check, const Objective& guard) {
    by_row_[&row].push_back({&guard, Disturbance{.id = check.id,
                                                 .metric = check.metric,
                                                 .value = *check.actual,
                                                 .limit_text = check.threshold.text}});
  }

  // The first that excuses a failure of the metric; null: none does.
  const Disturbance* Excusing(const ReportRow& row, const std::string& metric) const {
    const auto found = by_row_.find(&row);
    if (found == by_row_.end()) return nullptr;
    for (const auto& [guard, disturbance] : found->second) {
      if (std::any_of(guard->excuses.begin(), guard->excuses.end(),
                      [&](const std::string& glob) { return GlobMatches(glob, metric); })) {
        return &disturbance;
      }
    }
    return nullptr;
  }

 private:
  absl::flat_hash_map<const ReportRow*, std::vector<std::pair<const Objective*, Disturbance>>>
      by_row_;
};

// The level that each check must reach, for all that carry a confidence to reach the family's
// together (Bonferroni). Rows of one name are one check: it passes only when all of them do.
double RequiredLevel(const std::vector<Match>& matches, double family_confidence) {
  absl::flat_hash_set<std::pair<const Objective*, absl::string_view>> counted;
  size_t checks = 0;
  for (const Match& match : matches) {
    const Levels levels = {.stated = match.report->confidence};
    if (!CarriesConfidence(*match.row, match.objective->metric, levels)) continue;
    if (!counted.emplace(match.objective, match.row->name).second) continue;
    checks += KindsOf(*match.objective).size();
  }
  return 1 - (1 - family_confidence) / static_cast<double>(std::max<size_t>(checks, 1));
}

void SetDecision(const Decision& decision, Check& check) {
  check.status = decision.status;
  check.reason = decision.reason;
}

// A row that says nothing about the machine is taken as it is. One that the machine kept from being
// measured as it should be is invalid.
void JudgeGuard(const Match& match, Disturbances& disturbances, ScenarioList& scenarios) {
  if (!match.row->Find(match.objective->metric).has_value()) return;
  for (const LimitKind kind : KindsOf(*match.objective)) {
    Check check = MakeCheck(*match.objective, kind);
    Decision decision = JudgeMetric(*match.row, {}, check);
    check.is_vacuous = false;  // a quiet machine is no reason for a tighter limit
    if (decision == kViolated) {
      decision = {CheckStatus::kInvalid, Reason::kMachine};
      disturbances.Add(*match.row, check, *match.objective);
    }
    SetDecision(decision, check);
    scenarios.Add(std::move(check), *match.row);
  }
}

// What the report, the machine and the objective's severity make of what the row says.
Decision InItsContext(const Decision& decision, const Match& match,
                      const Disturbances& disturbances, Check& check) {
  auto& detail = std::get<ObjectiveDetail>(check.detail);
  const std::string build_type = match.report->ContextValue("slo_build_type");
  if (IsDebugBuild(build_type)) {
    check.is_vacuous = false;
    detail.message = build_type;
    return {CheckStatus::kFail, Reason::kDebugBuild};
  }
  // A row that is missing or broken fails whatever the machine did and whatever the severity.
  if (decision != kViolated) return decision;
  // A failure that the machine excuses is no statement about what was measured.
  if (const Disturbance* disturbance = disturbances.Excusing(*match.row, check.metric);
      disturbance != nullptr) {
    detail.disturbed_by = *disturbance;
    return {CheckStatus::kInvalid, Reason::kMachine};
  }
  return match.objective->severity == Severity::kWarn
             ? Decision{CheckStatus::kWarn, Reason::kLimitViolated}
             : decision;
}

void JudgeMatch(const Match& match, double required_level, const Disturbances& disturbances,
                ScenarioList& scenarios) {
  const Levels levels = {.stated = match.report->confidence, .required = required_level};
  for (const LimitKind kind : KindsOf(*match.objective)) {
    Check check = MakeCheck(*match.objective, kind);
    const Decision decision = JudgeMetric(*match.row, levels, check);
    SetDecision(InItsContext(decision, match, disturbances, check), check);
    scenarios.Add(std::move(check), *match.row);
  }
}

// An objective without a row is a violation, never silence.
void AddMissing(const Objective& objective, const RowNames& names, ScenarioList& scenarios) {
  const auto no_match = std::make_shared<const NoMatch>(names.WhyNoneMatches(objective.benchmark));
  for (const LimitKind kind : KindsOf(objective)) {
    Check check = MakeCheck(objective, kind);
    std::get<ObjectiveDetail>(check.detail).no_match = no_match;
    SetDecision({CheckStatus::kFail, Reason::kNoRow}, check);
    scenarios.AddMissing(objective.benchmark, std::move(check));
  }
}

std::vector<Scenario> JudgeAll(const std::vector<Report>& reports, const Thresholds& thresholds) {
  std::vector<Match> matches;
  std::vector<const Objective*> missing;
  ScenarioList scenarios;
  Disturbances disturbances;
  for (const Objective& objective : thresholds.objectives) {
    const std::vector<Match> of_objective = MatchesOf(objective, reports);
    if (of_objective.empty()) missing.push_back(&objective);
    if (objective.is_about_the_machine()) {
      for (const Match& match : of_objective) JudgeGuard(match, disturbances, scenarios);
    } else {
      matches.insert(matches.end(), of_objective.begin(), of_objective.end());
    }
  }
  const double required_level = RequiredLevel(matches, thresholds.confidence);
  for (const Match& match : matches) {
    JudgeMatch(match, required_level, disturbances, scenarios);
  }
  if (!missing.empty()) {
    const RowNames names(reports);
    for (const Objective* objective : missing) AddMissing(*objective, names, scenarios);
  }
  return std::move(scenarios).Take();
}

}  // namespace

Verdict Judge(std::vector<Report> reports, const Thresholds& thresholds,
              const JudgeOptions& options) {
  Verdict verdict = {.generated_at_utc = options.generated_at_utc,
                     .gate_version = options.gate_version,
                     .provenance = ProvenanceOf(reports),
                     .allow_insufficient = options.allow_insufficient,
                     .scenarios = JudgeAll(reports, thresholds),
                     .notes = ProvenanceNotes(reports),
                     .findings = ObjectiveFindings{.thresholds = thresholds}};
  verdict.summary = Summarize(verdict.scenarios);
  verdict.coverage = CoverageOf(verdict.scenarios);
  verdict.results = std::move(reports);
  if (options.allow_insufficient) {
    verdict.notes.emplace_back("--allow-insufficient: what the sample cannot show does not fail");
  }
  return verdict;
}

}  // namespace slo::tools
