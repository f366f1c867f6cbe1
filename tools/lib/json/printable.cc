#include "tools/lib/json/printable.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace slo::tools {
namespace {

bool IsControlCharacter(unsigned char c) { return absl::ascii_iscntrl(c); }

}  // namespace

bool IsPrintable(absl::string_view text) {
  return std::none_of(text.begin(), text.end(), IsControlCharacter);
}

std::string Printable(std::string text) {
  std::replace_if(text.begin(), text.end(), IsControlCharacter, ' ');
  return text;
}

}  // namespace slo::tools
