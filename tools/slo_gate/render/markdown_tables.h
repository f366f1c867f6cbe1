// The tables of checks on the page.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_TABLES_H_
#define SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_TABLES_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "tools/slo_gate/render/markdown_rows.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// More families than that share the last table.
inline constexpr size_t kMaxFamilyTables = 40;

// "BM_RunPath" of BM_RunPath/steps:3, "controls" of every control.
std::string FamilyOf(const Scenario& scenario);

// A section with the checks that are not a pass, a table an objective, the worst first: why there
// is the objective, and the reason of each check. Empty when there is none. Here and below: as many
// in the order of WorstFirst as fit into `max_bytes`, which are enough for a heading and two lines.
struct PageSection {
  std::string text;
  size_t checks = 0;  // that it shows
};
PageSection NotAPassSection(const Verdict& verdict, const PageLimits& limits,
                            size_t max_bytes = kUnlimited);

// A section a family, the worst first: a table with a row a benchmark, its worst check; folded, a
// table with the other checks that passed. A check of NotAPassSection is counted, not repeated.
std::string FamilySections(const Verdict& verdict, const PageLimits& limits,
                           size_t max_bytes = kUnlimited);

// Folded: why there are the objectives, each sentence that NotAPassSection does not have once, with
// all objectives that it is of.
std::string WhySection(const Verdict& verdict, const PageLimits& limits,
                       size_t max_bytes = kUnlimited);

// A part of the page that opens on a click.
std::string Folded(absl::string_view summary, absl::string_view content);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_TABLES_H_
