#include "tools/slo_gate/cli/compare_command.h"

#include "absl/strings/str_cat.h"
#include "tools/slo_gate/cli/gate_options.h"
#include "tools/slo_gate/cli/judge_command.h"

namespace slo::tools {

int RunCompare(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  return RunJudge(GateMode::kCompare, arguments, environment);
}

std::string CompareHelp() {
  return absl::StrCat(R"(usage: slo_gate compare [--limits=FILE] [FLAG]... PAIRS.json...
       slo_gate compare [--limits=FILE] --baseline=FILE [FLAG]... RESULTS.json...

Judges two builds by limits on changes: by pairs of processes (paired_bench), or by results and
those of the other build; then several results are processes of one build. "-" is the standard
input.

)",
                      GateFlagsHelp(GateMode::kCompare), "\n", ExitCodesHelp());
}

}  // namespace slo::tools
