#include "tools/paired_bench/cli/paired_bench.h"

#include <sched.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "tools/lib/changes/default_limits.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/files/whole_files.h"
#include "tools/lib/flags/version.h"
#include "tools/lib/text/problem_list.h"
#include "tools/paired_bench/cli/paired_flags.h"
#include "tools/paired_bench/cli/pairs_progress.h"
#include "tools/paired_bench/plan/collector.h"
#include "tools/paired_bench/plan/selection.h"
#include "tools/paired_bench/process/child_process.h"
#include "tools/paired_bench/process/interrupt.h"
#include "tools/paired_bench/process/process_pair_runner.h"
#include "tools/paired_bench/process/program_copies.h"

namespace slo::paired {
namespace {

constexpr int kFailed = 1;
constexpr int kUnusableInput = 2;
constexpr int kInterruptedBySignal = 128;

int Fail(const absl::Status& status, std::ostream& err) {
  for (const absl::string_view line : absl::StrSplit(status.message(), '\n')) {
    err << "paired_bench: " << line << '\n';
  }
  return kUnusableInput;
}

absl::StatusOr<tools::RegressionLimits> ReadLimits(const std::string& file) {
  if (file.empty()) return tools::DefaultLimits();
  const absl::StatusOr<std::string> text = tools::ReadInput(file, std::cin);
  if (!text.ok()) return text.status();
  return tools::ParseRegressionLimits(file, *text);
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
                                              absl::Duration timeout) {
  const auto problem = [&](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat("--", side, "=", binary.path, ": ", what));
  };
  const ChildEnd end = RunTogether(
      {{.arguments = ListCommand(binary), .environment = {}, .cpu = {}}}, {.timeout = timeout})[0];
  if (!end.succeeded()) {
    return problem(absl::StrCat("cannot list its benchmarks: ", end.Describe()));
  }
  auto names = ParseListing(end.out);
  if (!names.ok()) return problem(names.status().message());
  return names;
}

// A variable that the binary does not read would make a control that nothing can pass.
absl::Status CheckSlowdown(const BenchmarkBinary& binary, const std::string& benchmark,
                           const std::string& slowdown, absl::Duration timeout) {
  const auto context_with = [&](const std::vector<std::string>& environment) {
    const ChildEnd end = RunTogether(
        {{.arguments = RunCommand(binary, benchmark, 0), .environment = environment, .cpu = {}}},
        {.timeout = timeout})[0];
    auto run =
        end.succeeded() ? ParseRun(end.out, benchmark) : absl::InvalidArgumentError(end.Describe());
    return run.ok() ? absl::StatusOr<std::map<std::string, std::string>>(run->context)
                    : run.status();
  };
  const auto problem = [&](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat("--slowed_env=", slowdown, ": ", what));
  };
  const auto without = context_with({});
  const auto with = context_with({slowdown});
  if (!without.ok() || !with.ok()) {
    return problem(
        absl::StrCat(binary.path, ": ", (without.ok() ? with : without).status().message()));
  }
  for (const auto& [key, value] : *with) {
    if (!without->contains(key)) return absl::OkStatus();
  }
  return problem(absl::StrCat(binary.path,
                              " does not say in its context that it reads the variable, so that "
                              "nothing would be slower by it"));
}

// What was asked for, checked as far as it goes without measuring.
struct Job {
  PairedOptions options;
  tools::RegressionLimits limits;
  BenchmarkBinary base;
  BenchmarkBinary candidate;
  int cpu = 0;
  std::unique_ptr<ProgramCopies> copies;  // null: there are none
  std::string why_no_copies;
  Selection selection;
  CollectionPlan plan;
};

