#include "tools/lib/results/aggregate_rows.h"

#include <array>
#include <cstddef>

#include "absl/strings/match.h"

namespace slo::tools {
namespace {

constexpr std::array<absl::string_view, 3> kNotFinite = {"NaN", "Infinity", "-Infinity"};

// The end of the string that begins with the quote at `begin`: behind its closing quote.
size_t EndOfString(absl::string_view text, size_t begin) {
  for (size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return text.size();
}

size_t LengthOfNotFinite(absl::string_view text) {
  for (const absl::string_view word : kNotFinite) {
    if (absl::StartsWith(text, word)) return word.size();
  }
  return 0;
}

}  // namespace

std::string WithReadableAggregates(absl::string_view text) {
  std::string readable;
  readable.reserve(text.size());
  bool is_aggregate = false;
  for (size_t i = 0; i < text.size();) {
    size_t length = 1;
    if (text[i] == '{') {
      is_aggregate = false;
    } else if (text[i] == '"') {
      length = EndOfString(text, i) - i;
      is_aggregate = is_aggregate || text.substr(i, length) == "\"aggregate\"";
    } else if (const size_t word = LengthOfNotFinite(text.substr(i)); word > 0) {
      length = word;
      if (is_aggregate) {
        readable.append("null");
        i += length;
        continue;
      }
    }
    readable.append(text.data() + i, length);
    i += length;
  }
  return readable;
}

}  // namespace slo::tools
