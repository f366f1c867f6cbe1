// Reads the files that a verdict is about and judges them by the kind of the limits.

#ifndef SLO_TOOLS_SLO_GATE_CLI_JUDGE_INPUTS_H_
#define SLO_TOOLS_SLO_GATE_CLI_JUDGE_INPUTS_H_

#include <iosfwd>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/slo_gate/cli/gate_options.h"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// Objectives judge results. Limits on changes judge pairs, or results with a baseline. `overrides`:
// the value of SLO_OVERRIDES; `in`: what "-" stands for. InvalidArgument or NotFound lists every
// problem of every input at once.
absl::StatusOr<Verdict> JudgeInputs(const GateOptions& options, absl::string_view overrides,
                                    const JudgeOptions& judge_options, std::istream& in);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_JUDGE_INPUTS_H_
