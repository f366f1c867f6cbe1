#include "tools/slo_gate/cli/gate_options.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "tools/lib/text/nearest_name.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

constexpr std::array<absl::string_view, 9> kFlags = {"thresholds", "baseline", "evidence_dir",
                                                     "format",     "override", "allow_insufficient",
                                                     "trace",      "all",      "help"};

std::string UnknownFlag(absl::string_view name) {
  return absl::StrCat("--", name, ": unknown flag", DidYouMean(name, kFlags, "--"), " see --help");
}

constexpr std::array<std::pair<absl::string_view, OutputFormat>, 5> kFormats = {{
    {"text", OutputFormat::kText},
    {"markdown", OutputFormat::kMarkdown},
    {"json", OutputFormat::kJson},
    {"junit", OutputFormat::kJunit},
    {"github", OutputFormat::kGithub},
}};

void SetFormat(absl::string_view value, GateOptions& options, ProblemList& problems) {
  for (const auto& [name, format] : kFormats) {
    if (name != value) continue;
    options.format = format;
    return;
  }
  problems.Add(absl::StrCat("--format: expected text, markdown, json, junit or github, found \"",
                            value, "\""));
}

// A flag "--name" or "--name=value"; dashes in names count as underscores.
void ApplyFlag(absl::string_view flag, GateOptions& options, ProblemList& problems) {
  const size_t equals = flag.find('=');
  const std::string name = absl::StrReplaceAll(flag.substr(0, equals), {{"-", "_"}});
  const bool has_value = equals != absl::string_view::npos;
  const std::string value(has_value ? flag.substr(equals + 1) : "");
  const bool is_switch = name == "allow_insufficient" || name == "all" || name == "help";
  const bool is_known = std::find(kFlags.begin(), kFlags.end(), name) != kFlags.end();
  if (!is_known) {
    problems.Add(UnknownFlag(name));
  } else if (is_switch && has_value) {
    problems.Add(absl::StrCat("--", name, ": takes no value, found \"", value, "\""));
  } else if (!is_switch && value.empty()) {
    problems.Add(absl::StrCat("--", name, ": expected a value (--", name, "=...)"));
  } else if (name == "thresholds") {
    options.thresholds = value;
  } else if (name == "baseline") {
    options.baseline = value;
  } else if (name == "evidence_dir") {
    options.evidence_dir = value;
  } else if (name == "format") {
    SetFormat(value, options, problems);
  } else if (name == "trace") {
    options.traces.push_back(value);
  } else if (name == "override") {
    options.overrides.push_back(value);
  } else if (name == "allow_insufficient") {
    options.allow_insufficient = true;
  } else if (name == "all") {
    options.all = true;
  } else {
    options.help = true;
  }
}

void CheckFiles(const GateOptions& options, ProblemList& problems) {
  if (options.thresholds.empty()) {
    problems.Add(std::string("--thresholds: expected a file, for example thresholds/slo.json"));
  }
  if (options.results.empty()) {
    problems.Add(std::string(
        "expected at least one results file (--benchmark_format=json) or file of pairs"));
  }
  std::set<std::string> seen;
  if (options.thresholds == "-") seen.insert("-");
  for (const std::string& file : options.results) {
    if (seen.insert(file).second) continue;
    problems.Add(absl::StrCat(file == "-" ? "- (standard input)" : file,
                              ": is given twice; shards are different files"));
  }
  seen.clear();
  for (const std::string& file : options.traces) {
    if (seen.insert(file).second) continue;
    problems.Add(absl::StrCat("--trace=", file, ": is given twice"));
  }
}

}  // namespace

absl::StatusOr<GateOptions> ParseGateOptions(absl::Span<const absl::string_view> arguments) {
  GateOptions options;
  ProblemList problems;
  for (absl::string_view argument : arguments) {
    if (argument == "-" || !absl::StartsWith(argument, "-")) {
      options.results.emplace_back(argument);
    } else if (argument == "-h") {
      options.help = true;
    } else if (absl::ConsumePrefix(&argument, "--")) {
      ApplyFlag(argument, options, problems);
    } else {
      problems.Add(absl::StrCat(argument, ": unknown flag; see --help"));
    }
  }
  if (options.help) return options;
  CheckFiles(options, problems);
  std::sort(options.results.begin(), options.results.end());
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return options;
}

std::string GateHelp() {
  return R"(usage: slo_gate --thresholds=FILE [FLAG]... RESULTS.json...
       slo_gate verify EVIDENCE.json
       slo_gate merge RESULTS.json... > MERGED.json
       slo_gate pool --out=DIR --trace=TRACE.json... RESULTS.json...

Judges results of Google Benchmark (--benchmark_format=json) against objectives, or pairs of two
builds (paired_bench) or results with a baseline against limits on changes. Several results are
parts of one run, each of which must keep the limits; those of shards (bench_workflow
--slo_shard=I/N, each with its --trace) are pooled and judged as one; with a baseline they are
processes of one build. "-" is the standard input. The verdict goes to stdout, problems to stderr.

  --thresholds=FILE     the objectives (thresholds/slo.json), or the limits on changes
                        (thresholds/regression.json)
  --baseline=FILE       what results are compared with, by limits on changes: results of the same
                        machine and build flags; of exact costs also a folder, in which
                        exact-<toolchain>.json is looked for
  --all                 list every check; without it text has a line for each benchmark, its worst
                        check, and in full only what is not a pass; and Markdown leaves checks
                        out where there are hundreds. The evidence always has all of them.
  --evidence_dir=DIR    also write DIR/slo-<UTC>.json, .md and DIR/latest.json, .md
  --format=FORMAT       text (default, in colours on a terminal unless NO_COLOR is set), markdown,
                        json, junit, or github: annotations, and the Markdown page appended to
                        the file that GITHUB_STEP_SUMMARY names
  --trace=FILE          a trace of the same run (bench_workflow --slo_trace): its percentiles and
                        charts go into the Markdown; may be given several times, for shards
  --override=ID=LIMIT   another limit for this run; may be given several times. The environment
                        variable SLO_OVERRIDES takes a comma list of the same; a flag wins.
  --allow-insufficient  exit 0 where the sample is too small to tell
  --help

verify judges the results in the evidence again and names every difference. merge makes one results
file of those of several processes of one build on one machine, to be used as a baseline. pool keeps
what shards are judged by: one results file and one trace in DIR, in which counts add up and
percentiles and limits come from all samples.

Exit code: 0 pass, 1 fail (violated, or a row is missing, failed, or from a debug build; evidence
that says something else than follows from it), 2 unusable input (every problem is listed),
3 insufficient (the sample proves neither; of two builds: undecided), 4 invalid (not fit to judge;
of two builds also: a control failed, or the gate did not see a fault planted in the pairs). The
most severe wins, in the order 2, 1, 4, 3, 0.
)";
}

}  // namespace slo::tools
