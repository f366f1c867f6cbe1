// What paired_bench was asked for, checked and tried, ready to be measured.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_JOB_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_JOB_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/paired_bench/plan/collector.h"
#include "tools/paired_bench/plan/paired_options.h"
#include "tools/paired_bench/plan/selection.h"
#include "tools/paired_bench/plan/trials.h"
#include "tools/paired_bench/process/process_pair_runner.h"
#include "tools/paired_bench/process/program_copies.h"
#include "tools/paired_bench/process/result_files.h"

namespace slo::paired {

// What pairs of another time must have in common with those of now.
struct Identities {
  std::string base;  // of the program's bytes
  std::string candidate;
  std::string machine;
  std::string limits;  // of the text
};

struct Job {
  PairedOptions options;
  Identities identities;
  tools::RegressionLimits limits;
  ProcessPairOptions programs;  // points to what follows
  std::unique_ptr<ResultFiles> results;
  std::unique_ptr<ProgramCopies> copies;  // null: there are none
  std::string why_no_copies;              // empty: there are
  Selection selection;
  Trials trials;
  CollectionPlan plan;
};

// Cancelled: `stop_fd` became readable. InvalidArgument: every problem of what was asked for.
absl::StatusOr<Job> Prepare(PairedOptions options, int stop_fd);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_JOB_H_
