// Explains what a verdict on pairs calls regressed.

#ifndef SLO_TOOLS_SLO_GATE_CLI_EXPLAIN_VERDICT_H_
#define SLO_TOOLS_SLO_GATE_CLI_EXPLAIN_VERDICT_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tools/slo_gate/explain/callgrind_run.h"
#include "tools/slo_gate/explain/explain_change.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// Explaining a benchmark takes some seconds; the worst ones are explained, and none is begun later.
inline constexpr size_t kMaxExplained = 20;
inline constexpr absl::Duration kLatestExplanation = absl::Minutes(10);

// The benchmarks that regressed, the worst first, and those that one of the globs matches, each
// once; with the programs that the pairs files name.
std::vector<ChangeToExplain> ChangesToExplain(const Verdict& verdict,
                                              const std::vector<std::string>& globs);

// Sets the verdict's explanations; nothing else of it changes. The flame graphs, in the order of
// the explanations; empty where there is none.
std::vector<std::string> ExplainVerdict(const std::vector<std::string>& globs,
                                        const ProfileTools& tools, std::ostream& progress,
                                        Verdict& verdict);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_EXPLAIN_VERDICT_H_
