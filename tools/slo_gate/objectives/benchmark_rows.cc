#include "tools/slo_gate/objectives/benchmark_rows.h"

#include "tools/lib/text/glob.h"

namespace slo::tools {

BenchmarkList::BenchmarkList(const std::vector<Report>& reports) {
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) Get(row.name).rows.push_back({&report, &row});
  }
  for (const Report& report : reports) {
    for (const AggregateRow& row : report.aggregates) {
      if (!row.is_complexity()) Get(row.run_name).aggregates.push_back({&report, &row});
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
