#include "tools/slo_gate/explain/callgrind_file.h"

#include <limits>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace slo::tools {
namespace {

constexpr size_t kMaxShown = 100;  // characters of a line, in an error

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "0x1f", "31"; nothing: no such number.
std::optional<uint64_t> NumberOf(absl::string_view text) {
  uint64_t number = 0;
  const bool is_number = absl::StartsWith(text, "0x")
                             ? absl::SimpleHexAtoi(text, &number)
                             : !text.empty() && IsDigit(text[0]) && absl::SimpleAtoi(text, &number);
  return is_number ? std::optional<uint64_t>(number) : std::nullopt;
}

bool AddTo(int64_t& sum, int64_t value) {
  if (value > std::numeric_limits<int64_t>::max() - sum) return false;
  sum += value;
  return true;
}

class CallgrindReader {
 public:
  explicit CallgrindReader(absl::string_view file) : file_(file) {}

  absl::StatusOr<CallgrindProfile> Read(absl::string_view text) {
    for (const absl::string_view line : absl::StrSplit(text, '\n')) {
      ++line_;
      const absl::Status status = ReadLine(absl::StripTrailingAsciiWhitespace(line));
      if (!status.ok()) return status;
    }
    return Finish();
  }

 private:
  absl::Status Problem(absl::string_view expected, absl::string_view found) const {
    return absl::InvalidArgumentError(absl::StrCat(file_, ":", line_, ": expected ", expected,
                                                   ", found \"", found.substr(0, kMaxShown), "\""));
  }

  absl::Status ReadLine(absl::string_view line) {
    if (line.empty() || line[0] == '#') return absl::OkStatus();
    if (IsDigit(line[0]) || line[0] == '+' || line[0] == '-' || line[0] == '*') {
      return ReadCost(line);
    }
    const size_t equals = line.find('=');
    const size_t colon = line.find(':');
    if (equals != absl::string_view::npos && equals < colon) {
      return ReadSpecification(line.substr(0, equals), line.substr(equals + 1));
    }
    if (colon != absl::string_view::npos) {
      return ReadHeader(line.substr(0, colon), absl::StripAsciiWhitespace(line.substr(colon + 1)));
    }
    return Problem("a line of callgrind's format", line);
  }

  absl::Status ReadHeader(absl::string_view key, absl::string_view value) {
    const std::vector<absl::string_view> words = absl::StrSplit(value, ' ', absl::SkipEmpty());
    if (key == "positions") {
      positions_ = words.size();
      profile_.has_addresses = !words.empty() && words[0] == "instr";
      if (positions_ == 0 || positions_ > last_.size()) {
        return Problem("one or two positions (instr, line)", value);
      }
    } else if (key == "events") {
      for (size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "Ir") instructions_column_ = i;
      }
      if (!instructions_column_.has_value()) return Problem("the event Ir", value);
    } else if (key == "summary" || key == "totals") {
      if (!instructions_column_.has_value())
        return Problem("events: before " + std::string(key), value);
      // A file of several parts has a summary for each, and at its end the totals of the last one.
      const auto stated = CostOf(words, 0);
      if (!stated.has_value()) return Problem("the number of instructions", value);
      if (key == "summary" && !AddTo(stated_, *stated)) return Problem("a smaller sum", value);
      has_totals_ = true;
      if (key == "totals" && stated_ == 0) stated_ = *stated;
    } else if (key == "part") {
      last_ = {0, 0};
    }
    return absl::OkStatus();
  }

  // The instructions among the costs, which begin at `first`; absent ones are 0.
  std::optional<int64_t> CostOf(const std::vector<absl::string_view>& words, size_t first) const {
    const size_t column = first + *instructions_column_;
    if (column >= words.size()) return 0;
    int64_t cost = 0;
    if (!absl::SimpleAtoi(words[column], &cost) || cost < 0) return std::nullopt;
    return cost;
  }

  // "(3) name" defines, "(3)" refers to a name; "name" is one.
  absl::StatusOr<std::string> NameOf(absl::string_view text,
                                     absl::flat_hash_map<std::string, std::string>& names) const {
    const size_t end = text.find(')');
    if (!absl::StartsWith(text, "(") || end == absl::string_view::npos || end < 2 ||
        !NumberOf(text.substr(1, end - 1)).has_value()) {
      return std::string(text);
    }
    const std::string id(text.substr(1, end - 1));
    const absl::string_view name = absl::StripLeadingAsciiWhitespace(text.substr(end + 1));
    if (!name.empty()) {
      names[id] = std::string(name);
      return std::string(name);
    }
    const auto found = names.find(id);
    if (found == names.end()) return Problem("a name that was defined", text);
    return found->second;
  }

