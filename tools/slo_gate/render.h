// A verdict for people and for machines.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_H_
#define SLO_TOOLS_SLO_GATE_RENDER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/slo_gate/verdict.h"

namespace slo::tools {

// A line a check, the worst margin first; then notes; then the summary and, last, the verdict. With
// `use_color` the states stand in colours, by the escape sequences of ECMA-48.
std::string RenderText(const Verdict& verdict, bool use_color = false);

// The summary first, a table a scenario, the worst first, provenance.
std::string RenderMarkdown(const Verdict& verdict);

// Everything; docs/evidence/README.md explains the fields. `slo_gate verify` judges it again.
std::string RenderJson(const Verdict& verdict);

// A test suite for each scenario, a test case for each check: JUnit XML as CI services read it.
// What is insufficient is an error, or skipped where that was allowed.
std::string RenderJunit(const Verdict& verdict);

// Workflow commands of GitHub Actions: an annotation for each check that did not pass, the worst
// first, and one with the summary.
std::string RenderGithub(const Verdict& verdict);

// ---- What the renderers for people share ----

// Nobody reads more; what is left out is counted, and never worse than what is shown.
inline constexpr size_t kMostShownChecks = 500;
inline constexpr size_t kMostShownScenarios = 200;

// A check with its scenario.
struct PlacedCheck {
  const Scenario* scenario;
  const Check* check;
};

// Every check: the most severe status first, then the smallest headroom.
std::vector<PlacedCheck> WorstFirst(const Verdict& verdict);

// "12 of 14 checks passed: 1 failed, 1 insufficient".
std::string SummaryLine(const Summary& summary);

// How far the checks can be trusted all together: "12 of 14 checks carry a confidence; all of these
// are right with at least 99.6 % (Bonferroni)".
std::string GuaranteeLine(const Summary& summary);

// "21.4x", "0.862x": rounded towards the bad side; "-" without one.
std::string HeadroomText(const Check& check);

// "2.305 us", "0.995"; "-" without one. `value`: in the unit of the check's metric.
std::string ValueText(const Check& check, const std::optional<double>& value);

// "pass", "pass, vacuous", "fail"; of two builds the outcome, "regressed".
std::string StatusText(const Check& check);

// "16000", "16000 (worth 2836)"; "-" without samples.
std::string SamplesText(const Check& check);

std::vector<std::string> ResultFiles(const Verdict& verdict);

// The file of the limits that were applied.
std::string LimitsFile(const Verdict& verdict);

// "<= 50us".
std::string LimitText(const Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_H_
