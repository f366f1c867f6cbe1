// What check, compare and the form without a command share: files in, verdict and evidence out.

#ifndef SLO_TOOLS_SLO_GATE_CLI_JUDGE_COMMAND_H_
#define SLO_TOOLS_SLO_GATE_CLI_JUDGE_COMMAND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"
#include "tools/slo_gate/cli/gate_options.h"

namespace slo::tools {

// The name of the command; empty of the form without one.
absl::string_view CommandOf(GateMode mode);

// Parses, judges, renders, writes evidence. The exit code; see ExitCodesHelp.
int RunJudge(GateMode mode, absl::Span<const absl::string_view> arguments,
             const GateEnvironment& environment);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_JUDGE_COMMAND_H_
