// A verdict for people and for machines.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_RENDER_H_
#define SLO_TOOLS_SLO_GATE_RENDER_RENDER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

struct TextOptions {
  bool use_color = false;  // the states stand in colours, by the escape sequences of ECMA-48
  bool all = false;        // every check in full instead of the summary, and no line broken
  std::string evidence;    // where it was written; empty: nowhere
};

// The verdict first; then a line a benchmark with its worst check, in kMaxSummaryLines lines of a
// terminal; then what is not a pass in full, notes, and where the evidence lies.
std::string RenderText(const Verdict& verdict, const TextOptions& options = {});

// The summary; what is not a pass, by objective; a table a family with the worst check of each
// benchmark, the others folded; provenance. Each check and each why stands there once. Without
// `all` the page has at most 60,000 bytes, whatever the names: very long ones lose their middle,
// and it counts what it leaves out, which is never worse than what it shows.
std::string RenderMarkdown(const Verdict& verdict, bool all = false);

// The same for the summary of a step in GitHub Actions, which takes 1 MiB: as much as leaves the
// file, that has `bytes_before`, within 900,000 bytes.
std::string RenderStepSummary(const Verdict& verdict, size_t bytes_before = 0);

// Everything; docs/evidence/README.md explains the fields. `slo_gate verify` judges it again.
std::string RenderJson(const Verdict& verdict);

// A test suite for each scenario, a test case for each check: JUnit XML as CI services read it. The
// provenance is in a suite of its own, the first one.
// What is insufficient is an error, or skipped where that was allowed.
std::string RenderJunit(const Verdict& verdict);

// Workflow commands of GitHub Actions: an annotation for each check that did not pass, the worst
// first, and one with the summary. At most kMaxAnnotations errors and as many warnings: the service
// shows no more of a step. The others are counted.
inline constexpr size_t kMaxAnnotations = 10;
std::string RenderGithub(const Verdict& verdict);

// ---- What the renderers for people share ----

// A check with its scenario.
struct PlacedCheck {
  const Scenario* scenario;
  const Check* check;
};

// Not a pass.
bool IsShownInFull(const Check& check);

// Every check: the most severe status first, then warnings, then the smallest headroom.
std::vector<PlacedCheck> WorstFirst(const Verdict& verdict);

// Those of WorstFirst that are shown in full.
std::vector<PlacedCheck> NotAPass(const Verdict& verdict);

// The worst check of each benchmark, in the same order, and every check of the controls, before
// others of their status.
std::vector<PlacedCheck> WorstOfEach(const Verdict& verdict);

// "12 of 14 checks on 3 benchmarks passed; 1 failed, 1 insufficient".
std::string SummaryLine(const Verdict& verdict);

// How far the checks can be trusted all together: "12 of 14 checks carry a confidence; all of these
// are right with at least 99.6 % (Bonferroni)".
std::string GuaranteeLine(const Summary& summary);

// "21.4x", "0.862x": rounded towards the bad side; "-" without one.
std::string HeadroomText(const Check& check);

// "2.305 us", "0.995"; "-" without one. `value`: in the unit of the check's metric.
std::string ValueText(const Check& check, const std::optional<double>& value);

// "99.9 %"; "-" without one.
std::string ConfidenceText(const Check& check);

// "pass", "pass, vacuous", "warn", "fail"; of two builds the outcome: "regressed", or where that
// only warns, "regressed, warn".
std::string StatusText(const Check& check);

// "16000", "16000 (worth 2836)"; "-" without samples.
std::string SamplesText(const Check& check);

std::vector<std::string> ResultFiles(const Verdict& verdict);

// The file of the limits that were applied.
std::string LimitsFile(const Verdict& verdict);

// "<= 50us".
std::string LimitText(const Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_RENDER_H_
