// What the user sees while pairs are measured, and after.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_PAIRS_PROGRESS_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_PAIRS_PROGRESS_H_

#include <iosfwd>
#include <string>

#include "absl/time/time.h"
#include "tools/paired_bench/plan/collector.h"

namespace slo::paired {

// "+0.40 % [-0.80 %, +1.70 %]"; without an interval the estimate alone.
std::string IntervalText(const tools::PairedChange& change);

// "3 of 12 done | BM_RunPath/...: 24 pairs, +0.40 % [-0.80 %, +1.70 %] | 41s left": at most 100
// characters of a line that is written over.
std::string StatusLine(const Collection& collection, size_t current, absl::Duration left);

// A line for each metric of each comparison, for the end.
std::string CollectionSummary(const Collection& collection);

// Writes the status line over itself, at most ten times a second; nothing where `out` is no
// terminal. Not thread-safe.
class PairsProgress {
 public:
  PairsProgress(bool is_terminal, std::ostream& out) : is_terminal_(is_terminal), out_(out) {}

  void Show(const Collection& collection, size_t current, absl::Duration left, absl::Time now);
  // Leaves an empty line to write on.
  void Clear();

 private:
  bool is_terminal_;
  std::ostream& out_;
  absl::Time next_ = absl::InfinitePast();
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_PAIRS_PROGRESS_H_
