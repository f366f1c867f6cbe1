#include "tools/slo_gate/verdict/scenario_list.h"

#include <algorithm>
#include <utility>

namespace slo::tools {
namespace {

bool IsWorstOf(const Check& check, const std::vector<Check>& others) {
  return std::all_of(others.begin(), others.end(),
                     [&](const Check& other) { return IsWorse(check, other); });
}

}  // namespace

void ScenarioList::AddRow(Check check, const ReportRow& row) {
  Entry& entry = Get(row.name);
  std::vector<Check>& checks = entry.scenario.checks;
  if (IsWorstOf(check, checks)) entry.worst_row = &row;
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

void ScenarioList::Add(absl::string_view name, Check check, const ReportRow* row) {
  Entry& entry = Get(name);
  if (row != nullptr && IsWorstOf(check, entry.scenario.checks)) entry.worst_row = row;
  entry.scenario.checks.push_back(std::move(check));
}

std::vector<Scenario> ScenarioList::Take() && {
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

ScenarioList::Entry& ScenarioList::Get(absl::string_view name) {
  const auto found = index_.find(name);
  if (found != index_.end()) return entries_[found->second];
  index_.emplace(name, entries_.size());
  return entries_.emplace_back(
      Entry{.scenario = {.name = std::string(name), .status = CheckStatus::kPass}});
}

}  // namespace slo::tools
