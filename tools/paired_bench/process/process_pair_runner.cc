#include "tools/paired_bench/process/process_pair_runner.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tools/lib/process/child_process.h"

namespace slo::paired {
namespace {

using tools::Comparison;

// One side of a pair before and after it ran.
struct PairSide {
  const char* name;
  const BenchmarkBinary* binary;
  std::optional<std::string> slowdown;
  std::string program;  // what runs: the binary, or a copy
  std::string results;  // a file
  tools::ChildEnd end;
};

tools::ChildCommand CommandOf(const PairSide& side, const std::string& benchmark,
                              const ProcessPairOptions& options) {
  BenchmarkBinary binary = *side.binary;
  binary.path = side.program;
  tools::ChildCommand command = {
      .arguments = RunCommand(binary, benchmark, options.min_time_seconds, side.results),
      .environment = {},
      .cpu = options.mode == PairMode::kTogether ? std::optional(options.cpu) : std::nullopt};
  if (side.slowdown.has_value()) command.environment.push_back(*side.slowdown);
  return command;
}

absl::StatusOr<BenchmarkRun> ResultOf(const PairSide& side, const std::string& benchmark) {
  const auto problem = [&](absl::StatusCode code, absl::string_view what) {
    return absl::Status(code, absl::StrCat(side.name, " (", side.binary->path, "): ", what));
  };
  const absl::StatusOr<std::string> results = ResultFiles::Take(side.results);
  if (side.end.how == tools::ChildEnd::How::kInterrupted) return absl::CancelledError();
  if (!side.end.succeeded()) {
    return problem(side.end.how == tools::ChildEnd::How::kTimedOut
                       ? absl::StatusCode::kDeadlineExceeded
                       : absl::StatusCode::kInvalidArgument,
                   side.end.Describe());
  }
  absl::StatusOr<BenchmarkRun> run =
      results.ok() ? ParseRun(*results, benchmark) : results.status();
  if (!run.ok()) {
    return problem(run.status().code(),
                   absl::StrCat(run.status().message(), "; ", side.end.Describe()));
  }
  for (auto& [key, value] : run->context) {
    absl::StrReplaceAll({{side.program, side.binary->path}}, &value);
  }
  return run;
}

absl::Status Prepare(const ProcessPairOptions& options, PairSide& first, PairSide& second) {
  if (options.copies != nullptr) {
    absl::StatusOr<ProgramCopies::Pair> fresh =
        options.copies->Renew(first.program, second.program);
    if (!fresh.ok()) return fresh.status();
    first.program = std::move(fresh->first);
    second.program = std::move(fresh->second);
  }
  for (PairSide* side : {&first, &second}) {
    absl::StatusOr<std::string> file = options.results->MakeFile();
    if (!file.ok()) return file.status();
    side->results = *std::move(file);
  }
  return absl::OkStatus();
}

// The sides in the order in which they start; the run of each is in its `end` and `results`.
void RunSides(const ProcessPairOptions& options, const std::string& benchmark, PairSide& first,
              PairSide& second) {
  const tools::RunLimits limits = {
      .timeout = options.timeout, .keeps_end_of_output = true, .stop_fd = options.stop_fd};
  if (options.mode == PairMode::kTogether) {
    std::vector<tools::ChildEnd> ends = tools::RunTogether(
        {CommandOf(first, benchmark, options), CommandOf(second, benchmark, options)}, limits);
    first.end = std::move(ends[0]);
    second.end = std::move(ends[1]);
    return;
  }
  second.end = {.how = tools::ChildEnd::How::kInterrupted};  // unless it has its turn
  first.end = tools::RunTogether({CommandOf(first, benchmark, options)}, limits)[0];
  if (!first.end.succeeded()) return;
  second.end = tools::RunTogether({CommandOf(second, benchmark, options)}, limits)[0];
}

// Runs both sides once, in fresh copies.
absl::StatusOr<PairRun> RunOnce(const ProcessPairOptions& options, const std::string& benchmark,
                                PairSide& base, PairSide& candidate, bool base_first) {
  PairSide& first = base_first ? base : candidate;
  PairSide& second = base_first ? candidate : base;
  const absl::Status prepared = Prepare(options, first, second);
  if (!prepared.ok()) return prepared;
  RunSides(options, benchmark, first, second);
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

}  // namespace

ProcessPairRunner::ProcessPairRunner(ProcessPairOptions options) : options_(std::move(options)) {}

absl::StatusOr<PairRun> ProcessPairRunner::Run(const std::string& benchmark, Comparison comparison,
                                               bool base_first) {
  const bool is_change = comparison == Comparison::kChange;
  const BenchmarkBinary* const other = is_change ? &options_.candidate : &options_.base;
  const auto run = [&](bool starts_with_base) {
    PairSide base = {.name = "base",
                     .binary = &options_.base,
                     .slowdown = {},
                     .program = options_.base.path,
                     .results = {},
                     .end = {}};
    PairSide candidate = {
        .name = is_change ? "candidate" : "base again",
        .binary = other,
        .slowdown = comparison == Comparison::kSlowedControl ? options_.slowdown : std::nullopt,
        .program = other->path,
        .results = {},
        .end = {}};
    return RunOnce(options_, benchmark, base, candidate, starts_with_base);
  };
  absl::StatusOr<PairRun> once = run(base_first);
  if (!once.ok() || options_.mode == PairMode::kTogether) return once;
  const absl::StatusOr<PairRun> again = run(!base_first);
  if (!again.ok()) return again;
  return PairRun{.base = GeometricMean(once->base, again->base),
                 .candidate = GeometricMean(once->candidate, again->candidate)};
}

}  // namespace slo::paired
