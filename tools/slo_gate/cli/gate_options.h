// The command line of slo_gate check, of slo_gate compare, and of the form without a command.

#ifndef SLO_TOOLS_SLO_GATE_CLI_GATE_OPTIONS_H_
#define SLO_TOOLS_SLO_GATE_CLI_GATE_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace slo::tools {

enum class OutputFormat { kText, kMarkdown, kJson, kJunit, kGithub };

// What is judged by what.
enum class GateMode {
  kEither,   // the thresholds file says
  kCheck,    // results by objectives
  kCompare,  // two builds by limits on changes
};

struct GateOptions {
  GateMode mode = GateMode::kEither;
  // A file: objectives, or limits on changes. Empty, in a comparison: the default limits.
  std::string thresholds;
  std::string baseline;      // a results file, or a folder of exact costs; empty: none
  std::string evidence_dir;  // empty: no evidence is written
  OutputFormat format = OutputFormat::kText;
  std::vector<std::string> traces;              // files, for the evidence
  std::vector<std::string> overrides;           // "id=limit"
  bool explain = false;                         // what regressed
  std::vector<std::string> explain_benchmarks;  // also these, by globs
  bool allow_insufficient = false;
  bool all = false;  // every check in text and Markdown
  bool help = false;
  bool version = false;
  // Files, "-" is the standard input; sorted, so that the order of shards changes nothing.
  std::vector<std::string> results;
};

// `arguments` without the names of program and command. InvalidArgument lists every problem:
// unknown flags (with the nearest known one), missing values, no thresholds, no results or the same
// file twice.
absl::StatusOr<GateOptions> ParseGateOptions(absl::Span<const absl::string_view> arguments,
                                             GateMode mode = GateMode::kEither);

// The flags, each with its help.
std::string GateFlagsHelp(GateMode mode);

// What the exit codes of a verdict say.
std::string ExitCodesHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_GATE_OPTIONS_H_
