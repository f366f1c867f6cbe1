// slo_gate draft: a first thresholds file from measured results.

#ifndef SLO_TOOLS_SLO_GATE_CLI_DRAFT_COMMAND_H_
#define SLO_TOOLS_SLO_GATE_CLI_DRAFT_COMMAND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"

namespace slo::tools {

// `arguments` without the command's name: flags and files. Writes the thresholds to the output and
// what it leaves out to the errors; 3 where nothing can be limited, 2 lists every problem.
int RunDraft(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

std::string DraftHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_DRAFT_COMMAND_H_
