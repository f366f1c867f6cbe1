#include "tools/paired_bench/cli/trial_programs.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/paired_bench/process/listing.h"

namespace slo::paired {
namespace {

absl::StatusOr<PairRun> RunOnce(const ProcessPairOptions& options, const std::string& benchmark) {
  return ProcessPairRunner(options).Run(benchmark, tools::Comparison::kChange, /*base_first=*/true);
}

}  // namespace

absl::StatusOr<PairRun> TrialPrograms::Try(const std::string& benchmark, bool thorough) {
  ProcessPairOptions options = options_;
  if (!thorough) options.min_time_seconds = 0;
  absl::StatusOr<PairRun> run = RunOnce(options, benchmark);
  if (run.ok() || options.copies == nullptr || absl::IsCancelled(run.status()) ||
      absl::IsDeadlineExceeded(run.status())) {
    return run;
  }
  options.copies = nullptr;
  absl::StatusOr<PairRun> in_place = RunOnce(options, benchmark);
  if (!in_place.ok()) return run;
  options_.copies = nullptr;
  why_no_copies_ =
      absl::StrCat(benchmark, " runs in place, and not as copies: ", run.status().message());
  return in_place;
}

bool TrialPrograms::IsBenchmark(const std::string& line) {
  bool is_benchmark = false;
  for (BenchmarkBinary* binary : {&options_.base, &options_.candidate}) {
    const Selected how =
        HowSelected(*binary, line, {.timeout = options_.timeout, .stop_fd = options_.stop_fd});
    if (how == Selected::kWidely) binary->selected_widely.insert(line);
    is_benchmark = is_benchmark || how != Selected::kNot;
  }
  return is_benchmark;
}

}  // namespace slo::paired
