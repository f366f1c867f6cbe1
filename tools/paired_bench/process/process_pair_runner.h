// Measures a pair by fresh processes: two at the same time on one core, or four in turn on all.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_PROCESS_PAIR_RUNNER_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_PROCESS_PAIR_RUNNER_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "tools/paired_bench/process/benchmark_binary.h"
#include "tools/paired_bench/process/pair_runner.h"
#include "tools/paired_bench/process/program_copies.h"
#include "tools/paired_bench/process/result_files.h"

namespace slo::paired {

// How the processes of a pair run.
enum class PairMode {
  // One of each side, at the same time, on one core: what the machine does to it strikes both
  // alike.
  // For CPU time, which does not see who has the core.
  kTogether,
  // Two of each side, one after the other, on all cores, in the order first, second, second, first:
  // what changes steadily meanwhile cancels. A side's value is the geometric mean of its two. For
  // the wall clock, whose waiting (locks, disks, networks) a second process would disturb.
  kAlternating,
};

struct ProcessPairOptions {
  BenchmarkBinary base;
  BenchmarkBinary candidate;
  PairMode mode = PairMode::kTogether;
  std::optional<std::string> slowdown;  // NAME=VALUE in the environment of a slowed side
  int cpu = 0;                          // of kTogether
  double min_time_seconds = 0.02;
  absl::Duration timeout = absl::Seconds(60);
  int stop_fd = -1;
  ResultFiles* results = nullptr;   // required
  ProgramCopies* copies = nullptr;  // null: the programs run where they are
};

// Not thread-safe.
class ProcessPairRunner : public PairRunner {
 public:
  explicit ProcessPairRunner(ProcessPairOptions options);

  absl::StatusOr<PairRun> Run(const std::string& benchmark, tools::Comparison comparison,
                              bool base_first) override;

 private:
  ProcessPairOptions options_;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_PROCESS_PAIR_RUNNER_H_
