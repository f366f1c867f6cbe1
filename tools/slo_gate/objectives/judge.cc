#include "tools/slo_gate/objectives/judge.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "tools/lib/results/build_type.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/provenance.h"
#include "tools/slo_gate/objectives/benchmark_rows.h"
#include "tools/slo_gate/objectives/check_context.h"
#include "tools/slo_gate/objectives/disturbances.h"
#include "tools/slo_gate/objectives/judge_guard.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/judge_processes.h"
#include "tools/slo_gate/objectives/judge_sample.h"
#include "tools/slo_gate/objectives/required_level.h"
#include "tools/slo_gate/objectives/row_names.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {
namespace {

// Whether bench_workflow may have written the rows, and a context that would say so is gone.
bool LostItsContext(const Report& report) {
  if (!report.context.empty() || report.rows.empty()) return false;
  const RowMetrics::Names names = report.rows.front().metrics.names();
  if (names == nullptr) return false;
  return std::any_of(names->begin(), names->end(), [](const std::string& name) {
    return name == kFailedCount || name == kSuccessRatio ||
           absl::EndsWith(name, SamplesCounter(""));
  });
}

// What the build says, whatever was measured; nothing where it was an optimised one, or where the
// program is not ours and does not say.
std::optional<Decision> WhyNoRelease(const Report& report, ObjectiveDetail& detail) {
  const std::string build_type = report.ContextValue("slo_build_type");
  if (IsDebugBuild(build_type)) {
    detail.message = build_type;
    return Decision{CheckStatus::kFail, Reason::kDebugBuild};
  }
  if (build_type.empty() && (report.origin() == Origin::kOurs || LostItsContext(report))) {
    return Decision{CheckStatus::kInsufficient, Reason::kBuildUnknown};
  }
  return std::nullopt;
}

// What the report makes of what a row says.
Decision OfItsBuild(const Decision& decision, const Report& report, Check& check) {
  const auto no_release = WhyNoRelease(report, DetailOf(check));
  if (!no_release.has_value()) return decision;
  if (no_release->status <= decision.status && no_release->reason != Reason::kDebugBuild) {
    return decision;
  }
  check.is_vacuous = false;
  return *no_release;
}

// What the report, the machine and the objective's severity make of what the rows say.
Decision InItsContext(const Decision& of_row, const Objective& objective, const PlacedRow& placed,
                      const Disturbances& disturbances, Check& check) {
  ObjectiveDetail& detail = DetailOf(check);
  const Decision decision = OfItsBuild(of_row, *placed.report, check);
  // A row that is missing or broken fails whatever the machine did and whatever the severity.
  if (decision != kViolated) return decision;
  // A failure that the machine excuses is no statement about what was measured.
  if (const Disturbance* disturbance = disturbances.Excusing(*placed.row, check.metric);
      disturbance != nullptr) {
    detail.disturbed_by = *disturbance;
    return {CheckStatus::kInvalid, Reason::kMachine};
  }
  return objective.severity == Severity::kWarn
             ? Decision{CheckStatus::kWarn, Reason::kLimitViolated}
             : decision;
}

// Judges all matches of one verdict.
class Judging {
 public:
  Judging(const Thresholds& thresholds, double required_level, const Disturbances& disturbances,
          ScenarioList& scenarios)
      : thresholds_(thresholds),
        required_level_(required_level),
        disturbances_(disturbances),
        scenarios_(scenarios) {}

  void JudgeMatch(const Match& match) {
    const std::optional<RepetitionGap> gap = FindRepetitionGap(match.benchmark->rows);
    for (const LimitKind kind : KindsOf(*match.objective)) {
      if (gap.has_value()) {
        AddGap(match, kind, *gap);
      } else if (LacksProcess(match.benchmark->rows)) {
        AddLackingProcess(match, kind);
      } else if (match.benchmark->rows.empty()) {
        AddOfAggregates(match, kind);
      } else if (ProcessCount(*match.benchmark) < ExpectedProcesses(*match.benchmark)) {
        AddMissingProcesses(match, kind);
      } else if (match.objective->statistic.is_each() && AreProcesses(*match.benchmark)) {
        AddProcesses(match, kind);
      } else if (match.objective->statistic.is_each()) {
        AddEach(match, kind);
      } else {
        AddSample(match, kind);
      }
    }
  }

