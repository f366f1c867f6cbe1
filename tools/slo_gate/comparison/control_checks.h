// The controls of a collection of pairs as checks.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_CONTROL_CHECKS_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_CONTROL_CHECKS_H_

#include <string>
#include <utility>
#include <vector>

#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// The controls of a file, by name, a check a metric. The quiet one passes when it was shown to cost
// no more than is tolerated, the slowed one when it was found to be regressed. Each is insufficient
// while it is undecided, and invalid when it was found to be anything else. Where nothing was
// slowed, the quiet one's pairs are slowed by arithmetic: twice what is tolerated. A control that
// the file should have is invalid.
std::vector<std::pair<std::string, Check>> ControlChecks(const PairsFile& file,
                                                         const std::vector<JudgedChange>& judged,
                                                         const CheckContext& context);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_CONTROL_CHECKS_H_
