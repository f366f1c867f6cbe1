// A decision on two builds as a check with its reason in words.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_CHANGE_CHECK_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_CHANGE_CHECK_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// Why nothing passes or fails by what was measured: it is invalid.
struct Doubt {
  std::string reason;
  // Controls too, and failures that have a name whatever was measured, such as a missing benchmark.
  bool is_about_all = false;
};

// What all comparisons of a verdict have in common.
struct CheckContext {
  double error = 0.01;  // of all of them together
  size_t comparisons = 1;
  absl::string_view unit = "pairs";  // what the observations are
  std::optional<Doubt> doubt;        // decided before the checks are made
};

// A comparison with Comparison::kChange. `debug_sides`: those that were debug builds, which fails.
Check ChangeCheck(const JudgedChange& judged, const std::vector<std::string>& debug_sides,
                  const CheckContext& context);

// The controls of a file, by name. The quiet one passes unless something was found; the slowed one
// passes when it was found to be regressed, is insufficient while it is undecided, and invalid when
// it was found to be anything else. Where the file has no slowed one, the quiet one's pairs
// are slowed by arithmetic: twice what is tolerated. A control that was not measured is invalid.
std::vector<std::pair<std::string, Check>> ControlChecks(const PairsFile& file,
                                                         const std::vector<JudgedChange>& judged,
                                                         const CheckContext& context);

// A tolerance whose glob matches no benchmark of either binary.
Check UnusedToleranceCheck(const Tolerance& tolerance, const CheckContext& context);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_CHANGE_CHECK_H_
