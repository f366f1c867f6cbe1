#include "tools/lib/text/glob.h"

#include <cstddef>

namespace slo::tools {
namespace {

constexpr char kEscape = '\\';

// What stands at one place of a glob. A backslash at the end stands for itself.
struct Element {
  char character = '\0';
  bool is_literal = true;
  size_t length = 1;  // in the glob
};

Element ElementAt(absl::string_view glob, size_t place) {
  if (glob[place] == kEscape && place + 1 < glob.size()) {
    return {.character = glob[place + 1], .length = 2};
  }
  const char character = glob[place];
  return {.character = character, .is_literal = character != '*' && character != '?'};
}

bool IsStar(const Element& element) { return !element.is_literal && element.character == '*'; }

}  // namespace

bool GlobMatches(absl::string_view glob, absl::string_view text) {
  size_t g = 0;
  size_t t = 0;
  // Where to go on when the text behind the last "*" does not match: that star takes one more.
  size_t star = absl::string_view::npos;
  size_t star_text = 0;
  while (t < text.size()) {
    const Element element = g < glob.size() ? ElementAt(glob, g) : Element{.length = 0};
    if (IsStar(element)) {
      star = g++;
      star_text = t;
    } else if (element.length > 0 && (!element.is_literal || element.character == text[t])) {
      g += element.length;
      ++t;
    } else if (star != absl::string_view::npos) {
      g = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

std::string GlobOf(absl::string_view text) {
  std::string glob;
  for (const char character : text) {
    if (character == '*' || character == '?' || character == kEscape) glob.push_back(kEscape);
    glob.push_back(character);
  }
  return glob;
}

std::optional<std::string> LiteralOf(absl::string_view glob) {
  std::string text;
  for (size_t g = 0; g < glob.size();) {
    const Element element = ElementAt(glob, g);
    if (!element.is_literal) return std::nullopt;
    text.push_back(element.character);
    g += element.length;
  }
  return text;
}

}  // namespace slo::tools
