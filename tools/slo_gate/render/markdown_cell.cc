#include "tools/slo_gate/render/markdown_cell.h"

#include "absl/strings/str_replace.h"

namespace slo::tools {

std::string MarkdownCell(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"},
                                    {"|", "\\|"},
                                    {"\n", " "},
                                    {"\r", " "},
                                    {"&", "&amp;"},
                                    {"<", "&lt;"},
                                    {">", "&gt;"},
                                    {"*", "\\*"},
                                    {"_", "\\_"},
                                    {"`", "\\`"},
                                    {"[", "\\["}});
}

}  // namespace slo::tools
