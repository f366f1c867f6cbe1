// The command line of slo_gate.

#ifndef SLO_TOOLS_SLO_GATE_CLI_GATE_OPTIONS_H_
#define SLO_TOOLS_SLO_GATE_CLI_GATE_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace slo::tools {

enum class OutputFormat { kText, kMarkdown, kJson, kJunit, kGithub };

struct GateOptions {
  std::string thresholds;    // a file: objectives, or limits on changes
  std::string baseline;      // a results file, or a folder of exact costs; empty: none
  std::string evidence_dir;  // empty: no evidence is written
  OutputFormat format = OutputFormat::kText;
  std::vector<std::string> traces;     // files, for the evidence
  std::vector<std::string> overrides;  // "id=limit"
  bool allow_insufficient = false;
  bool all = false;  // every check in text and Markdown
  bool help = false;
  // Files, "-" is the standard input; sorted, so that the order of shards changes nothing.
  std::vector<std::string> results;
};

// `arguments` without the program's name. InvalidArgument lists every problem: unknown flags (with
// the nearest known one), missing values, no thresholds, no results or the same file twice.
absl::StatusOr<GateOptions> ParseGateOptions(absl::Span<const absl::string_view> arguments);

std::string GateHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_GATE_OPTIONS_H_
