// Measures a pair by two fresh processes that run at the same time on one core.

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

struct ProcessPairOptions {
  BenchmarkBinary base;
  BenchmarkBinary candidate;
  std::optional<std::string> slowdown;  // NAME=VALUE in the environment of a slowed side
  int cpu = 0;
  double min_time_seconds = 0.02;
  absl::Duration timeout = absl::Seconds(60);
  int stop_fd = -1;
  ResultFiles* results = nullptr;   // required
  ProgramCopies* copies = nullptr;  // null: the programs run where they are
};

// Both sides of a pair feel what the machine does to that core, and the ratio of their CPU times
// feels little of it. Not thread-safe.
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
