// Text in a table of Markdown.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_CELL_H_
#define SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_CELL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// The text so that it ends neither a cell nor a line and is not taken for markup.
std::string MarkdownCell(absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_CELL_H_
