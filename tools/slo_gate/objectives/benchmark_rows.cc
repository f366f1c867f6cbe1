#include "tools/slo_gate/objectives/benchmark_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "tools/lib/text/glob.h"

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
  if (static_cast<int64_t>(process.indices.size()) == process.rows) {
    gap.found = 0;
    for (int64_t i = 0; i < process.announced; ++i) {
      gap.found += std::min(times, static_cast<int64_t>(process.indices.count(i)));
    }
  }
  return gap.found < gap.expected ? std::optional<RepetitionGap>(gap) : std::nullopt;
}

}  // namespace

ProcessKey ProcessOf(const PlacedRow& placed) {
  return {placed.report, placed.row->Find("process").value_or(0)};
}

std::optional<RepetitionGap> FindRepetitionGap(const BenchmarkRows& benchmark) {
  if (std::none_of(benchmark.rows.begin(), benchmark.rows.end(), [](const PlacedRow& placed) {
        return placed.row->repetitions.value_or(1) > 1;
      })) {
    return std::nullopt;
  }
  std::map<ProcessKey, Repetitions> processes;
  for (const PlacedRow& placed : benchmark.rows) {
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

BenchmarkList::BenchmarkList(const std::vector<Report>& reports) {
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) Get(row.name).rows.push_back({&report, &row});
  }
  for (const Report& report : reports) {
    for (const AggregateRow& row : report.aggregates) {
      if (!row.is_complexity()) Get(row.run_name).aggregates.push_back(&row);
    }
  }
}

std::vector<const BenchmarkRows*> BenchmarkList::Matching(absl::string_view glob) const {
  std::vector<const BenchmarkRows*> matching;
  // A name of its own, as in a drafted file of thousands of objectives, takes no search.
  if (const std::optional<std::string> name = LiteralOf(glob); name.has_value()) {
    const auto found = index_.find(*name);
    if (found != index_.end()) matching.push_back(&benchmarks_[found->second]);
    return matching;
  }
  for (const BenchmarkRows& benchmark : benchmarks_) {
    if (GlobMatches(glob, benchmark.name)) matching.push_back(&benchmark);
  }
  return matching;
}

BenchmarkRows& BenchmarkList::Get(absl::string_view name) {
  const auto [found, is_new] = index_.try_emplace(name, benchmarks_.size());
  if (is_new) benchmarks_.push_back({.name = name});
  return benchmarks_[found->second];
}

}  // namespace slo::tools
