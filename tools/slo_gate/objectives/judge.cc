#include "tools/slo_gate/objectives/judge.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/results/build_type.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/results/provenance.h"
#include "tools/lib/results/row_names.h"
#include "tools/lib/text/glob.h"
#include "tools/slo_gate/objectives/judge_metric.h"

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

bool IsWorse(const Check& a, const Check& b) {
  if (a.status != b.status) return a.status > b.status;
  constexpr double kNone = std::numeric_limits<double>::infinity();
  return a.headroom.value_or(kNone) < b.headroom.value_or(kNone);
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
      for (Check& check : entry.scenario.checks) {
        entry.scenario.status = std::max(entry.scenario.status, check.status);
        if (check.rows > 1) {
          absl::StrAppend(&check.reason, "; the worst of ", check.rows, " rows of that name");
        }
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

void FailDebugBuild(const Report& report, Check& check) {
  check.status = CheckStatus::kFail;
  check.reason_code = Reason::kDebugBuild;
  check.is_vacuous = false;
  check.reason =
      absl::StrCat("measured on a debug build (slo_build_type is \"",
                   report.ContextValue("slo_build_type"), "\"); only an optimised build counts");
}

// A violated limit; a row that is missing or broken fails whatever the severity.
void OnlyWarn(const Objective& objective, Check& check) {
  if (objective.severity != Severity::kWarn || check.reason_code != Reason::kLimitViolated ||
      check.status != CheckStatus::kFail) {
    return;
  }
  check.status = CheckStatus::kWarn;
  absl::StrAppend(&check.reason, "; a warning only, by its severity");
}

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

// What kept a row from being measured as it should, by the objectives about the machine.
class Disturbances {
 public:
  void Add(const ReportRow& row, const Check& check, const Objective& objective) {
    by_row_[&row].push_back({&objective, absl::StrCat(check.id, ": ", check.metric, " ",
                                                      Pretty(check.metric, *check.actual),
                                                      ", limit ", check.threshold.text)});
  }

  // A failure that the machine excuses is no statement about what was measured.
  void Excuse(const ReportRow& row, Check& check) const {
    const auto found = by_row_.find(&row);
    if (found == by_row_.end() || check.status != CheckStatus::kFail || row.error.has_value()) {
      return;
    }
    for (const Disturbance& disturbance : found->second) {
      const std::vector<std::string>& globs = disturbance.objective->excuses;
      if (std::none_of(globs.begin(), globs.end(),
                       [&](const std::string& glob) { return GlobMatches(glob, check.metric); })) {
        continue;
      }
      check.status = CheckStatus::kInvalid;
      check.reason_code = Reason::kMachine;
      absl::StrAppend(&check.reason, "; but the machine was disturbed: ", disturbance.what);
      return;
    }
  }

 private:
  struct Disturbance {
    const Objective* objective;
    std::string what;
  };

  absl::flat_hash_map<const ReportRow*, std::vector<Disturbance>> by_row_;
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

// A row that says nothing about the machine is taken as it is.
void JudgeMachine(const Match& match, Disturbances& disturbances, ScenarioList& scenarios) {
  if (!match.row->Find(match.objective->metric).has_value()) return;
  for (const LimitKind kind : KindsOf(*match.objective)) {
    Check check = MakeCheck(*match.objective, kind);
    JudgeMetric(*match.row, {}, check);
    check.is_vacuous = false;  // a quiet machine is no reason for a tighter limit
    if (check.status == CheckStatus::kFail && !match.row->error.has_value()) {
      check.status = CheckStatus::kInvalid;
      check.reason_code = Reason::kMachine;
      absl::StrAppend(&check.reason, "; the machine kept the row from being measured as it should");
      disturbances.Add(*match.row, check, *match.objective);
    }
    scenarios.Add(std::move(check), *match.row);
  }
}

void JudgeMatch(const Match& match, double required_level, const Disturbances& disturbances,
                ScenarioList& scenarios) {
  const Levels levels = {.stated = match.report->confidence, .required = required_level};
  for (const LimitKind kind : KindsOf(*match.objective)) {
    Check check = MakeCheck(*match.objective, kind);
    JudgeMetric(*match.row, levels, check);
    disturbances.Excuse(*match.row, check);
    OnlyWarn(*match.objective, check);
    if (IsDebugBuild(match.report->ContextValue("slo_build_type"))) {
      FailDebugBuild(*match.report, check);
    }
    scenarios.Add(std::move(check), *match.row);
  }
}

// An objective without a row is a violation, never silence.
void AddMissing(const Objective& objective, const RowNames& names, ScenarioList& scenarios) {
  for (const LimitKind kind : KindsOf(objective)) {
    Check check = MakeCheck(objective, kind);
    check.status = CheckStatus::kFail;
    check.reason_code = Reason::kNoRow;
    check.reason = names.WhyNoneMatches(objective.benchmark);
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
      for (const Match& match : of_objective) JudgeMachine(match, disturbances, scenarios);
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
                     .thresholds = thresholds,
                     .allow_insufficient = options.allow_insufficient,
                     .scenarios = JudgeAll(reports, thresholds),
                     .notes = ProvenanceNotes(reports)};
  verdict.summary = Summarize(verdict.scenarios);
  verdict.results = std::move(reports);
  if (options.allow_insufficient) {
    verdict.notes.emplace_back("--allow-insufficient: what the sample cannot show does not fail");
  }
  return verdict;
}

}  // namespace slo::tools
