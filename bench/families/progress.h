// A line on stderr that says how far a long scenario is; only on a terminal, so that logs and
// pipes stay clean.

#ifndef SLO_BENCH_FAMILIES_PROGRESS_H_
#define SLO_BENCH_FAMILIES_PROGRESS_H_

#include <cstdint>
#include <iosfwd>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace slo::bench {

// True when stderr is a terminal.
bool StderrIsTerminal();

// When something is done: after so many, or after a time.
struct ProgressGoal {
  int64_t total = 0;
  absl::Duration length;  // not zero: counts instead of the total
  absl::string_view unit = "runs";
};

// Rewrites its line at most ten times a second and clears it when it goes. Not thread-safe.
class Progress {
 public:
  // Silent when `shown` is false. `out` must outlive the object.
  Progress(absl::string_view what, const ProgressGoal& goal, bool shown, std::ostream& out);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Update(int64_t done);

 private:
  std::string what_;
  ProgressGoal goal_;
  bool shown_;
  std::ostream& out_;
  absl::Time start_;
  absl::Time next_update_ = absl::InfinitePast();
};

}  // namespace slo::bench

#endif  // SLO_BENCH_FAMILIES_PROGRESS_H_
