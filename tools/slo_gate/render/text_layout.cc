#include "tools/slo_gate/render/text_layout.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace slo::tools {
namespace {

// A byte of UTF-8 that goes on with a code point.
bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

size_t Columns(absl::string_view text) {
  return text.size() - static_cast<size_t>(std::count_if(text.begin(), text.end(), IsContinuation));
}

absl::string_view FirstColumns(absl::string_view text, size_t columns) {
  size_t end = 0;
  for (; end < text.size(); ++end) {
    if (IsContinuation(text[end])) continue;
    if (columns == 0) break;
    --columns;
  }
  return text.substr(0, end);
}

absl::string_view LastColumns(absl::string_view text, size_t columns) {
  const size_t all = Columns(text);
  return all <= columns ? text : text.substr(FirstColumns(text, all - columns).size());
}

std::string MiddleCut(absl::string_view text, size_t width) {
  if (Columns(text) <= width) return std::string(text);
  const size_t kept = width - kCut.size();
  return absl::StrCat(FirstColumns(text, kept - kept / 2), kCut, LastColumns(text, kept / 2));
}

std::string Wrapped(absl::string_view text, absl::string_view indent) {
  std::string lines;
  std::string line;
  bool has_word = false;
  for (const absl::string_view word : absl::StrSplit(text, ' ')) {
    if (has_word && Columns(line) + 1 + Columns(word) > kTerminalColumns) {
      absl::StrAppend(&lines, line, "\n");
      line = std::string(indent);
      has_word = false;
    }
    absl::StrAppend(&line, has_word ? " " : "", word);
    has_word = true;
  }
  return absl::StrCat(lines, line, "\n");
}

std::string OneLine(absl::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); }, '?');
  return line;
}

}  // namespace slo::tools
