// Text in the width of a terminal.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_TEXT_LAYOUT_H_
#define SLO_TOOLS_SLO_GATE_RENDER_TEXT_LAYOUT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

inline constexpr size_t kTerminalColumns = 100;
// Stands for what was cut out of a name.
inline constexpr absl::string_view kCut = "..";

// Code points of UTF-8: what most of a name's characters take on a terminal.
size_t Columns(absl::string_view text);

// At most `width` columns: of a longer text the middle is cut out, "environm..ll_share". The width
// must hold kCut.
std::string MiddleCut(absl::string_view text, size_t width);

// The first so many columns, and the last so many.
absl::string_view FirstColumns(absl::string_view text, size_t columns);
absl::string_view LastColumns(absl::string_view text, size_t columns);

// The text as lines of at most kTerminalColumns, broken between words, each with its line feed; all
// but the first begin with `indent`. A word that is longer still is left whole.
std::string Wrapped(absl::string_view text, absl::string_view indent);

// On one line: a control character becomes "?".
std::string OneLine(absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_TEXT_LAYOUT_H_
