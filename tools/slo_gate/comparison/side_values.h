// What one side of a comparison with a baseline recorded of a benchmark.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_SIDE_VALUES_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_SIDE_VALUES_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/lib/results/placed_rows.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/check.h"

namespace slo::tools {

struct SideValues {
  bool is_there = false;
  bool has_only_aggregates = false;  // statistics over rows that are not there
  std::string error;                 // what a row says that failed; empty: none
  // A value a process, the median of its rows; a row without the metric counts as NaN.
  std::vector<double> processes;
  bool has_repetitions = false;      // several rows of one process
  std::optional<RepetitionGap> gap;  // the first process that lacks some
  std::optional<std::string> lacks;  // a field that says which process or repetition a row is of

  // The value that all processes agree on; nothing with fewer than two of them.
  std::optional<double> agreed() const;
};

// A process is a file, or the rows with one number in the counter `process`, as `merge` writes it.
SideValues ValuesOf(const std::vector<const Report*>& reports, const std::string& benchmark,
                    const std::string& metric);

// Repetitions or fields that are not there although the rows say that they should be; nothing: all
// are there.
std::optional<Defect> LossOf(const SideValues& base, const SideValues& candidate);

// What such a defect makes of the comparison; nothing of another one.
std::optional<CheckStatus> StatusOfLoss(const Defect& defect);

// The names of all benchmarks, those too that are there as aggregates only.
std::set<std::string> BenchmarksOf(const std::vector<const Report*>& reports);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_SIDE_VALUES_H_
