#include "tools/slo_gate/objectives/judge_guard.h"

#include <algorithm>
#include <utility>

#include "tools/slo_gate/objectives/check_context.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/judge_processes.h"
#include "tools/slo_gate/objectives/required_level.h"

namespace slo::tools {
namespace {

constexpr const char* kStallShare = "environment_stall_share";
constexpr const char* kStallsCount = "environment_stalls_count";

// bench_workflow counts stalls and publishes their share, or watches for none.
bool LacksStallShare(const Objective& guard, const PlacedRow& placed) {
  return guard.metric == kStallShare && placed.report->origin() == Origin::kOurs &&
         placed.row->Find(kStallsCount).has_value();
}

void AddLackingGuard(const Objective& guard, const PlacedRow& placed, ScenarioList& scenarios) {
  if (!LacksStallShare(guard, placed)) return;
  for (const LimitKind kind : KindsOf(guard)) {
    Check check = MakeCheck(guard, kind);
    DetailOf(check).fields = {guard.metric};
    SetDecision({CheckStatus::kInsufficient, Reason::kLacksCounter}, check);
    scenarios.AddRow(std::move(check), *placed.row);
  }
}

RowContext ContextOfGuard(const Objective& guard, const Report& report) {
  RowContext context = ContextOf(guard, report, RowContext{}.required, {});
  context.point = true;
  return context;
}

// What follows from the guard's limit. A quiet machine is no reason for a tighter one.
Decision OfGuard(const Decision& decision, Check& check) {
  check.is_vacuous = false;
  return decision == kViolated ? Decision{CheckStatus::kInvalid, Reason::kMachine} : decision;
}

void JudgeGuardOfRow(const Objective& guard, const PlacedRow& placed, Disturbances& disturbances,
                     ScenarioList& scenarios) {
  if (!placed.row->Find(guard.metric).has_value()) {
    return AddLackingGuard(guard, placed, scenarios);
  }
  for (const LimitKind kind : KindsOf(guard)) {
    Check check = MakeCheck(guard, kind);
    const Decision decision =
        OfGuard(JudgeMetric(*placed.row, ContextOfGuard(guard, *placed.report), check), check);
    if (decision.reason == Reason::kMachine) disturbances.Add(*placed.row, check, guard);
    SetDecision(decision, check);
    scenarios.AddRow(std::move(check), *placed.row);
  }
}

}  // namespace

void JudgeGuard(const Objective& guard, const BenchmarkRows& benchmark, Disturbances& disturbances,
                ScenarioList& scenarios) {
  const bool all_have_it = std::all_of(
      benchmark.rows.begin(), benchmark.rows.end(),
      [&](const PlacedRow& placed) { return placed.row->Find(guard.metric).has_value(); });
  if (!all_have_it || !AreProcesses(benchmark)) {
    for (const PlacedRow& placed : benchmark.rows) {
      JudgeGuardOfRow(guard, placed, disturbances, scenarios);
    }
    return;
  }
  const PlacedRow& first = benchmark.rows.front();
  for (const LimitKind kind : KindsOf(guard)) {
    Check check = MakeCheck(guard, kind);
    check.rows = 1;
    const Decision decision = OfGuard(
        JudgeGuardOfProcesses(benchmark, ContextOfGuard(guard, *first.report), check), check);
    if (decision.reason == Reason::kMachine) {
      for (const PlacedRow& placed : benchmark.rows) disturbances.Add(*placed.row, check, guard);
    }
    SetDecision(decision, check);
    scenarios.Add(benchmark.name, std::move(check), first.row);
  }
}

}  // namespace slo::tools
