// slo_gate as a function: arguments in, streams and exit code out.

#ifndef SLO_TOOLS_SLO_GATE_CLI_GATE_H_
#define SLO_TOOLS_SLO_GATE_CLI_GATE_H_

#include <iosfwd>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace slo::tools {

// What the gate takes from its surroundings.
struct GateEnvironment {
  std::string overrides;     // the value of SLO_OVERRIDES
  std::string step_summary;  // a file that --format=github appends to; empty: none
  bool use_color = false;    // in the text format
  absl::Time now;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// Parses, judges, renders, writes evidence. The exit code; see GateHelp.
int RunGate(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_GATE_H_
