#include "tools/slo_gate/comparison/side_values.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/median.h"

namespace slo::tools {
namespace {

// A value that is none or negative stays what it is, so that it is noticed.
double MedianOf(std::vector<double> values) {
  const auto bad = std::find_if(values.begin(), values.end(),
                                [](double value) { return !std::isfinite(value) || value < 0; });
  if (bad != values.end()) return *bad;
  return stats::Median(std::move(values));
}

// The first field that a row lacks.
std::optional<std::string> LackingField(const std::vector<PlacedRow>& rows) {
  if (LacksProcess(rows)) return kProcess;
  for (const PlacedRow& placed : rows) {
    const std::optional<std::string> field = LackingRepetitionField(*placed.row);
    if (field.has_value()) return field;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> SideValues::agreed() const {
  if (processes.size() < 2 || !std::isfinite(processes.front())) return std::nullopt;
  const bool all_agree = std::all_of(processes.begin(), processes.end(),
                                     [&](double value) { return value == processes.front(); });
  return all_agree ? std::optional<double>(processes.front()) : std::nullopt;
}

SideValues ValuesOf(const std::vector<const Report*>& reports, const std::string& benchmark,
                    const std::string& metric) {
  SideValues side;
  std::vector<PlacedRow> rows;
  std::map<ProcessKey, std::vector<double>> by_process;
  for (const Report* report : reports) {
    for (const ReportRow& row : report->rows) {
      if (row.name != benchmark) continue;
      side.is_there = true;
      if (row.error.has_value()) side.error = *row.error;
      rows.push_back({report, &row});
      by_process[ProcessOf(rows.back())].push_back(row.Find(metric).value_or(NAN));
    }
    side.has_only_aggregates =
        side.has_only_aggregates ||
        std::any_of(report->aggregates.begin(), report->aggregates.end(),
                    [&](const AggregateRow& row) { return row.run_name == benchmark; });
  }
  side.has_only_aggregates = side.has_only_aggregates && !side.is_there;
  side.gap = FindRepetitionGap(rows);
  side.lacks = LackingField(rows);
  for (auto& [process, values] : by_process) {
    side.has_repetitions = side.has_repetitions || values.size() > 1;
    side.processes.push_back(MedianOf(std::move(values)));
  }
  return side;
}

std::optional<Defect> LossOf(const SideValues& base, const SideValues& candidate) {
  for (const auto& [values, side] :
       {std::pair(&base, BuildSide::kBase), {&candidate, BuildSide::kCandidate}}) {
    if (values->gap.has_value()) {
      return Defect{.reason = Reason::kRepetitionsMissing,
                    .side = side,
                    .expected = values->gap->expected,
                    .found = values->gap->found};
    }
    if (values->lacks.has_value()) {
      return Defect{.reason = Reason::kLacksCounter, .side = side, .metric = *values->lacks};
    }
  }
  return std::nullopt;
}

std::optional<CheckStatus> StatusOfLoss(const Defect& defect) {
  if (defect.reason == Reason::kRepetitionsMissing) return CheckStatus::kInvalid;
  if (defect.reason == Reason::kLacksCounter) return CheckStatus::kInsufficient;
  return std::nullopt;
}

std::set<std::string> BenchmarksOf(const std::vector<const Report*>& reports) {
  std::set<std::string> names;
  for (const Report* report : reports) {
    for (const ReportRow& row : report->rows) names.insert(row.name);
    for (const AggregateRow& row : report->aggregates) {
      if (!row.is_complexity()) names.insert(row.run_name);
    }
  }
  return names;
}

}  // namespace slo::tools
