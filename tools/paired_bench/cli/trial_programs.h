// The two programs of a comparison while they are tried: which of them run as copies, and what
// their listings hold.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_TRIAL_PROGRAMS_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_TRIAL_PROGRAMS_H_

#include <memory>
#include <string>
#include <utility>

#include "tools/paired_bench/plan/trials.h"
#include "tools/paired_bench/process/process_pair_runner.h"

namespace slo::paired {

// As `options` say, and in place of copies where these do not run.
class TrialPrograms : public TrialRunner {
 public:
  explicit TrialPrograms(ProcessPairOptions options) : options_(std::move(options)) {}

  // What fails as copies and not in place ends the copies.
  absl::StatusOr<PairRun> Try(const std::string& benchmark, bool thorough) override;

  // Notes which names a program selects by the wide pattern only.
  bool IsBenchmark(const std::string& line) override;

  // As the trials leave them.
  const ProcessPairOptions& options() const { return options_; }
  // Why the copies ended; empty: they did not.
  const std::string& why_no_copies() const { return why_no_copies_; }

 private:
  ProcessPairOptions options_;
  std::string why_no_copies_;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_TRIAL_PROGRAMS_H_
