// The level that each check of a verdict must reach, for all of them together to reach theirs.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_REQUIRED_LEVEL_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_REQUIRED_LEVEL_H_

#include <vector>

#include "tools/lib/results/report.h"
#include "tools/slo_gate/objectives/benchmark_rows.h"
#include "tools/slo_gate/verdict/check.h"
#include "tools/slo_gate/verdict/objective.h"

namespace slo::tools {

// A benchmark that an objective is about.
struct Match {
  const Objective* objective;
  const BenchmarkRows* benchmark;
};

// An objective that matches no benchmark, or fewer than it expects.
struct Missing {
  const Objective* objective;
  size_t found;
};

std::vector<LimitKind> KindsOf(const Objective& objective);

// The error is spread evenly over the checks that carry a confidence (Bonferroni); rows of one name
// are one check: it passes only when all of them do. A check counts too where the results lack what
// it takes: with less information no other check may need less.
double RequiredLevel(const std::vector<Match>& matches, const std::vector<Missing>& missing,
                     const std::vector<Report>& reports, double family_confidence);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_REQUIRED_LEVEL_H_
