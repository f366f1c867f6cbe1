// Proof, in every report, that the gate could have failed: the recorded pairs are judged again with
// faults planted in them, and without their changes, with signs flipped at random in blocks.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_RUN_SELF_TEST_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_RUN_SELF_TEST_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/verdict/self_test.h"

namespace slo::tools {

// `judged`: what JudgePairs made of the same files, limits and day. A pure function.
SelfTest RunSelfTest(const std::vector<PairsFile>& files, const RegressionLimits& limits,
                     absl::CivilDay today, const std::vector<JudgedChange>& judged);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_RUN_SELF_TEST_H_