 private:
  RowContext ContextOf(const Match& match, const Report& report) const {
    return tools::ContextOf(*match.objective, report, required_level_, thresholds_);
  }

  void AddEach(const Match& match, LimitKind kind) {
    for (const PlacedRow& placed : match.benchmark->rows) {
      Check check = MakeCheck(*match.objective, kind);
      const Decision decision = JudgeMetric(*placed.row, ContextOf(match, *placed.report), check);
      SetDecision(InItsContext(decision, *match.objective, placed, disturbances_, check), check);
      scenarios_.AddRow(std::move(check), *placed.row);
    }
  }

  // The machine excuses a failure of all where it disturbed one of them.
  void AddProcesses(const Match& match, LimitKind kind) {
    const PlacedRow& first = match.benchmark->rows.front();
    Check check = MakeCheck(*match.objective, kind);
    check.rows = 1;
    const Decision decision =
        JudgeProcesses(*match.benchmark, ContextOf(match, *first.report), check);
    SetDecision(InItsContext(decision, *match.objective, first, disturbances_, check), check);
    check.is_vacuous = check.is_vacuous && check.status == CheckStatus::kPass;
    scenarios_.Add(match.benchmark->name, std::move(check), first.row);
  }

  // The rows are of one build and one machine: the first stands for all.
  void AddSample(const Match& match, LimitKind kind) {
    const PlacedRow& first = match.benchmark->rows.front();
    Check check = MakeCheck(*match.objective, kind);
    check.rows = 1;
    const Decision decision = JudgeSample(*match.benchmark, match.objective->statistic,
                                          ContextOf(match, *first.report), check);
    SetDecision(InItsContext(decision, *match.objective, first, disturbances_, check), check);
    check.is_vacuous = check.is_vacuous && check.status == CheckStatus::kPass;
    scenarios_.Add(match.benchmark->name, std::move(check), first.row);
  }

  // Every one of the statistic that is asked for, and where there is none any.
  void AddOfAggregates(const Match& match, LimitKind kind) {
    const RowContext context = {.point = thresholds_.points || match.objective->point,
                                .type = match.objective->type};
    std::optional<Check> worst;
    bool is_found = false;
    for (const PlacedAggregate& placed : match.benchmark->aggregates) {
      const bool is_it = placed.row->aggregate_name == match.objective->statistic.text;
      if (is_found && !is_it) continue;
      Check check = MakeCheck(*match.objective, kind);
      check.rows = 1;
      const Decision decision =
          JudgeAggregate(*placed.row, match.objective->statistic, context, check);
      SetDecision(OfItsBuild(decision, *placed.report, check), check);
      if (!worst.has_value() || is_found != is_it || IsWorse(check, *worst)) worst = check;
      is_found = is_found || is_it;
    }
    scenarios_.Add(match.benchmark->name, *std::move(worst));
  }

  void AddLackingProcess(const Match& match, LimitKind kind) {
    Check check = MakeCheck(*match.objective, kind);
    DetailOf(check).fields = {kProcess};
    SetDecision({CheckStatus::kInsufficient, Reason::kLacksCounter}, check);
    scenarios_.Add(match.benchmark->name, std::move(check));
  }

  void AddMissingProcesses(const Match& match, LimitKind kind) {
    Check check = MakeCheck(*match.objective, kind);
    DetailOf(check).processes = ProcessSpread{.count = ProcessCount(*match.benchmark),
                                              .expected = ExpectedProcesses(*match.benchmark)};
    SetDecision({CheckStatus::kInsufficient, Reason::kMissingProcesses}, check);
    scenarios_.Add(match.benchmark->name, std::move(check));
  }

