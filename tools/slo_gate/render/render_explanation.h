// Why benchmarks cost more, for people: a table of functions for each that was explained.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_RENDER_EXPLANATION_H_
#define SLO_TOOLS_SLO_GATE_RENDER_RENDER_EXPLANATION_H_

#include <cstddef>
#include <string>

#include "tools/slo_gate/render/markdown_rows.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// Functions and call sites beyond these are counted.
inline constexpr size_t kMaxTextFunctions = 10;
inline constexpr size_t kMaxPageFunctions = 25;

// On one line: the instructions of both builds, and the functions that make most of the difference.
std::string ExplanationSummary(const Explanation& explanation);

// Empty where nothing was explained.
std::string ExplanationText(const Verdict& verdict);

// A section of the page, of at most `max_bytes`; explanations that do not fit are counted.
std::string ExplanationSection(const Verdict& verdict, const PageLimits& limits,
                               size_t max_bytes = kUnlimited);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_RENDER_EXPLANATION_H_
