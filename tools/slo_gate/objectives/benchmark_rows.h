// The rows of results by benchmark.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_BENCHMARK_ROWS_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_BENCHMARK_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

// Curves over several benchmarks, of which Google Benchmark writes a row each: not statistics of
// one.
bool IsComplexity(const AggregateRow& row);

struct PlacedRow {
  const Report* report = nullptr;
  const ReportRow* row = nullptr;
};

// The process that a row is of: its file, and the number that `merge` gives the processes in a
// file.
using ProcessKey = std::pair<const Report*, double>;
ProcessKey ProcessOf(const PlacedRow& placed);

// All rows of one name, in the order of files and rows; or, where there are none, the statistics
// that are there of it.
struct BenchmarkRows {
  absl::string_view name;
  std::vector<PlacedRow> rows;
  std::vector<const AggregateRow*> aggregates;
};

// A process that has fewer repetitions than its rows announce.
struct RepetitionGap {
  int64_t expected = 0;
  int64_t found = 0;
};

// The first one; nothing: all are complete, or announce nothing.
std::optional<RepetitionGap> FindRepetitionGap(const BenchmarkRows& benchmark);

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
