// slo_gate as a function: arguments in, streams and exit code out.

#ifndef SLO_TOOLS_SLO_GATE_CLI_GATE_H_
#define SLO_TOOLS_SLO_GATE_CLI_GATE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"

namespace slo::tools {

// `arguments` without the program's name: a command with its flags and files, or the form without a
// command, which judges. The exit code; see GateHelp.
int RunGate(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

// The overview of the commands, with the flags of the form without one.
std::string GateHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_GATE_H_
