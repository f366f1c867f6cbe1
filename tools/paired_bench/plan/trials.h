// Tries each benchmark before anything counts: what is one, what can be measured, and how long a
// pair takes. Without a word about processes.

#ifndef SLO_TOOLS_PAIRED_BENCH_PLAN_TRIALS_H_
#define SLO_TOOLS_PAIRED_BENCH_PLAN_TRIALS_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/paired_bench/plan/selection.h"
#include "tools/paired_bench/process/pair_runner.h"

namespace slo::paired {

class TrialRunner {
 public:
  virtual ~TrialRunner() = default;

  // A pair of the two builds: `thorough` as it will be measured, else as short as can be. Errors as
  // of PairRunner::Run.
  virtual absl::StatusOr<PairRun> Try(const std::string& benchmark, bool thorough) = 0;

  // Whether it is a benchmark of either program, and not a line that is printed beside them.
  virtual bool IsBenchmark(const std::string& line) = 0;
};

struct Trials {
  std::vector<std::string> no_benchmarks;       // of what was selected
  std::map<std::string, std::string> failures;  // benchmark -> why it cannot be measured
  std::vector<std::string> fit_for_control;     // in the order of the selection
  // About how long a pair of each benchmark takes; nothing of those that were not tried.
  std::map<std::string, absl::Duration> pair_times;
  bool interrupted = false;
};

// Tries what `selection` has. `is_out_of_time`: the rest is left untried. `limits`: what a control
// must have a value of.
Trials RunTrials(const Selection& selection, const tools::RegressionLimits& limits,
                 TrialRunner& runner, const std::function<bool()>& is_out_of_time);

// The selection as the trials leave it: without what is no benchmark, what failed as not
// measurable, another control in place of one that is not fit, and the rest as its spares.
void TakeTrials(const Trials& trials, Selection& selection);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PLAN_TRIALS_H_
