#include "tools/slo_gate/render/status_color.h"

#include "absl/strings/str_cat.h"

namespace slo::tools {
namespace {

// Of "select graphic rendition".
absl::string_view ColorOf(CheckStatus status) {
  switch (status) {
    case CheckStatus::kPass:
      return "32";  // green
    case CheckStatus::kWarn:
      return "36";  // cyan
    case CheckStatus::kInsufficient:
      return "33";  // yellow
    case CheckStatus::kInvalid:
      return "35";  // magenta
    case CheckStatus::kFail:
      break;
  }
  return "31";  // red
}

}  // namespace

std::string InColor(CheckStatus status, absl::string_view text, bool use_color) {
  if (!use_color) return std::string(text);
  return absl::StrCat("\x1b[", ColorOf(status), "m", text, "\x1b[0m");
}

}  // namespace slo::tools
