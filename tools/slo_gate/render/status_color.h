// The colours in which a terminal shows states, by the escape sequences of ECMA-48.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_STATUS_COLOR_H_
#define SLO_TOOLS_SLO_GATE_RENDER_STATUS_COLOR_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// "\x1b[31mfail\x1b[0m"; the text itself without `use_color`.
std::string InColor(CheckStatus status, absl::string_view text, bool use_color);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_STATUS_COLOR_H_
