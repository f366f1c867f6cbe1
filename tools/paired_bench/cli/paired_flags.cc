#include "tools/paired_bench/cli/paired_flags.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "tools/lib/text/nearest_name.h"
#include "tools/lib/text/problem_list.h"

namespace slo::paired {
namespace {

using tools::ProblemList;

constexpr int64_t kFewestPairs = 2;
constexpr int64_t kMostPairs = 5'000;
constexpr int kMostCpu = 1'023;
constexpr double kLongestMinTime = 60;

absl::Status Expected(absl::string_view what, absl::string_view found) {
  return absl::InvalidArgumentError(absl::StrCat("expected ", what, ", found \"", found, "\""));
}

absl::Status ReadDuration(absl::string_view value, absl::Duration shortest, absl::Duration longest,
                          absl::Duration& duration) {
  absl::Duration parsed;
  if (!absl::ParseDuration(value, &parsed) || parsed < shortest || parsed > longest) {
    return Expected(absl::StrCat("a duration from ", absl::FormatDuration(shortest), " to ",
                                 absl::FormatDuration(longest), ", for example \"60s\""),
                    value);
  }
  duration = parsed;
  return absl::OkStatus();
}

absl::Status ReadFilter(absl::string_view value, PairedOptions& options) {
  absl::StatusOr<tools::NameFilter> filter = tools::NameFilter::Create(value);
  if (!filter.ok()) return filter.status();
  options.filter = *std::move(filter);
  options.filter_text = std::string(value);
  return absl::OkStatus();
}

absl::Status ReadPairs(absl::string_view value, PairedOptions& options) {
  int64_t pairs = 0;
  if (!absl::SimpleAtoi(value, &pairs) || pairs < kFewestPairs || pairs > kMostPairs) {
    return Expected(absl::StrCat("an integer from ", kFewestPairs, " to ", kMostPairs), value);
  }
  options.pairs = pairs;
  return absl::OkStatus();
}

absl::Status ReadCpu(absl::string_view value, PairedOptions& options) {
  int cpu = 0;
  if (!absl::SimpleAtoi(value, &cpu) || cpu < 0 || cpu > kMostCpu) {
    return Expected(absl::StrCat("the number of a CPU from 0 to ", kMostCpu), value);
  }
  options.cpu = cpu;
  return absl::OkStatus();
}

absl::Status ReadMinTime(absl::string_view value, PairedOptions& options) {
  double seconds = 0;
  if (!absl::SimpleAtod(value, &seconds) || !(seconds >= 0 && seconds <= kLongestMinTime)) {
    return Expected(absl::StrCat("seconds without a unit, from 0 to ", kLongestMinTime), value);
  }
  options.min_time_seconds = seconds;
  return absl::OkStatus();
}

absl::Status ReadAgainst(absl::string_view value, PairedOptions& options) {
  if (value != "merge_base" && value != "release") return Expected("merge_base or release", value);
  options.against = value == "release" ? tools::Against::kRelease : tools::Against::kMergeBase;
  return absl::OkStatus();
}

absl::Status ReadSlowedEnv(absl::string_view value, PairedOptions& options) {
  const size_t equals = value.find('=');
  if (equals == absl::string_view::npos || equals == 0) {
    return Expected("NAME=VALUE, for example SLO_SLOWDOWN=read_run:6%", value);
  }
  options.slowed_env = std::string(value);
  return absl::OkStatus();
}

// A flag that takes a value.
struct Flag {
  absl::string_view name;
  std::function<absl::Status(absl::string_view value, PairedOptions& options)> read;
};

Flag TextFlag(absl::string_view name, std::string PairedOptions::*member) {
  return {name, [member](absl::string_view value, PairedOptions& options) {
            options.*member = std::string(value);
            return absl::OkStatus();
          }};
}

const std::vector<Flag>& Flags() {
  static const auto* const kFlags = new std::vector<Flag>{
      TextFlag("base", &PairedOptions::base),
      TextFlag("candidate", &PairedOptions::candidate),
      TextFlag("out", &PairedOptions::out),
      {"filter", ReadFilter},
      TextFlag("limits", &PairedOptions::limits),
      {"budget",
       [](absl::string_view value, PairedOptions& options) {
         return ReadDuration(value, absl::Seconds(1), absl::Hours(24), options.budget);
       }},
      {"pairs", ReadPairs},
      {"cpu", ReadCpu},
      {"min_time", ReadMinTime},
      {"timeout",
       [](absl::string_view value, PairedOptions& options) {
         return ReadDuration(value, absl::Seconds(1), absl::Hours(1), options.timeout);
       }},
      {"against", ReadAgainst},
      TextFlag("control", &PairedOptions::control),
      {"slowed_env", ReadSlowedEnv},
  };
  return *kFlags;
}

std::string UnknownFlag(absl::string_view name) {
  std::vector<absl::string_view> names = {"help"};
  for (const Flag& flag : Flags()) names.push_back(flag.name);
  return absl::StrCat("--", name, ": unknown flag", tools::DidYouMean(name, names, "--"),
                      " see --help");
}

// "--name=value"; dashes in the name count as underscores.
void Apply(absl::string_view argument, PairedOptions& options, ProblemList& problems) {
  absl::string_view text = argument;
  if (!absl::ConsumePrefix(&text, "--")) {
    return problems.Add(absl::StrCat("\"", argument, "\": expected a flag (--name=value)"));
  }
  const size_t equals = text.find('=');
  const std::string name = absl::StrReplaceAll(text.substr(0, equals), {{"-", "_"}});
  if (name == "help") {
    options.help = true;
    return;
  }
  const auto flag = std::find_if(Flags().begin(), Flags().end(),
                                 [&](const Flag& one) { return one.name == name; });
  if (flag == Flags().end()) return problems.Add(UnknownFlag(name));
  const absl::string_view value = equals == absl::string_view::npos ? "" : text.substr(equals + 1);
  if (value.empty()) {
    return problems.Add(absl::StrCat("--", name, ": expected a value (--", name, "=...)"));
  }
  const absl::Status status = flag->read(value, options);
  if (!status.ok()) problems.Add(absl::StrCat("--", name, ": ", status.message()));
}

}  // namespace

absl::StatusOr<PairedOptions> ParsePairedOptions(absl::Span<const absl::string_view> arguments) {
  PairedOptions options;
  ProblemList problems;
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  for (auto argument = arguments.begin(); argument != dashes; ++argument) {
    if (*argument == "-h") {
      options.help = true;
    } else {
      Apply(*argument, options, problems);
    }
  }
  if (options.help) return options;
  for (auto argument = dashes; argument != arguments.end(); ++argument) {
    if (argument != dashes) options.passed_on.emplace_back(*argument);
  }
  for (const auto& [name, value] : {std::pair("base", &options.base),
                                    {"candidate", &options.candidate},
                                    {"out", &options.out}}) {
    if (!value->empty()) continue;
    problems.Add(absl::StrCat("--", name, ": expected a ",
                              absl::string_view(name) == "out" ? "file" : "benchmark binary"));
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return options;
}

std::string PairedHelp() {
  return R"(usage: paired_bench --base=BIN --candidate=BIN --out=PAIRS.json [FLAG]... [-- ARG...]

Measures pairs of processes of two Google Benchmark binaries, for slo_gate to judge:

  slo_gate --thresholds=thresholds/regression.json PAIRS.json

A pair is two fresh processes of fresh copies of the binaries (in TMPDIR, else /tmp), which run at
the same time on one core, the order alternating. A benchmark stops at one of the planned looks when
it is decided, or when the budget is out. The base is paired with itself too, as a control.

  --base=BIN            the build to compare with
  --candidate=BIN       the build in question
  --out=PAIRS.json      what was measured; complete after each round of looks, also after Ctrl-C
  --filter=RE           only benchmarks in whose names the POSIX extended regular expression is
                        found
  --limits=FILE         what is tolerated, by which metric (thresholds/regression.json);
                        without it 3% on cpu_time
  --budget=60s          stop after this time, from 1s to 24h
  --pairs=N             exactly N pairs of each benchmark, from 2 to 5000, however they look
  --cpu=N               the core; the highest that this process may use, unless given
  --min_time=0.02       seconds that a process measures, without a unit, from 0 to 60
  --timeout=60s         a pair that takes longer has failed, from 1s to 1h
  --against=merge_base  what the base is: merge_base or release (with the wider allowance)
  --control=BENCHMARK   what the base is paired with itself by; the first benchmark, unless given
  --slowed_env=NAME=VALUE
                        the base is also paired with itself made slower by this variable, which
                        must be found; bench_workflow reads SLO_SLOWDOWN=STAGE:6%
  --help
  -- ARG...             passed on to both binaries

Progress and failures go to stderr. Exit code: 0 collected (judging is the gate's), 1 a benchmark
failed to run (it is in the file, and so are the others), 2 unusable input, 130 or 143 interrupted.
)";
}

}  // namespace slo::paired
