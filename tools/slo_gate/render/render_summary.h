// The parts of the text for people that show checks: a line a benchmark, and in full what is not a
// pass.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_RENDER_SUMMARY_H_
#define SLO_TOOLS_SLO_GATE_RENDER_RENDER_SUMMARY_H_

#include <cstddef>
#include <string>

#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// What is not a pass beyond so many checks is counted.
inline constexpr size_t kMaxBlocks = 50;

// A heading and a line a benchmark with its worst check, the worst first, each of at most
// kTerminalColumns; at most `max_lines` (at least 3), the last of which then counts the others.
std::string SummaryTable(const Verdict& verdict, size_t max_lines, bool use_color);

// What is not a pass, the worst first, kMaxBlocks of it: the full name, value, bound, limit,
// reason, why, and of two builds the interval. Only names are ever wider than kTerminalColumns.
std::string FullBlocks(const Verdict& verdict, bool use_color);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_RENDER_SUMMARY_H_