  void AddGap(const Match& match, LimitKind kind, const RepetitionGap& gap) {
    Check check = MakeCheck(*match.objective, kind);
    ObjectiveDetail& detail = DetailOf(check);
    detail.expected = gap.expected;
    detail.found = gap.found;
    SetDecision({CheckStatus::kInvalid, Reason::kRepetitionsMissing}, check);
    scenarios_.Add(match.benchmark->name, std::move(check));
  }

  const Thresholds& thresholds_;
  double required_level_;
  const Disturbances& disturbances_;
  ScenarioList& scenarios_;
};

// An objective without a benchmark, or with fewer than it expects, is a violation, never silence.
void AddMissing(const Objective& objective, size_t found, const RowNames& names,
                ScenarioList& scenarios) {
  const auto no_match =
      found == 0 ? std::make_shared<const NoMatch>(names.WhyNoneMatches(objective.benchmark))
                 : nullptr;
  for (const LimitKind kind : KindsOf(objective)) {
    Check check = MakeCheck(objective, kind);
    ObjectiveDetail& detail = DetailOf(check);
    detail.no_match = no_match;
    detail.expected = objective.rows;
    detail.found = static_cast<int64_t>(found);
    SetDecision({CheckStatus::kFail, found == 0 ? Reason::kNoRow : Reason::kTooFewBenchmarks},
                check);
    scenarios.Add(objective.benchmark, std::move(check));
  }
}

// Whether bounds that one process published decided a check by themselves.
bool IsAboutOneProcess(const std::vector<Scenario>& scenarios) {
  return std::any_of(scenarios.begin(), scenarios.end(), [](const Scenario& scenario) {
    return std::any_of(scenario.checks.begin(), scenario.checks.end(), [](const Check& check) {
      return check.confidence.has_value() && check.statistic.empty() &&
             !check.objective()->processes.has_value();
    });
  });
}

std::vector<Scenario> JudgeAll(const std::vector<Report>& reports, const Thresholds& thresholds) {
  const BenchmarkList benchmarks(reports);
  std::vector<Match> matches;
  std::vector<Missing> missing;
  ScenarioList scenarios;
  Disturbances disturbances;
  for (const Objective& objective : thresholds.objectives) {
    const auto matching = benchmarks.Matching(objective.benchmark);
    if (matching.empty() || static_cast<int64_t>(matching.size()) < objective.rows) {
      missing.push_back({&objective, matching.size()});
    }
    for (const BenchmarkRows* benchmark : matching) {
      if (!objective.is_about_the_machine()) {
        matches.push_back({&objective, benchmark});
        continue;
      }
      JudgeGuard(objective, *benchmark, disturbances, scenarios);
    }
  }
  Judging judging(thresholds, RequiredLevel(matches, missing, reports, thresholds.confidence),
                  disturbances, scenarios);
  for (const Match& match : matches) judging.JudgeMatch(match);
  if (!missing.empty()) {
    const RowNames names(reports);
    for (const auto& [objective, found] : missing) AddMissing(*objective, found, names, scenarios);
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
  if (IsAboutOneProcess(verdict.scenarios)) {
    verdict.notes.emplace_back(
        "a benchmark that was measured in one process is judged by it alone: its confidence is "
        "about that run of the program, and another process may meet another phase of the machine; "
        "bench_workflow --slo_process=I/N measures several, and tools/slo-smoke does");
  }
  verdict.summary = Summarize(verdict.scenarios);
  verdict.coverage = CoverageOf(verdict.scenarios);
  verdict.results = std::move(reports);
  if (options.allow_insufficient) {
    verdict.notes.emplace_back("--allow-insufficient: what the sample cannot show does not fail");
  }
  return verdict;
}

}  // namespace slo::tools
