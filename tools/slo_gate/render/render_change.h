// What the renderers for people show of a comparison of two builds.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_RENDER_CHANGE_H_
#define SLO_TOOLS_SLO_GATE_RENDER_RENDER_CHANGE_H_

#include <string>
#include <vector>

#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// The interval on a scale from minus to plus three times what is tolerated, in 31 characters:
//
//   "            [--o---]!          "
//
// ":" is no change, "!" what is tolerated, "o" the estimate between its limits; "<" and ">" stand
// for what lies beyond the scale. Blank without an interval.
std::string ChangeBar(const Check& check);

// "benchmarks: 14 expected = 12 judged + 1 waived + 1 missing".
std::string CoverageLine(const Coverage& coverage);

// What holds for the comparison as a whole, a sentence each: the outcomes, the smallest change that
// could have been seen, the planted faults, the flipped signs. Empty for other verdicts.
std::vector<std::string> RegressionLines(const Verdict& verdict);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_RENDER_CHANGE_H_
