// The rows of results by benchmark.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_BENCHMARK_ROWS_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_BENCHMARK_ROWS_H_

#include <cstddef>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/placed_rows.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

struct PlacedAggregate {
  const Report* report = nullptr;
  const AggregateRow* row = nullptr;
};

// All rows of one name, in the order of files and rows; or, where there are none, the statistics
// that are there of it.
struct BenchmarkRows {
  absl::string_view name;
  std::vector<PlacedRow> rows;
  std::vector<PlacedAggregate> aggregates;
};

// Every benchmark of the reports, in the order in which they first appear. Points into the reports.
class BenchmarkList {
 public:
  explicit BenchmarkList(const std::vector<Report>& reports);

  const std::vector<BenchmarkRows>& all() const { return benchmarks_; }

  // Those whose names the glob matches.
  std::vector<const BenchmarkRows*> Matching(absl::string_view glob) const;

 private:
  BenchmarkRows& Get(absl::string_view name);

  std::vector<BenchmarkRows> benchmarks_;
  absl::flat_hash_map<absl::string_view, size_t> index_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_BENCHMARK_ROWS_H_
