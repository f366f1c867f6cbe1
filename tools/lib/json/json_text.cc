#include "tools/lib/json/json_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/not_finite.h"
#include "tools/lib/json/printable.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

// The run of characters around `position` that a printed number could be made of.
absl::string_view WordAt(absl::string_view text, size_t position) {
  const auto is_in_word = [&](size_t i) {
    const auto c = static_cast<unsigned char>(text[i]);
    return absl::ascii_isalnum(c) || c == '+' || c == '-';
  };
  size_t begin = std::min(position, text.size());
  while (begin > 0 && is_in_word(begin - 1)) --begin;
  size_t end = begin;
  while (end < text.size() && is_in_word(end)) ++end;
  return text.substr(begin, end - begin);
}

// Builds the document while it is parsed, so that nothing has to be built, or followed down, that
// is going to be refused. The parser calls the functions in the order of the text.
class Builder : public nlohmann::json_sax<json> {
 public:
  Builder(absl::string_view text, const ElementSink& sink) : text_(text), sink_(sink) {}

  bool null() override { return Add(nullptr); }
  bool boolean(bool value) override { return Add(value); }
  bool number_integer(number_integer_t value) override { return Add(value); }
  bool number_unsigned(number_unsigned_t value) override { return Add(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return Add(value); }
  bool binary(binary_t& /*value*/) override { return false; }  // no text has any
  bool string(string_t& value) override { return Add(Printable(std::move(value))); }

  bool start_object(size_t /*size*/) override { return Open(json::object()); }
  bool end_object() override { return Close(); }
  bool start_array(size_t /*size*/) override { return Open(json::array()); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    auto& members = level.container->get_ref<json::object_t&>();
    const auto [member, is_new] = members.try_emplace(Printable(std::move(name)));
    level.key = &member->first;
    level.member = &member->second;
    if (!is_new) Repeat(level);
    return true;
  }

  bool parse_error(size_t position, const std::string& /*token*/,
                   const json::exception& error) override {
    // nlohmann's own words behind its "[json.exception...] " tag.
    absl::string_view what = error.what();
    const size_t tag_end = what.find("] ");
    if (tag_end != absl::string_view::npos) what.remove_prefix(tag_end + 2);
    std::string problem = Printable(absl::StrCat("byte ", position, ", in ", Place(), ": ", what));
    if (IsNotFiniteWord(WordAt(text_, position))) {
      absl::StrAppend(&problem,
                      "; JSON has neither NaN nor Infinity, and a counter that is one makes the "
                      "whole results file unusable: fix the benchmark of that row");
    }
    problems_.Add(std::move(problem));
    return false;
  }

  json TakeDocument() { return std::move(document_); }
  absl::Status ToStatus(absl::string_view where) const { return problems_.ToStatus(where); }

 private:
  // An object or array that has begun and not ended, and the object's last member.
  struct Level {
    json* container;
    const std::string* key = nullptr;
    json* member = nullptr;
  };

  bool IsInElement() const {
    return levels_.size() == 3 && levels_[1].container->is_array() && levels_[0].key != nullptr &&
           *levels_[0].key == sink_.list;
  }

  // The level's last member has been there before.
  void Repeat(Level& level) {
    RepeatedKey repeated = RepeatedKey::kIsError;
    if (sink_.repeated != nullptr && IsInElement()) repeated = sink_.repeated(*level.key);
    if (repeated == RepeatedKey::kIsError) {
      problems_.Add(absl::StrCat(Place(), ": the key is there twice in one object"));
      return;
    }
    if (repeated == RepeatedKey::kBecomesNull) *level.member = nullptr;
    level.member = &unused_;
  }

  bool Add(json value) {
    Insert(std::move(value));
    GiveAway();
    return true;
  }

  bool Open(json container) {
    if (levels_.size() == kDeepestJson) {
      problems_.Add(absl::StrCat("nested deeper than ", kDeepestJson, " levels"));
      return false;
    }
    levels_.push_back({Insert(std::move(container))});
    return true;
  }

  bool Close() {
    levels_.pop_back();
    GiveAway();
    return true;
  }

  // Hands the value that has just been completed to the sink, when it is an element of its list.
  void GiveAway() {
    if (sink_.take == nullptr) return;
    if (levels_.size() != 2 || !levels_[1].container->is_array()) return;
    if (levels_[0].key == nullptr || *levels_[0].key != sink_.list) return;
    json& element = levels_[1].container->back();
    sink_.take(levels_[1].container->size() - 1, element);
    element = nullptr;
  }

  // The value's place in the document, which stays where it is until its container has ended.
  json* Insert(json value) {
    if (levels_.empty()) {
      document_ = std::move(value);
      return &document_;
    }
    const Level& level = levels_.back();
    if (level.container->is_array()) return &level.container->emplace_back(std::move(value));
    *level.member = std::move(value);
    return level.member;
  }

  // The member that is being read: benchmarks[3].latency_p99_us (row "BM_RunPath/steps:3").
  std::string Place() const {
    std::string place;
    std::string row;
    for (const Level& level : levels_) {
      if (level.container->is_array()) {
        const bool is_last = &level == &levels_.back();
        absl::StrAppend(&place, "[", level.container->size() - (is_last ? 0 : 1), "]");
        continue;
      }
      if (level.key != nullptr) absl::StrAppend(&place, place.empty() ? "" : ".", *level.key);
      const auto name = level.container->find("name");
      if (name != level.container->end() && name->is_string()) row = name->get<std::string>();
    }
    if (place.empty()) return "the document";
    return row.empty() ? place : absl::StrCat(place, " (row \"", row, "\")");
  }

  absl::string_view text_;
  const ElementSink& sink_;
  json document_;
  json unused_;  // takes what is not kept
  std::vector<Level> levels_;
  ProblemList problems_;
};

}  // namespace

absl::StatusOr<json> ParseJsonText(absl::string_view where, absl::string_view text) {
  return ParseJsonText(where, text, {.list = "", .take = nullptr});
}

absl::StatusOr<json> ParseJsonText(absl::string_view where, absl::string_view text,
                                   const ElementSink& sink) {
  if (absl::StripAsciiWhitespace(text).empty()) {
    return absl::InvalidArgumentError(absl::StrCat(where, ": is empty; expected JSON"));
  }
  if (text.size() > kMaxJsonBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(where, ": is too large; at most ", kMaxJsonBytes, " bytes are read"));
  }
  Builder builder(text, sink);
  json::sax_parse(text.begin(), text.end(), &builder);
  const absl::Status status = builder.ToStatus(where);
  if (!status.ok()) return status;
  return builder.TakeDocument();
}

}  // namespace slo::tools