absl::Status CheckWritable(const std::string& out) {
  std::filesystem::path directory = std::filesystem::path(out).parent_path();
  if (directory.empty()) directory = ".";
  if (access(directory.c_str(), W_OK) == 0 && !std::filesystem::is_directory(out)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--out=", out, ": expected a file in a directory that can be written"));
}

// Copies of programs that need their place, or that may not run where the copies are, are of no
// use.
absl::StatusOr<std::unique_ptr<ProgramCopies>> MakeCopies(const Job& job, absl::Duration timeout) {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  if (error) return absl::NotFoundError(absl::StrCat("TMPDIR: ", error.message()));
  auto copies = ProgramCopies::Create(parent);
  if (!copies.ok()) return copies;
  const auto fresh = (*copies)->Renew(job.base.path, job.candidate.path);
  if (!fresh.ok()) return fresh.status();
  for (const std::string& program : {fresh->first, fresh->second}) {
    const BenchmarkBinary binary = {.path = program, .arguments = job.base.arguments};
    const auto names = List(binary, "copy", timeout);
    if (!names.ok()) return names.status();
  }
  return copies;
}

absl::StatusOr<Job> Prepare(PairedOptions options) {
  Job job;
  job.base = {.path = options.base, .arguments = options.passed_on};
  job.candidate = {.path = options.candidate, .arguments = options.passed_on};
  tools::ProblemList problems;
  problems.Add(CheckWritable(options.out));
  absl::StatusOr<tools::RegressionLimits> limits = ReadLimits(options.limits);
  problems.Add(limits.status());
  const absl::StatusOr<int> cpu = ChooseCpu(options.cpu);
  problems.Add(cpu.status());
  const auto base = List(job.base, "base", options.timeout);
  problems.Add(base.status());
  const auto candidate = List(job.candidate, "candidate", options.timeout);
  problems.Add(candidate.status());
  if (base.ok() && candidate.ok()) {
    absl::StatusOr<Selection> selection = Select(options, *base, *candidate);
    problems.Add(selection.status());
    if (selection.ok()) job.selection = *std::move(selection);
  }
  absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  if (options.slowed_env.has_value() && !job.selection.control.empty()) {
    status = CheckSlowdown(job.base, job.selection.control, *options.slowed_env, options.timeout);
    if (!status.ok()) return status;
  }
  auto copies = MakeCopies(job, options.timeout);
  if (copies.ok()) {
    job.copies = *std::move(copies);
  } else {
    job.why_no_copies = std::string(copies.status().message());
  }
  job.limits = *std::move(limits);
  job.cpu = *cpu;
  job.plan = MakePlan(options, job.selection, job.limits);
  job.options = std::move(options);
  return job;
}

tools::PairsFile FileOf(const Job& job, const Collection& collection, absl::Duration spent,
                        const std::string& command_line) {
  tools::PairsFile file = {
      .file = job.options.out,
      .generated_at_utc = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(), absl::UTCTimeZone()),
      .against = job.options.against,
      .base = {.binary = job.base.path, .context = collection.base_run.context},
      .candidate = {.binary = job.candidate.path, .context = collection.candidate_run.context},
      .looks = job.plan.looks,
      .interrupted = collection.interrupted,
      .slowdown = job.options.slowed_env,
      .collection = {{"collector_version", std::string(tools::Version())},
                     {"command_line", command_line},
                     {"cpu", absl::StrCat(job.cpu)},
                     {"budget", absl::FormatDuration(job.options.budget)},
                     {"min_time_seconds", absl::StrCat(job.options.min_time_seconds)},
                     {"seconds_spent", absl::StrCat(absl::ToInt64Seconds(spent))},
                     {"limits_file", job.options.limits},
                     {"programs", job.copies != nullptr
                                      ? "copied for each pair"
                                      : absl::StrCat("not copied: ", job.why_no_copies)},
                     {"order", "alternating, the base first in the first pair"}},
      .selected = job.selection.selected,
      .measured = job.selection.not_measurable,
      .not_selected = job.selection.not_selected};
  for (const CollectedComparison& one : collection.comparisons) {
    file.measured.push_back(one.measured);
  }
  return file;
}

absl::Status Write(const tools::PairsFile& file) {
  const std::filesystem::path path(file.file);
  const std::filesystem::path directory = path.has_parent_path() ? path.parent_path() : ".";
  return tools::WriteWholeFiles(directory, {{path.filename(), tools::PairsFileText(file)}});
}

// Measures; the file is whole after every round.
int Measure(const Job& job, const std::string& command_line, const PairedEnvironment& environment) {
  const Interrupt interrupt;
  ProcessPairRunner runner({.base = job.base,
                            .candidate = job.candidate,
                            .slowdown = job.options.slowed_env,
                            .cpu = job.cpu,
                            .min_time_seconds = job.options.min_time_seconds,
                            .timeout = job.options.timeout,
                            .stop_fd = interrupt.fd(),
                            .copies = job.copies.get()});
  PairsProgress progress(environment.stderr_is_terminal, environment.err);
  const absl::Time start = absl::Now();
  const absl::Time end = start + job.options.budget;
  absl::Status written;
  size_t told = 0;
  const CollectorHooks hooks = {
      .is_out_of_time = [&] { return absl::Now() >= end; },
      .on_pair =
          [&](const Collection& collection, size_t current) {
            const CollectedComparison& one = collection.comparisons[current];
            if (!one.measured.failures.empty()) {
              progress.Clear();
              environment.err << "paired_bench: " << one.plan->benchmark << ", "
                              << one.measured.failures.back() << '\n';
              ++told;
            }
            progress.Show(collection, current, end - absl::Now(), absl::Now());
          },
      .on_round =
          [&](const Collection& collection) {
            written.Update(Write(FileOf(job, collection, absl::Now() - start, command_line)));
          }};
  const Collection collection = Collect(job.plan, runner, hooks);
  progress.Clear();
  written.Update(Write(FileOf(job, collection, absl::Now() - start, command_line)));
  environment.err << CollectionSummary(collection);
  if (!written.ok()) return Fail(written, environment.err);
  if (collection.interrupted) {
    environment.err << "paired_bench: interrupted; " << job.options.out
                    << " has what was measured until then\n";
    return kInterruptedBySignal + interrupt.received();
  }
  return told > 0 ? kFailed : 0;
}

}  // namespace

int RunPairedBench(absl::Span<const absl::string_view> arguments,
                   const PairedEnvironment& environment) {
  absl::StatusOr<PairedOptions> options = ParsePairedOptions(arguments);
  if (!options.ok()) return Fail(options.status(), environment.err);
  if (options->help) {
    environment.out << PairedHelp();
    return 0;
  }
  if (options->version) {
    environment.out << tools::VersionLine("paired_bench");
    return 0;
  }
  const absl::StatusOr<Job> job = Prepare(*std::move(options));
  if (!job.ok()) return Fail(job.status(), environment.err);
  for (const tools::MeasuredPairs& entry : job->selection.not_measurable) {
    environment.err << "paired_bench: " << entry.benchmark << ": "
                    << (!entry.in_base        ? "the base does not have it"
                        : !entry.in_candidate ? "the candidate does not have it"
                                              : entry.failures.front())
                    << '\n';
  }
  if (job->copies == nullptr) {
    environment.err << "paired_bench: the programs are not copied for each pair, so that where "
                       "they lie may look like a change: "
                    << job->why_no_copies << '\n';
  }
  return Measure(*job, absl::StrCat("paired_bench ", absl::StrJoin(arguments, " ")), environment);
}

}  // namespace slo::paired
