#include "tools/paired_bench/cli/job.h"

#include <sched.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "tools/lib/changes/default_limits.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/files/whole_files.h"
#include "tools/lib/text/problem_list.h"
#include "tools/paired_bench/cli/trial_programs.h"
#include "tools/paired_bench/process/identity.h"
#include "tools/paired_bench/process/listing.h"

namespace slo::paired {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadLimits(const std::string& file) {
  if (file.empty()) return std::string(tools::DefaultLimitsText());
  return tools::ReadInput(file, std::cin);
}

absl::StatusOr<tools::RegressionLimits> ParseLimits(const std::string& file,
                                                    const absl::StatusOr<std::string>& text) {
  if (!text.ok()) return text.status();
  return tools::ParseRegressionLimits(file.empty() ? tools::kDefaultLimitsFile : file, *text);
}

// The core of the measurement: the one asked for, or the highest that the process may use.
absl::StatusOr<int> ChooseCpu(std::optional<int> wanted) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  sched_getaffinity(0, sizeof(allowed), &allowed);
  std::vector<int> cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<size_t>(cpu), &allowed)) cpus.push_back(cpu);
  }
  if (cpus.empty()) return absl::InternalError("the process may run on no CPU that has a number");
  if (!wanted.has_value()) return cpus.back();
  if (CPU_ISSET(static_cast<size_t>(*wanted), &allowed)) return *wanted;
  return absl::InvalidArgumentError(absl::StrCat(
      "--cpu=", *wanted, ": expected one that the process may use: ", absl::StrJoin(cpus, ", ")));
}

absl::StatusOr<std::vector<std::string>> List(const BenchmarkBinary& binary, const char* side,
                                              const tools::RunLimits& limits) {
  absl::StatusOr<std::vector<std::string>> names = ListBenchmarks(binary, limits);
  if (names.ok() || absl::IsCancelled(names.status())) return names;
  return absl::InvalidArgumentError(
      absl::StrCat("--", side, "=", binary.path, ": ", names.status().message()));
}

fs::path FolderOf(const std::string& file) {
  const fs::path folder = fs::path(file).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

absl::Status CheckWritable(const std::string& out) {
  const std::string written = tools::IsWrittenThrough(out) ? out : FolderOf(out).string();
  if (access(written.c_str(), W_OK) == 0 && !fs::is_directory(out)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--out=", out, ": expected a file in a directory that can be written"));
}

// A variable that the binary does not read would make a control that nothing can pass.
absl::Status CheckSlowdown(ProcessPairOptions programs, const std::string& benchmark) {
  const auto problem = [&](absl::string_view what) {
    return absl::InvalidArgumentError(
        absl::StrCat("--slowed_env=", *programs.slowdown, ": ", what));
  };
  programs.min_time_seconds = 0;
  const absl::StatusOr<PairRun> run =
      ProcessPairRunner(programs).Run(benchmark, tools::Comparison::kSlowedControl, true);
  if (absl::IsCancelled(run.status())) return run.status();
  if (!run.ok()) return problem(run.status().message());
  for (const auto& [key, value] : run->candidate.context) {
    if (!run->base.context.contains(key)) return absl::OkStatus();
  }
  return problem(absl::StrCat(programs.base.path,
                              " does not say in its context that it reads the variable, so that "
                              "nothing would be slower by it"));
}

absl::StatusOr<std::unique_ptr<ProgramCopies>> MakeCopies(const PairedOptions& options) {
  if (options.in_place) return absl::InvalidArgumentError("--in_place");
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  if (error) return absl::NotFoundError(absl::StrCat("TMPDIR: ", error.message()));
  return ProgramCopies::Create(parent, {options.base, options.candidate});
}

absl::Status MakeFolders(Job& job) {
  std::error_code error;
  const fs::path temporary = fs::temp_directory_path(error);
  std::vector<fs::path> parents = {"/tmp", FolderOf(job.options.out)};
  if (!error) parents.insert(parents.begin(), temporary);
  absl::StatusOr<std::unique_ptr<ResultFiles>> results = ResultFiles::Create(parents);
  if (!results.ok()) return results.status();
  job.results = *std::move(results);
  job.programs.results = job.results.get();
  absl::StatusOr<std::unique_ptr<ProgramCopies>> copies = MakeCopies(job.options);
  if (copies.ok()) {
    job.copies = *std::move(copies);
    job.programs.copies = job.copies.get();
  } else {
    job.why_no_copies = std::string(copies.status().message());
  }
  return absl::OkStatus();
}

// What was asked for, as far as it goes without measuring.
absl::Status CheckRequest(Job& job) {
  const PairedOptions& options = job.options;
  tools::ProblemList problems;
  problems.Add(CheckWritable(options.out));
  const absl::StatusOr<std::string> limits_text = ReadLimits(options.limits);
  absl::StatusOr<tools::RegressionLimits> limits = ParseLimits(options.limits, limits_text);
  problems.Add(limits.status());
  const absl::StatusOr<int> cpu = ChooseCpu(options.cpu);
  problems.Add(cpu.status());
  const tools::RunLimits run = {.timeout = options.timeout, .stop_fd = job.programs.stop_fd};
  const auto base = List(job.programs.base, "base", run);
  if (absl::IsCancelled(base.status())) return base.status();
  problems.Add(base.status());
  const auto candidate = List(job.programs.candidate, "candidate", run);
  if (absl::IsCancelled(candidate.status())) return candidate.status();
  problems.Add(candidate.status());
  if (base.ok() && candidate.ok()) {
    absl::StatusOr<Selection> selection = Select(options, *base, *candidate);
    problems.Add(selection.status());
    if (selection.ok()) job.selection = *std::move(selection);
  }
  absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  job.identities = {.base = IdentityOfFile(options.base),
                    .candidate = IdentityOfFile(options.candidate),
                    .machine = MachineIdentity(),
                    .limits = IdentityOf(*limits_text)};
  job.limits = *std::move(limits);
  job.programs.cpu = *cpu;
  return absl::OkStatus();
}

absl::Status TryPrograms(Job& job) {
  // Half of the budget at most: what is not tried is measured all the same.
  const absl::Time end = absl::Now() + job.options.budget / 2;
  TrialPrograms programs(job.programs);
  job.trials = RunTrials(job.selection, job.limits, programs, [&] { return absl::Now() >= end; });
  if (job.trials.interrupted) return absl::CancelledError();
  TakeTrials(job.trials, job.selection);
  job.programs = programs.options();
  if (!programs.why_no_copies().empty()) {
    job.copies.reset();
    job.why_no_copies = programs.why_no_copies();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Job> Prepare(PairedOptions options, int stop_fd) {
  Job job;
  job.programs = {.base = {.path = options.base, .arguments = options.passed_on},
                  .candidate = {.path = options.candidate, .arguments = options.passed_on},
                  .mode = options.mode,
                  .slowdown = options.slowed_env,
                  .min_time_seconds = options.min_time_seconds,
                  .timeout = options.timeout,
                  .stop_fd = stop_fd};
  job.options = std::move(options);
  for (absl::Status (*step)(Job&) : {CheckRequest, MakeFolders, TryPrograms}) {
    const absl::Status status = step(job);
    if (!status.ok()) return status;
  }
  if (job.options.slowed_env.has_value() && !job.selection.control.empty()) {
    const absl::Status status = CheckSlowdown(job.programs, job.selection.control);
    if (!status.ok()) return status;
  }
  job.plan = MakePlan(job.options, job.selection, job.limits);
  return job;
}

}  // namespace slo::paired
