#include "tools/paired_bench/process_pair_runner.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/paired_bench/child_process.h"

namespace slo::paired {
namespace {

using tools::Comparison;

// One side of a pair before and after it ran.
struct PairSide {
  const char* name;
  const BenchmarkBinary* binary;
  std::optional<std::string> slowdown;
  ChildEnd end;
};

ChildCommand CommandOf(const PairSide& side, const std::string& benchmark,
                       const ProcessPairOptions& options) {
  ChildCommand command = {
      .arguments = RunCommand(*side.binary, benchmark, options.min_time_seconds),
      .environment = {},
      .cpu = options.cpu};
  if (side.slowdown.has_value()) command.environment.push_back(*side.slowdown);
  return command;
}

absl::StatusOr<BenchmarkRun> ResultOf(const PairSide& side, const std::string& benchmark) {
  const auto problem = [&](absl::string_view what) {
    return absl::InvalidArgumentError(
        absl::StrCat(side.name, " (", side.binary->path, "): ", what));
  };
  if (side.end.how == ChildEnd::How::kInterrupted) return absl::CancelledError();
  if (!side.end.succeeded()) return problem(side.end.Describe());
  absl::StatusOr<BenchmarkRun> run = ParseRun(side.end.out, benchmark);
  if (run.ok()) return run;
  return problem(absl::StrCat(run.status().message(), "; ", side.end.Describe()));
}

}  // namespace

ProcessPairRunner::ProcessPairRunner(ProcessPairOptions options) : options_(std::move(options)) {}

absl::StatusOr<PairRun> ProcessPairRunner::Run(const std::string& benchmark, Comparison comparison,
                                               bool base_first) {
  const bool is_change = comparison == Comparison::kChange;
  PairSide base = {.name = "base", .binary = &options_.base, .slowdown = {}, .end = {}};
  PairSide candidate = {
      .name = is_change ? "candidate" : "base again",
      .binary = is_change ? &options_.candidate : &options_.base,
      .slowdown = comparison == Comparison::kSlowedControl ? options_.slowdown : std::nullopt,
      .end = {}};
  PairSide& first = base_first ? base : candidate;
  PairSide& second = base_first ? candidate : base;
  std::vector<ChildEnd> ends =
      RunTogether({CommandOf(first, benchmark, options_), CommandOf(second, benchmark, options_)},
                  {.timeout = options_.timeout, .stop_fd = options_.stop_fd});
  first.end = std::move(ends[0]);
  second.end = std::move(ends[1]);
  absl::StatusOr<BenchmarkRun> base_run = ResultOf(base, benchmark);
  absl::StatusOr<BenchmarkRun> candidate_run = ResultOf(candidate, benchmark);
  // Of a pair that broke, the side that did is named and not the one that was stopped with it.
  const auto broke = [](const absl::StatusOr<BenchmarkRun>& run) {
    return !run.ok() && !absl::IsCancelled(run.status());
  };
  if (broke(base_run)) return base_run.status();
  if (broke(candidate_run)) return candidate_run.status();
  if (!base_run.ok()) return base_run.status();
  if (!candidate_run.ok()) return candidate_run.status();
  return PairRun{.base = *std::move(base_run), .candidate = *std::move(candidate_run)};
}

}  // namespace slo::paired
