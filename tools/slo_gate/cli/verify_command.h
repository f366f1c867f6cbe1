// slo_gate verify: whether evidence says what follows from it.

#ifndef SLO_TOOLS_SLO_GATE_CLI_VERIFY_COMMAND_H_
#define SLO_TOOLS_SLO_GATE_CLI_VERIFY_COMMAND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"

namespace slo::tools {

// `arguments`: one file. 0 confirmed, 1 a difference, 2 no evidence.
int RunVerify(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

std::string VerifyHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_VERIFY_COMMAND_H_
