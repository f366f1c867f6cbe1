// slo_gate compare: two builds by limits on changes.

#ifndef SLO_TOOLS_SLO_GATE_CLI_COMPARE_COMMAND_H_
#define SLO_TOOLS_SLO_GATE_CLI_COMPARE_COMMAND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"

namespace slo::tools {

// `arguments` without the command's name. The exit code; see CompareHelp.
int RunCompare(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

std::string CompareHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_COMPARE_COMMAND_H_
