// slo_gate pool: the results of shards as those of one program.

#ifndef SLO_TOOLS_SLO_GATE_CLI_POOL_COMMAND_H_
#define SLO_TOOLS_SLO_GATE_CLI_POOL_COMMAND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/slo_gate/cli/gate_environment.h"

namespace slo::tools {

// `arguments`: --out=DIR, --trace=FILE..., RESULTS.json.... Writes DIR/pooled-results.json and
// DIR/pooled-trace.json, both or none, and says so. 2 lists every problem of the arguments and of
// the files; see PoolShards.
int RunPool(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);

std::string PoolHelp();

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_POOL_COMMAND_H_
