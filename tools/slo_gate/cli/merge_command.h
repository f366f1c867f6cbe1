// slo_gate merge: the results of several processes as one file.

#ifndef SLO_TOOLS_SLO_GATE_CLI_MERGE_COMMAND_H_
#define SLO_TOOLS_SLO_GATE_CLI_MERGE_COMMAND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"

namespace slo::tools {

// `arguments`: files. Writes the merged results to the output; 2 lists every problem.
int RunMerge(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

std::string MergeHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_MERGE_COMMAND_H_
