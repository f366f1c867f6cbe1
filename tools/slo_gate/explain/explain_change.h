// Why one benchmark of two builds does not cost the same.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_EXPLAIN_CHANGE_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_EXPLAIN_CHANGE_H_

#include <optional>
#include <string>
#include <vector>

#include "tools/slo_gate/explain/callgrind_run.h"
#include "tools/slo_gate/explain/counted_costs.h"
#include "tools/slo_gate/verdict/explanation.h"

namespace slo::tools {

// The change of its time or cost that is to be explained, a ratio less one; nothing: not known.
struct ChangeToExplain {
  std::string benchmark;
  std::string base;  // the programs
  std::string candidate;
  std::optional<double> change;
  std::vector<std::string> arguments;  // passed on to both
  std::string measured_at_utc;
};

struct ExplainedChange {
  Explanation explanation;
  std::string flame_graph;  // an SVG; empty where there is a problem
};

// Runs both programs under callgrind. What keeps the costs from being counted is the explanation's
// `problem`.
ExplainedChange ExplainChange(const ChangeToExplain& change, const ProfileTools& tools);

// The same of costs that were counted.
ExplainedChange ExplainCosts(const ChangeToExplain& change, const CountedCosts& base,
                             const CountedCosts& candidate);

// Functions beyond these are one entry together.
inline constexpr size_t kMaxExplainedFunctions = 200;

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_EXPLAIN_CHANGE_H_
