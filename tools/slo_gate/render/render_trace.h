// What traces add to the evidence for people.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_RENDER_TRACE_H_
#define SLO_TOOLS_SLO_GATE_RENDER_RENDER_TRACE_H_

#include <string>
#include <vector>

#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// Nobody looks at more; what is left out is counted.
inline constexpr int kMaxCharts = 12;

// A section of Markdown: a table of percentiles by scenario and endpoint, and charts in Mermaid, as
// GitHub draws them: latency by percentile with the limit that was judged, and the windows of a
// soak. Empty without traces.
std::string TraceMarkdown(const Verdict& verdict);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_RENDER_TRACE_H_
