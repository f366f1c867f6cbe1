#include "tools/lib/results/placed_rows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tools/lib/results/counter_names.h"

namespace slo::tools {
namespace {

// What one process has of a benchmark.
struct Repetitions {
  int64_t announced = 0;  // the most that one of its rows announces
  int64_t rows = 0;
  std::multiset<int64_t> indices;
};

// A name that was registered twice has each repetition twice.
std::optional<RepetitionGap> GapOf(const Repetitions& process) {
  if (process.announced < 2) return std::nullopt;
  const int64_t times = (process.rows + process.announced - 1) / process.announced;
  RepetitionGap gap = {.expected = times * process.announced, .found = process.rows};
  // Google Benchmark numbers all repetitions, or, before 1.5, none.
  if (!process.indices.empty()) {
    gap.found = 0;
    for (int64_t i = 0; i < process.announced; ++i) {
      gap.found += std::min(times, static_cast<int64_t>(process.indices.count(i)));
    }
  }
  return gap.found < gap.expected ? std::optional<RepetitionGap>(gap) : std::nullopt;
}

}  // namespace

ProcessKey ProcessOf(const PlacedRow& placed) {
  // A number that is none counts as no number of a process.
  const double number = placed.row->Find(kProcess).value_or(0);
  return {placed.report, std::isnan(number) ? 0 : number};
}

std::optional<RepetitionGap> FindRepetitionGap(const std::vector<PlacedRow>& rows) {
  if (std::none_of(rows.begin(), rows.end(), [](const PlacedRow& placed) {
        return placed.row->repetitions.value_or(1) > 1;
      })) {
    return std::nullopt;
  }
  std::map<ProcessKey, Repetitions> processes;
  for (const PlacedRow& placed : rows) {
    Repetitions& process = processes[ProcessOf(placed)];
    process.announced = std::max(process.announced, placed.row->repetitions.value_or(0));
    ++process.rows;
    const std::optional<int64_t> index = placed.row->repetition_index;
    if (index.has_value()) process.indices.insert(*index);
  }
  for (const auto& [key, process] : processes) {
    const std::optional<RepetitionGap> gap = GapOf(process);
    if (gap.has_value()) return gap;
  }
  return std::nullopt;
}

bool LacksProcess(const std::vector<PlacedRow>& rows) {
  std::map<const Report*, std::set<bool>> says_so;
  for (const PlacedRow& placed : rows) {
    says_so[placed.report].insert(placed.row->Find(kProcess).has_value());
  }
  return std::any_of(says_so.begin(), says_so.end(),
                     [](const auto& entry) { return entry.second.size() > 1; });
}

std::optional<std::string> LackingRepetitionField(const ReportRow& row) {
  if (row.repetitions.has_value() == row.repetition_index.has_value()) return std::nullopt;
  return row.repetitions.has_value() ? "repetition_index" : "repetitions";
}

}  // namespace slo::tools
