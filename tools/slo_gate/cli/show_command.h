// slo_gate show: what is in results.

#ifndef SLO_TOOLS_SLO_GATE_CLI_SHOW_COMMAND_H_
#define SLO_TOOLS_SLO_GATE_CLI_SHOW_COMMAND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"

namespace slo::tools {

// `arguments` without the command's name: flags and files. Judges nothing; 2 lists every problem.
int RunShow(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

std::string ShowHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_SHOW_COMMAND_H_
