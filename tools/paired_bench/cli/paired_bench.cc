#include "tools/paired_bench/cli/paired_bench.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "tools/lib/files/whole_files.h"
#include "tools/lib/flags/version.h"
#include "tools/lib/process/interrupt.h"
#include "tools/paired_bench/cli/estimate.h"
#include "tools/paired_bench/cli/job.h"
#include "tools/paired_bench/cli/paired_flags.h"
#include "tools/paired_bench/cli/pairs_progress.h"
#include "tools/paired_bench/cli/resume.h"
#include "tools/paired_bench/plan/collector.h"
#include "tools/paired_bench/process/process_pair_runner.h"

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

// How a collection is begun or gone on with.
struct Start {
  std::vector<std::string> arguments;      // of the first one
  std::optional<tools::PairsFile> before;  // what was measured of it until now
  PairedOptions options;
};

absl::StatusOr<Start> Begin(absl::Span<const absl::string_view> arguments, PairedOptions options) {
  if (options.resume.empty()) {
    return Start{.arguments = {arguments.begin(), arguments.end()},
                 .before = std::nullopt,
                 .options = std::move(options)};
  }
  absl::StatusOr<Resumed> resumed = ReadResumed(arguments, options.resume);
  if (!resumed.ok()) return resumed.status();
  return Start{.arguments = resumed->file.arguments,
               .before = std::move(resumed->file),
               .options = std::move(resumed->options)};
}

int64_t SecondsSpentBefore(const Start& start) {
  int64_t seconds = 0;
  if (!start.before.has_value()) return seconds;
  const auto found = start.before->collection.find("seconds_spent");
  if (found != start.before->collection.end()) (void)absl::SimpleAtoi(found->second, &seconds);
  return seconds;
}

tools::PairsFile FileOf(const Job& job, const Start& start, const Collection& collection,
                        absl::Duration spent) {
  const bool is_together = job.programs.mode == PairMode::kTogether;
  tools::PairsFile file = {
      .file = job.options.out,
      .generated_at_utc = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(), absl::UTCTimeZone()),
      .arguments = start.arguments,
      .against = job.options.against,
      .base = {.binary = job.programs.base.path,
               .identity = job.identities.base,
               .context = collection.base_run.context},
      .candidate = {.binary = job.programs.candidate.path,
                    .identity = job.identities.candidate,
                    .context = collection.candidate_run.context},
      .analyses = job.plan.analyses,
      .interrupted = collection.interrupted,
      .slowdown = job.options.slowed_env,
      .collection = {{"collector_version", std::string(tools::Version())},
                     {"command_line",
                      absl::StrCat("paired_bench ", absl::StrJoin(start.arguments, " "))},
                     {"mode", is_together ? "together" : "alternating"},
                     {"cpu", is_together ? absl::StrCat(job.programs.cpu) : "all"},
                     {"budget", absl::FormatDuration(job.options.budget)},
                     {"min_time_seconds", absl::StrCat(job.options.min_time_seconds)},
                     {"seconds_spent",
                      absl::StrCat(SecondsSpentBefore(start) + absl::ToInt64Seconds(spent))},
                     {"limits_file", job.options.limits},
                     {"limits", job.identities.limits},
                     {"machine", job.identities.machine},
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
  if (!start.before.has_value()) return file;
  // The context of the first pair, where none was measured since.
  if (file.base.context.empty()) file.base.context = start.before->base.context;
  if (file.candidate.context.empty()) file.candidate.context = start.before->candidate.context;
  return file;
}

absl::Status Write(const tools::PairsFile& file) {
  const std::filesystem::path path(file.file);
  const std::filesystem::path directory = path.has_parent_path() ? path.parent_path() : ".";
  return tools::WriteWholeFiles(directory, {{path.filename(), tools::PairsFileText(file)}});
}

// What the user should know before it is measured.
void SayWhatIsSpecial(const Job& job, std::ostream& err) {
  for (const tools::MeasuredPairs& entry : job.selection.not_measurable) {
    err << "paired_bench: " << entry.benchmark << ": "
        << (!entry.in_base        ? "the base does not have it"
            : !entry.in_candidate ? "the candidate does not have it"
                                  : entry.failures.front())
        << '\n';
  }
  for (const std::string& line : job.trials.no_benchmarks) {
    err << "paired_bench: \"" << line << "\" is listed, and is no benchmark\n";
  }
  for (const BenchmarkBinary* binary : {&job.programs.base, &job.programs.candidate}) {
    for (const std::string& name : binary->selected_widely) {
      err << "paired_bench: " << name << ": " << binary->path
          << " cannot select it alone; it runs together with names like it\n";
    }
  }
  if (!job.why_no_copies.empty()) {
    err << "paired_bench: the programs are not copied for each pair, so that where they lie may "
           "look like a change: "
        << job.why_no_copies << '\n';
  }
  const std::string& control = job.options.control;
  if (job.selection.control.empty()) {
    err << "paired_bench: no benchmark can be measured as a control\n";
  } else if (!control.empty() && control != job.selection.control) {
    err << "paired_bench: --control=" << control << " cannot be measured; " << job.selection.control
        << " takes its place\n";
  }
  if (!job.plan.measured.empty()) return;  // how much is left is told by what was found until now
  const std::string estimate = EstimateText(job.plan, job.trials.pair_times, job.options.budget);
  if (!estimate.empty()) err << "paired_bench: " << estimate << '\n';
}

// Measures; the file is whole after every round.
int Measure(const Job& job, const Start& begun, const tools::Interrupt& interrupt,
            const PairedEnvironment& environment) {
  ProcessPairRunner runner(job.programs);
  PairsProgress progress(environment.stderr_is_terminal, environment.err);
  const absl::Time start = absl::Now();
  const absl::Time end = start + job.options.budget;
  // What was written through cannot be replaced by what is known later.
  const bool writes_once = tools::IsWrittenThrough(job.options.out);
  absl::Status written;
  size_t told = job.trials.failures.size();
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
            if (!writes_once) {
              written.Update(Write(FileOf(job, begun, collection, absl::Now() - start)));
            }
          },
      .on_note =
          [&](const std::string& note) {
            progress.Clear();
            environment.err << "paired_bench: " << note << '\n';
          }};
  const Collection collection = Collect(job.plan, runner, hooks);
  progress.Clear();
  written.Update(Write(FileOf(job, begun, collection, absl::Now() - start)));
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
  const tools::Interrupt interrupt;
  absl::StatusOr<Start> start = Begin(arguments, *std::move(options));
  if (!start.ok()) return Fail(start.status(), environment.err);
  absl::StatusOr<Job> job = Prepare(start->options, interrupt.fd());
  if (absl::IsCancelled(job.status())) {
    environment.err << "paired_bench: interrupted before the first pair\n";
    return kInterruptedBySignal + interrupt.received();
  }
  if (!job.ok()) return Fail(job.status(), environment.err);
  if (start->before.has_value()) {
    const absl::Status same =
        CheckSameCollection(*start->before, FileOf(*job, *start, {}, absl::ZeroDuration()));
    if (!same.ok()) return Fail(same, environment.err);
    job->plan.analyses = start->before->analyses;
    job->plan.measured = start->before->measured;
  }
  SayWhatIsSpecial(*job, environment.err);
  return Measure(*job, *start, interrupt, environment);
}

}  // namespace slo::paired
