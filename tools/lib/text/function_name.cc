#include "tools/lib/text/function_name.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kOperator = "operator";
constexpr absl::string_view kUnnamed = "(anonymous namespace)";

// Where the bracket at `begin` ends: behind the closing one of its kind, or the end of the text.
size_t EndOfBracket(absl::string_view text, size_t begin) {
  const char open = text[begin];
  const char close = open == '<' ? '>' : ')';
  int depth = 0;
  for (size_t i = begin; i < text.size(); ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i + 1;
  }
  return text.size();
}

// Whether "operator" ends just before `at` and names a function there.
bool IsOperatorBefore(absl::string_view text, size_t at) {
  const absl::string_view before = text.substr(0, at);
  if (!absl::EndsWith(before, kOperator)) return false;
  const size_t begin = at - kOperator.size();
  return begin == 0 || (absl::ascii_isalnum(static_cast<unsigned char>(text[begin - 1])) == 0 &&
                        text[begin - 1] != '_');
}

// The characters of an operator at `at`: "()", "<<=", "->".
absl::string_view OperatorAt(absl::string_view text, size_t at) {
  if (absl::StartsWith(text.substr(at), "()")) return text.substr(at, 2);
  size_t end = at;
  while (end < text.size() && absl::StrContains("<>=-+*/%&|^!~,[]", text[end])) ++end;
  // "operator< <int>" and "operator==<int>": what begins a list of arguments is none of it.
  const absl::string_view signs = text.substr(at, end - at);
  for (const absl::string_view sign : {"<=>", "<<=", "<<", "<=", "<"}) {
    if (absl::StartsWith(signs, sign)) return text.substr(at, sign.size());
  }
  return absl::StartsWith(signs, "->") || absl::StartsWith(signs, ">")
             ? signs
             : signs.substr(0, signs.find('<'));
}

}  // namespace

std::string ShortFunctionName(absl::string_view name) {
  std::string text;
  for (size_t i = 0; i < name.size();) {
    if (IsOperatorBefore(name, i)) {
      const absl::string_view sign = OperatorAt(name, i);
      text.append(sign.data(), sign.size());
      i += sign.size();
      if (!sign.empty()) continue;
    }
    if (absl::StartsWith(name.substr(i), kUnnamed)) {
      text.append(kUnnamed.data(), kUnnamed.size());
      i += kUnnamed.size();
    } else if (name[i] == '(' || name[i] == '<') {
      i = EndOfBracket(name, i);
    } else {
      text.push_back(name[i]);
      ++i;
    }
  }
  absl::string_view rest = absl::StripAsciiWhitespace(text);
  absl::ConsumeSuffix(&rest, "[abi:cxx11]");
  for (const absl::string_view suffix : {" &&", " &", " const", "[abi:cxx11]"}) {
    absl::ConsumeSuffix(&rest, suffix);
  }
  // The result: what stands before the last blank that is no part of the name.
  const absl::string_view head = rest.substr(0, rest.find("operator "));
  size_t begin = head.rfind(' ');
  if (begin != absl::string_view::npos && absl::EndsWith(head.substr(0, begin), "(anonymous")) {
    begin = head.rfind(' ', begin - 1);
  }
  if (begin != absl::string_view::npos && !absl::StrContains(head.substr(0, begin), "::(")) {
    rest.remove_prefix(begin + 1);
  }
  return rest.empty() ? std::string(name) : std::string(rest);
}

}  // namespace slo::tools
