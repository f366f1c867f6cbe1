#include "bench/drive/json_fields.h"

#include <cstring>

#include "absl/strings/numbers.h"

namespace slo::bench {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool EndsScalar(char c) { return c == ',' || c == '}' || c == ']' || IsSpace(c); }

}  // namespace

std::optional<absl::string_view> JsonFields::Find(absl::string_view key) {
  // From where the last search ended to the end, then from the start up to there.
  const size_t begin = position_;
  while (const auto member = Next()) {
    if (member->key == key) return member->value;
  }
  position_ = 0;
  while (position_ < begin) {
    const auto member = Next();
    if (!member.has_value()) return std::nullopt;
    if (member->key == key) return member->value;
  }
  return std::nullopt;
}

std::optional<int64_t> JsonFields::FindInt(absl::string_view key) {
  const auto value = Find(key);
  int64_t number = 0;
  if (!value.has_value() || !absl::SimpleAtoi(*value, &number)) return std::nullopt;
  return number;
}

std::optional<JsonFields::Member> JsonFields::Next() {
  const char expected = position_ == 0 ? '{' : ',';
  SkipSpace();
  if (position_ >= text_.size() || text_[position_] != expected) return std::nullopt;
  ++position_;
  SkipSpace();
  const size_t key_begin = position_ + 1;
  if (!SkipString()) return std::nullopt;
  const absl::string_view key = text_.substr(key_begin, position_ - 1 - key_begin);
  SkipSpace();
  if (position_ >= text_.size() || text_[position_] != ':') return std::nullopt;
  ++position_;
  SkipSpace();
  const size_t value_begin = position_;
  if (!SkipValue()) return std::nullopt;
  return Member{key, text_.substr(value_begin, position_ - value_begin)};
}

void JsonFields::SkipSpace() {
  while (position_ < text_.size() && IsSpace(text_[position_])) ++position_;
}

bool JsonFields::SkipString() {
  if (position_ >= text_.size() || text_[position_] != '"') return false;
  for (size_t i = position_ + 1; i < text_.size(); ++i) {
    const char* const quote =
        static_cast<const char*>(std::memchr(text_.data() + i, '"', text_.size() - i));
    if (quote == nullptr) return false;
    i = static_cast<size_t>(quote - text_.data());
    size_t backslashes = 0;
    while (text_[i - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) {
      position_ = i + 1;
      return true;
    }
  }
  return false;
}

bool JsonFields::SkipValue() {
  if (position_ >= text_.size()) return false;
  const char first = text_[position_];
  if (first == '"') return SkipString();
  if (first == '{' || first == '[') return SkipNested();
  const size_t begin = position_;
  while (position_ < text_.size() && !EndsScalar(text_[position_])) ++position_;
  return position_ > begin && position_ < text_.size();
}

bool JsonFields::SkipNested() {
  size_t depth = 0;
  while (position_ < text_.size()) {
    switch (text_[position_]) {
      case '"':
        if (!SkipString()) return false;
        continue;
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        --depth;
        break;
      default:
        break;
    }
    ++position_;
    if (depth == 0) return true;
  }
  return false;
}

}  // namespace slo::bench
