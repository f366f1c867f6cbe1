// Measures one pair.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_PAIR_RUNNER_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_PAIR_RUNNER_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/paired_bench/process/benchmark_run.h"

namespace slo::paired {

struct PairRun {
  BenchmarkRun base;
  BenchmarkRun candidate;
};

class PairRunner {
 public:
  virtual ~PairRunner() = default;

  // Cancelled: the user wants to stop. DeadlineExceeded: it took too long. NotFound: a side wrote
  // results without a row of that name. Other errors say what went wrong on which side.
  virtual absl::StatusOr<PairRun> Run(const std::string& benchmark, tools::Comparison comparison,
                                      bool base_first) = 0;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_PAIR_RUNNER_H_
