// A verdict for people and for machines.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_H_
#define SLO_TOOLS_SLO_GATE_RENDER_H_

#include <string>
#include <vector>

#include "tools/slo_gate/verdict.h"

namespace slo::tools {

// A line a check, the worst margin first; then notes; then the summary and, last, the verdict.
std::string RenderText(const Verdict& verdict);

// The summary first, a table a scenario, provenance.
std::string RenderMarkdown(const Verdict& verdict);

// schema_version 1; see docs/evidence/README.md for the fields.
std::string RenderJson(const Verdict& verdict);

// A check with its scenario.
struct PlacedCheck {
  const Scenario* scenario;
  const Check* check;
};

// Every check: the most severe status first, then the smallest headroom.
std::vector<PlacedCheck> WorstFirst(const Verdict& verdict);

// "12 of 14 checks passed: 1 failed, 1 insufficient".
std::string SummaryLine(const Summary& summary);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_H_
