#include "bench/drive/anonymous_body.h"

#include <cstddef>

#include "absl/strings/match.h"

namespace slo::bench {
namespace {

// The end of the string that begins with the quote at `begin`: behind its closing quote.
size_t EndOfString(absl::string_view json, size_t begin) {
  for (size_t i = begin + 1; i < json.size(); ++i) {
    if (json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      return i + 1;
    }
  }
  return json.size();
}

bool IsIdentity(absl::string_view name) {
  return name == "id" || absl::EndsWith(name, "_id") || absl::EndsWith(name, "_ids") ||
         absl::EndsWith(name, "_at") || absl::EndsWith(name, "_ms");
}

// Appends the value at `begin` with its scalars hidden, and returns its end. Lists only hold
// scalars here; an object is copied by the caller, since its members have names of their own.
size_t AppendHidden(absl::string_view json, size_t begin, std::string& text) {
  size_t i = begin;
  while (i < json.size() && json[i] == ' ') ++i;
  int depth = 0;
  do {
    const char c = i < json.size() ? json[i] : ']';
    if (c == '{') return i;
    if (c == '[' || c == ']' || c == ',') {
      if (depth == 0 && c != '[') return i;
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      text.push_back(c);
      ++i;
    } else if (c == ' ') {
      ++i;
    } else {
      const size_t end = c == '"' ? EndOfString(json, i) : json.find_first_of(",]} ", i);
      const absl::string_view scalar = json.substr(i, end == json.npos ? json.npos : end - i);
      text.append(scalar == "null" ? "null" : "*");
      i += scalar.size();
    }
  } while (depth > 0 && i < json.size());
  return i;
}

}  // namespace

std::string AnonymousBody(absl::string_view json) {
  std::string text;
  text.reserve(json.size());
  for (size_t i = 0; i < json.size();) {
    if (json[i] != '"') {
      text.push_back(json[i++]);
      continue;
    }
    const size_t end = EndOfString(json, i);
    const absl::string_view token = json.substr(i, end - i);
    text.append(token.data(), token.size());
    i = end;
    if (i >= json.size() || json[i] != ':') continue;
    text.push_back(':');
    ++i;
    if (token.size() >= 2 && IsIdentity(token.substr(1, token.size() - 2))) {
      i = AppendHidden(json, i, text);
    }
  }
  return text;
}

}  // namespace slo::bench
