#include "tools/paired_bench/cli/paired_flags.h"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/lib/flags/flag_table.h"
#include "tools/lib/text/problem_list.h"

namespace slo::paired {
namespace {

constexpr absl::string_view kUsage =
    R"(usage: paired_bench --base=BIN --candidate=BIN --out=PAIRS.json [FLAG]... [-- ARG...]
       paired_bench --resume=PAIRS.json [--budget=TIME]

Measures pairs of processes of any two Google Benchmark binaries, for slo_gate to judge:

  slo_gate compare --limits=thresholds/regression.json PAIRS.json
  paired_bench --resume=PAIRS.json      when that was undecided: more pairs, in the same plan

A pair is two fresh processes of fresh copies of the binaries (in TMPDIR, else /tmp), which run at
the same time on one core, the order alternating; with --mode=alternating four, in turn on all. A
benchmark stops at an interim analysis that decides it, or when the budget is out. The base is
paired with itself too, as a control.

Results come by --benchmark_out: what the programs print does not matter. Each benchmark is tried
before it counts; stderr then says about how long a decision takes.

)";

constexpr absl::string_view kEnd = R"(
Progress and failures go to stderr. Exit code: 0 collected (judging is the gate's), 1 a benchmark
failed to run (it is in the file, and so are the others), 2 unusable input, 130 or 143 interrupted.
)";

absl::Status ReadFilter(absl::string_view value, PairedOptions& options) {
  absl::StatusOr<tools::NameFilter> filter = tools::NameFilter::Create(value);
  if (!filter.ok()) return filter.status();
  options.filter = *std::move(filter);
  options.filter_text = std::string(value);
  return absl::OkStatus();
}

absl::Status ReadSlowedEnv(absl::string_view value, PairedOptions& options) {
  const size_t equals = value.find('=');
  if (equals == absl::string_view::npos || equals == 0) {
    return tools::ExpectedValue("NAME=VALUE, for example SLO_SLOWDOWN=read_run:6%", value);
  }
  options.slowed_env = std::string(value);
  return absl::OkStatus();
}

// What both binaries get anyway would come a second time, with another value.
void RefuseOwnFlags(const std::vector<std::string>& passed_on, tools::ProblemList& problems) {
  for (const std::string& argument : passed_on) {
    const absl::string_view name = absl::string_view(argument).substr(0, argument.find('='));
    for (const absl::string_view own :
         {"--benchmark_filter", "--benchmark_list_tests", "--benchmark_min_time", "--benchmark_out",
          "--benchmark_out_format"}) {
      if (name != own) continue;
      problems.Add(absl::StrCat("-- ", argument,
                                ": expected another flag, since paired_bench passes this one "
                                "itself; see --filter and --min_time"));
    }
  }
}

tools::FlagTable<PairedOptions> MakeFlags() {
  tools::FlagTable<PairedOptions> flags;
  flags.Text({"base", "BIN", "the build to compare with"}, &PairedOptions::base);
  flags.Text({"candidate", "BIN", "the build in question"}, &PairedOptions::candidate);
  flags.Text({"out", "PAIRS.json",
              "what was measured; complete after each interim analysis, also after Ctrl-C"},
             &PairedOptions::out);
  flags.Text(
      {"resume", "PAIRS.json",
       "go on where this collection stopped, with its programs, flags and plan; beside it only "
       "--budget, --out (the same file, unless given) and --timeout"},
      &PairedOptions::resume);
  flags.Add({.name = "filter",
             .placeholder = "RE",
             .help = "only benchmarks in whose names the POSIX extended regular expression is "
                     "found"},
            ReadFilter);
  flags.Text({"limits", "FILE",
              "what is tolerated, by which metric (thresholds/regression.json); without it 3% on "
              "cpu_time"},
             &PairedOptions::limits);
  flags.Duration({"budget", "TIME", "stop after this time"}, &PairedOptions::budget,
                 {absl::Seconds(1), absl::Hours(24)}, "60s");
  flags.Integer({"pairs", "N", "exactly N pairs of each benchmark, however they look"},
                &PairedOptions::pairs, {2, 5'000});
  flags.Choice(
      {"mode", "HOW",
       "a pair is two processes at the same time on one core, for CPU time; or four in turn "
       "on all cores, for the wall clock"},
      &PairedOptions::mode,
      {{"together", PairMode::kTogether}, {"alternating", PairMode::kAlternating}});
  flags.Integer(
      {"cpu", "N",
       "the core of --mode=together; the highest that this process may use, unless given"},
      &PairedOptions::cpu, {0, 1'023}, "the number of a CPU");
  flags.Number({"min_time", "SECONDS", "that a process measures, without a unit"},
               &PairedOptions::min_time_seconds, {0, 60}, "seconds without a unit,");
  flags.Duration({"timeout", "TIME", "a pair that takes longer has failed"},
                 &PairedOptions::timeout, {absl::Seconds(1), absl::Hours(1)}, "60s");
  flags.Choice({"against", "WHAT", "what the base is; a release has the wider allowance"},
               &PairedOptions::against,
               {{"merge_base", tools::Against::kMergeBase}, {"release", tools::Against::kRelease}});
  flags.Text({"control", "BENCHMARK",
              "what the base is paired with itself by; the first benchmark, unless given"},
             &PairedOptions::control);
  flags.Add({.name = "slowed_env",
             .placeholder = "NAME=VALUE",
             .help = "the base is also paired with itself made slower by this variable, which "
                     "must be found; bench_workflow reads SLO_SLOWDOWN=STAGE:6%"},
            ReadSlowedEnv);
  flags.Switch({"in_place", "",
                "run the programs where they are, and no copies; copies keep their name, and what "
                "lies beside the program and above is there as links"},
               &PairedOptions::in_place);
  flags.PassOn("ARG...", "passed on to both binaries");
  return flags;
}

const tools::FlagTable<PairedOptions>& PairedFlags() {
  static const auto* const kTable = new tools::FlagTable<PairedOptions>(MakeFlags());
  return *kTable;
}

}  // namespace

absl::StatusOr<PairedOptions> ParsePairedOptions(absl::Span<const absl::string_view> arguments) {
  PairedOptions options;
  tools::ProblemList problems;
  tools::CommandLine line = PairedFlags().Parse(arguments, options, problems);
  options.help = line.help;
  options.version = line.version;
  if (options.help || options.version) return options;
  line.RefusePositional(problems);
  options.passed_on = std::move(line.passed_on);
  for (const auto& [name, value, what] : {std::tuple("base", &options.base, "benchmark binary"),
                                          {"candidate", &options.candidate, "benchmark binary"},
                                          {"out", &options.out, "file"}}) {
    if (value->empty() && options.resume.empty())
      problems.Add(absl::StrCat("--", name, ": expected a ", what));
  }
  RefuseOwnFlags(options.passed_on, problems);
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return options;
}

std::string PairedHelp() { return absl::StrCat(kUsage, PairedFlags().Help(), kEnd); }

}  // namespace slo::paired
