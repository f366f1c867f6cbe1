#include "tools/lib/json/list_splitter.h"

#include <utility>

#include "absl/strings/ascii.h"

namespace slo::tools {

ListSplitter::ListSplitter(absl::string_view list,
                           std::function<bool(absl::string_view element)> take)
    : list_(list), take_(std::move(take)) {}

// Copies the document up to the list's opening bracket.
size_t ListSplitter::FeedBefore(absl::string_view piece) {
  for (size_t i = 0; i < piece.size(); ++i) {
    const char c = piece[i];
    rest_.push_back(c);
    if (in_string_) {
      if (is_escaped_) {
        is_escaped_ = false;
      } else if (c == '\\') {
        is_escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
        last_string_ = rest_.substr(string_begin_, rest_.size() - 1 - string_begin_);
      }
      continue;
    }
    if (absl::ascii_isspace(static_cast<unsigned char>(c))) continue;
    if (c == '[' && depth_ == 1 && is_after_key_) {
      part_ = Part::kFirstElement;
      return i + 1;
    }
    is_after_key_ = c == ':' && depth_ == 1 && last_string_ == list_;
    if (c == '"') {
      in_string_ = true;
      string_begin_ = rest_.size();
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      --depth_;
    }
  }
  return piece.size();
}

size_t ListSplitter::FeedElement(absl::string_view piece) {
  for (size_t i = 0; i < piece.size(); ++i) {
    const char c = piece[i];
    if (in_string_) {
      if (is_escaped_) {
        is_escaped_ = false;
      } else if (c == '\\') {
        is_escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
    } else if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if ((c == '}' || c == ']') && --depth_ == 0) {
      return i + 1;
    }
  }
  return piece.size();
}

bool ListSplitter::TakeElement(absl::string_view end_of_element) {
  part_ = Part::kSeparator;
  if (element_.empty()) return take_(end_of_element);
  element_.append(end_of_element.data(), end_of_element.size());
  const bool is_taken = take_(element_);
  element_.clear();
  return is_taken;
}

bool ListSplitter::Feed(absl::string_view piece) {
  while (!piece.empty()) {
    if (part_ == Part::kBefore) {
      piece.remove_prefix(FeedBefore(piece));
    } else if (part_ == Part::kAfter) {
      rest_.append(piece.data(), piece.size());
      return true;
    } else if (part_ == Part::kElement) {
      const size_t length = FeedElement(piece);
      const absl::string_view part = piece.substr(0, length);
      piece.remove_prefix(length);
      if (depth_ > 0) {
        element_.append(part.data(), part.size());
      } else if (!TakeElement(part)) {
        return false;
      }
    } else {
      const char c = piece[0];
      const bool expects_element = part_ != Part::kSeparator;
      if (absl::ascii_isspace(static_cast<unsigned char>(c))) {
        piece.remove_prefix(1);
      } else if (c == '{' && expects_element) {
        part_ = Part::kElement;
        depth_ = 0;
      } else if (c == ',' && part_ == Part::kSeparator) {
        part_ = Part::kNextElement;
        piece.remove_prefix(1);
      } else if (c == ']' && part_ != Part::kNextElement) {
        part_ = Part::kAfter;
      } else {
        return false;
      }
    }
  }
  return true;
}

std::optional<std::string> ListSplitter::Finish() && {
  if (part_ != Part::kAfter) return std::nullopt;
  return std::move(rest_);
}

}  // namespace slo::tools
