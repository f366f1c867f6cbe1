// A decision on two builds as a check.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_CHANGE_CHECK_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_CHANGE_CHECK_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// What all comparisons of a verdict have in common.
struct CheckContext {
  double error = 0.01;  // of all of them together
  size_t comparisons = 1;
  Method method = Method::kPairs;
  std::optional<Doubt> doubt;  // decided before the checks are made
};

// A check with everything that a decision says but the decision itself: id, limit, measurement,
// confidence. `metric`: nothing measured goes into it while there is a defect.
Check MeasuredCheck(const JudgedChange& judged, const CheckContext& context);

// Sets what was found, as the check's status and reason unless it is in doubt. A failure with a
// name, such as a missing benchmark, stays one, and controls stand for themselves, unless
// everything is in doubt.
void SetFound(Reason found, CheckStatus status, const CheckContext& context, Check& check);

// A comparison with Comparison::kChange. `debug_sides`: those that were debug builds, which fails.
Check ChangeCheck(const JudgedChange& judged, const std::vector<BuildSide>& debug_sides,
                  const CheckContext& context);

// Of a comparison in which neither side has a benchmark.
Check NothingComparedCheck(Method method);

// A tolerance whose glob matches no benchmark of either binary.
Check UnusedToleranceCheck(const Tolerance& tolerance, const CheckContext& context);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_CHANGE_CHECK_H_