  size_t FunctionOf(const std::string& object, const std::string& name) {
    const auto [found, is_new] =
        functions_.try_emplace(std::pair(object, name), profile_.functions.size());
    if (is_new) profile_.functions.push_back({.name = name, .object = object});
    return found->second;
  }

  absl::Status ReadSpecification(absl::string_view key, absl::string_view value) {
    if (key == "ob" || key == "cob") {
      absl::StatusOr<std::string> object = NameOf(value, objects_);
      if (!object.ok()) return object.status();
      if (key == "ob") {
        object_ = *std::move(object);
        callee_object_ = std::nullopt;
      } else {
        callee_object_ = *std::move(object);
      }
    } else if (key == "fn") {
      const absl::StatusOr<std::string> name = NameOf(value, names_);
      if (!name.ok()) return name.status();
      current_ = FunctionOf(object_, *name);
    } else if (key == "cfn") {
      const absl::StatusOr<std::string> name = NameOf(value, names_);
      if (!name.ok()) return name.status();
      callee_ = FunctionOf(callee_object_.value_or(object_), *name);
    } else if (key == "calls") {
      int64_t calls = 0;
      const absl::string_view count = value.substr(0, value.find(' '));
      if (!absl::SimpleAtoi(count, &calls) || calls < 0) return Problem("a number of calls", value);
      if (!callee_.has_value()) return Problem("cfn= before calls=", value);
      calls_ = calls;
    }
    // Files and lines are those of the debug information; jumps cost nothing of their own.
    return absl::OkStatus();
  }

  // A position relative to that of the line before.
  std::optional<uint64_t> PositionOf(absl::string_view word, uint64_t last) const {
    if (word == "*") return last;
    if (absl::ConsumePrefix(&word, "+")) {
      const auto step = NumberOf(word);
      return step.has_value() ? std::optional<uint64_t>(last + *step) : std::nullopt;
    }
    if (absl::ConsumePrefix(&word, "-")) {
      const auto step = NumberOf(word);
      return step.has_value() ? std::optional<uint64_t>(last - *step) : std::nullopt;
    }
    return NumberOf(word);
  }

  absl::Status ReadCost(absl::string_view line) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    if (!instructions_column_.has_value()) return Problem("events: before costs", line);
    if (!current_.has_value()) return Problem("fn= before costs", line);
    if (words.size() < positions_) return Problem("positions and costs", line);
    for (size_t i = 0; i < positions_; ++i) {
      const auto position = PositionOf(words[i], last_[i]);
      if (!position.has_value()) return Problem("a position", line);
      last_[i] = *position;
    }
    const auto cost = CostOf(words, positions_);
    if (!cost.has_value()) return Problem("a number of instructions", line);
    CallgrindFunction& function = profile_.functions[*current_];
    if (calls_.has_value()) {
      function.calls.push_back({last_[0], *callee_, *calls_, *cost});
      calls_ = std::nullopt;
      callee_ = std::nullopt;
      callee_object_ = std::nullopt;
      return absl::OkStatus();
    }
    if (!AddTo(profile_.instructions, *cost)) return Problem("a smaller sum of costs", line);
    function.costs.push_back({last_[0], *cost});
    return absl::OkStatus();
  }

  absl::StatusOr<CallgrindProfile> Finish() {
    if (!instructions_column_.has_value() || !has_totals_) {
      return absl::InvalidArgumentError(absl::StrCat(
          file_,
          ": expected the output of callgrind with events: and summary:, found neither or "
          "a part of it; was the program killed while it wrote it?"));
    }
    if (profile_.instructions != stated_) {
      return absl::InvalidArgumentError(
          absl::StrCat(file_, ": its functions have ", profile_.instructions,
                       " instructions, and its summary states ", stated_, "; is the file whole?"));
    }
    return std::move(profile_);
  }

  std::string file_;
  int64_t line_ = 0;
  CallgrindProfile profile_;
  absl::flat_hash_map<std::pair<std::string, std::string>, size_t> functions_;
  absl::flat_hash_map<std::string, std::string> objects_;
  absl::flat_hash_map<std::string, std::string> names_;
  size_t positions_ = 1;
  std::optional<size_t> instructions_column_;
  std::vector<uint64_t> last_ = {0, 0};
  int64_t stated_ = 0;
  bool has_totals_ = false;
  std::string object_;
  std::optional<size_t> current_;
  std::optional<std::string> callee_object_;
  std::optional<size_t> callee_;
  std::optional<int64_t> calls_;  // the next cost is that of a call
};

}  // namespace

absl::StatusOr<CallgrindProfile> ParseCallgrind(absl::string_view file, absl::string_view text) {
  return CallgrindReader(file).Read(text);
}

}  // namespace slo::tools
