#include "tools/lib/json/not_finite.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kNull = "null";

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

bool IsInWord(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::StrContains("+-.#()_", absl::string_view(&c, 1));
}

// Few characters begin one of the words, so that most of a text is passed over.
bool MayBegin(char c) { return absl::StrContains("nNiI+-1", absl::string_view(&c, 1)); }

absl::string_view WordFrom(absl::string_view text, size_t begin) {
  size_t end = begin;
  while (end < text.size() && IsInWord(text[end])) ++end;
  return text.substr(begin, end - begin);
}

// "(ind)" of "nan(ind)".
bool IsInBrackets(absl::string_view text) {
  return absl::ConsumePrefix(&text, "(") && absl::ConsumeSuffix(&text, ")") &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isalnum(c) || c == '_'; });
}

// Old Microsoft libraries: "1.#INF", with what the precision and the exponent add.
bool IsOldMicrosoft(absl::string_view word) {
  if (!absl::ConsumePrefix(&word, "1.#")) return false;
  constexpr std::array<absl::string_view, 6> kKinds = {"inf", "ind", "qnan", "snan", "qna", "j"};
  const bool is_known = std::any_of(kKinds.begin(), kKinds.end(), [&](absl::string_view kind) {
    return absl::ConsumePrefix(&word, kind);
  });
  const size_t zeros = word.find_first_not_of('0');
  word.remove_prefix(std::min(zeros, word.size()));
  return is_known && (word.empty() || word[0] == 'e');
}

void AppendNull(size_t length, std::string& text) {
  if (length < kNull.size() && !text.empty() && text.back() == ' ') text.pop_back();
  text.append(kNull.data(), kNull.size());
  if (length > kNull.size()) text.append(length - kNull.size(), ' ');
}

}  // namespace

bool IsNotFiniteWord(absl::string_view word) {
  constexpr size_t kMaxWord = 64;
  if (word.size() > kMaxWord) return false;
  const std::string lower = absl::AsciiStrToLower(word);
  absl::string_view rest = lower;
  if (!absl::ConsumePrefix(&rest, "-")) absl::ConsumePrefix(&rest, "+");
  if (rest == "inf" || rest == "infinity" || rest == "nanq" || rest == "nans") return true;
  if (IsOldMicrosoft(rest)) return true;
  return absl::ConsumePrefix(&rest, "nan") && (rest.empty() || IsInBrackets(rest));
}

std::optional<std::string> WithNullForNotFinite(absl::string_view text) {
  std::string readable;
  size_t copied = 0;
  char before = '[';  // the last character that is no blank; a text may begin with a value
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    size_t end = i + 1;
    if (c == '"') {
      end = EndOfString(text, i);
    } else if (MayBegin(c) && (before == ':' || before == ',' || before == '[')) {
      const absl::string_view word = WordFrom(text, i);
      end = i + word.size();
      if (IsNotFiniteWord(word)) {
        readable.append(text.data() + copied, i - copied);
        AppendNull(word.size(), readable);
        copied = end;
      }
    }
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) before = c;
    i = end;
  }
  if (copied == 0) return std::nullopt;
  readable.append(text.data() + copied, text.size() - copied);
  return readable;
}

}  // namespace slo::tools
