#include "tools/slo_gate/comparison/side_values.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "tools/lib/stats/median.h"

namespace slo::tools {
namespace {

constexpr const char* kProcess = "process";

// A value that is none or negative stays what it is, so that it is noticed.
double MedianOf(std::vector<double> values) {
  const auto bad = std::find_if(values.begin(), values.end(),
                                [](double value) { return !std::isfinite(value) || value < 0; });
  if (bad != values.end()) return *bad;
  return stats::Median(std::move(values));
}

// A number that is none counts as no number of a process.
double ProcessOf(const ReportRow& row) {
  const double process = row.Find(kProcess).value_or(0);
  return std::isnan(process) ? 0 : process;
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
  std::map<std::pair<const Report*, double>, std::vector<double>> by_process;
  for (const Report* report : reports) {
    for (const ReportRow& row : report->rows) {
      if (row.name != benchmark) continue;
      side.is_there = true;
      if (row.error.has_value()) side.error = *row.error;
      by_process[{report, ProcessOf(row)}].push_back(row.Find(metric).value_or(NAN));
    }
    side.has_only_aggregates =
        side.has_only_aggregates ||
        std::any_of(report->aggregates.begin(), report->aggregates.end(),
                    [&](const AggregateRow& row) { return row.run_name == benchmark; });
  }
  side.has_only_aggregates = side.has_only_aggregates && !side.is_there;
  for (auto& [process, values] : by_process) {
    side.has_repetitions = side.has_repetitions || values.size() > 1;
    side.processes.push_back(MedianOf(std::move(values)));
  }
  return side;
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
