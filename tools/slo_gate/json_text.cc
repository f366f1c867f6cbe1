#include "tools/slo_gate/json_text.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;

// Watches a parse for what JSON allows and we do not.
class Watcher {
 public:
  explicit Watcher(RepeatedKeys repeated_keys) : repeated_keys_(repeated_keys) {}

  // nlohmann's parser callback; false drops the value.
  bool operator()(int depth, json::parse_event_t event, json& parsed) {
    if (depth > kDeepestJson) {
      is_too_deep_ = true;
      return false;
    }
    if (repeated_keys_ == RepeatedKeys::kLastWins) return true;
    if (event == json::parse_event_t::object_start) {
      keys_.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      keys_.pop_back();
    } else if (event == json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys_.back().insert(key).second && repeated_key_.empty()) repeated_key_ = key;
    }
    return true;
  }

  bool is_too_deep() const { return is_too_deep_; }
  const std::string& repeated_key() const { return repeated_key_; }

 private:
  RepeatedKeys repeated_keys_;
  bool is_too_deep_ = false;
  std::string repeated_key_;
  std::vector<absl::flat_hash_set<std::string>> keys_;
};

// True when NaN or Infinity, in any spelling that printf has, stands where the parse stopped.
bool StoppedAtNonFinite(const json::parse_error& error, absl::string_view text) {
  constexpr size_t kBefore = 4;
  const size_t begin = error.byte > kBefore ? error.byte - kBefore : 0;
  if (begin >= text.size()) return false;
  const std::string around = absl::AsciiStrToLower(text.substr(begin, 3 * kBefore));
  return absl::StrContains(around, "nan") || absl::StrContains(around, "inf");
}

// nlohmann's own words behind its "[json.exception...] " tag.
std::string Explanation(const json::parse_error& error, absl::string_view text) {
  absl::string_view what = error.what();
  const size_t tag_end = what.find("] ");
  if (tag_end != absl::string_view::npos) what.remove_prefix(tag_end + 2);
  return absl::StrCat(what, StoppedAtNonFinite(error, text)
                                ? "; a counter that is NaN or infinite makes a results file "
                                  "unusable: find the row and fix the benchmark"
                                : "");
}

}  // namespace

absl::StatusOr<json> ParseJsonText(absl::string_view where, absl::string_view text,
                                   RepeatedKeys repeated_keys) {
  if (absl::StripAsciiWhitespace(text).empty()) {
    return absl::InvalidArgumentError(absl::StrCat(where, ": is empty; expected JSON"));
  }
  if (text.size() > kMostJsonBytes) {
    return absl::InvalidArgumentError(absl::StrCat(where, ": has ", text.size(), " bytes; at most ",
                                                   kMostJsonBytes, " are read"));
  }
  Watcher watcher(repeated_keys);
  json value;
  // The one place where nlohmann may throw: its exception knows line and column.
  try {
    value = json::parse(text.begin(), text.end(),
                        [&](int depth, json::parse_event_t event, json& parsed) {
                          return watcher(depth, event, parsed);
                        });
  } catch (const json::parse_error& error) {
    return absl::InvalidArgumentError(absl::StrCat(where, ": ", Explanation(error, text)));
  }
  if (watcher.is_too_deep()) {
    return absl::InvalidArgumentError(
        absl::StrCat(where, ": nested deeper than ", kDeepestJson, " levels"));
  }
  if (!watcher.repeated_key().empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(where, ": key \"", watcher.repeated_key(), "\" is there twice in one object"));
  }
  return value;
}

}  // namespace slo::tools
