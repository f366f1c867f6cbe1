#include "bench/cli/slowdown_variable.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::bench {
namespace {

struct AmountUnit {
  absl::string_view suffix;
  SlowdownSpec::Unit unit;
  double smallest;
  double largest;
};

constexpr std::array<AmountUnit, 2> kUnits = {{
    {"ns", SlowdownSpec::Unit::kNanoseconds, 1, 1e9},
    {"%", SlowdownSpec::Unit::kPercent, 0.1, 100'000},
}};
constexpr absl::string_view kAmountRange = "from 1ns to 1000000000ns, or from 0.1% to 100000%";
constexpr int64_t kLongestPattern = 1'000'000;

// Digits and a point only: what else reads as a number ("0x10", "inf", "1e3", " 6") is a slip.
bool IsDecimal(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '.';
  });
}

bool SetAmount(absl::string_view text, SlowdownSpec& spec) {
  for (const AmountUnit& unit : kUnits) {
    absl::string_view number = text;
    if (!absl::ConsumeSuffix(&number, unit.suffix)) continue;
    spec.unit = unit.unit;
    return IsDecimal(number) && absl::SimpleAtod(number, &spec.amount) &&
           spec.amount >= unit.smallest && spec.amount <= unit.largest;
  }
  return false;
}

// "1/100": the first of every hundred requests.
bool SetPattern(absl::string_view text, SlowdownPattern& pattern) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  const auto is_number = [](absl::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
      return absl::ascii_isdigit(static_cast<unsigned char>(c));
    });
  };
  return parts.size() == 2 && is_number(parts[0]) && is_number(parts[1]) &&
         absl::SimpleAtoi(parts[0], &pattern.first) && absl::SimpleAtoi(parts[1], &pattern.every) &&
         pattern.first >= 1 && pattern.first <= pattern.every && pattern.every <= kLongestPattern;
}

}  // namespace

absl::StatusOr<std::optional<SlowdownSpec>> ParseSlowdown(absl::string_view text) {
  if (text.empty()) return std::nullopt;
  const size_t colon = text.find(':');
  if (colon == absl::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat(kSlowdownVariable, ": expected STAGE:AMOUNT, found \"", text,
                     "\"; for example runner_status:6% or read_run:120ns"));
  }
  const absl::string_view stage = text.substr(0, colon);
  absl::string_view amount = text.substr(colon + 1);
  const size_t second_colon = amount.find(':');
  std::optional<absl::string_view> pattern;
  if (second_colon != absl::string_view::npos) {
    pattern = amount.substr(second_colon + 1);
    amount = amount.substr(0, second_colon);
  }
  SlowdownSpec spec;
  spec.text = std::string(text);
  std::vector<std::string> problems;
  const std::optional<Stage> known_stage = StageNamed(stage);
  if (known_stage.has_value()) {
    spec.stage = *known_stage;
  } else {
    problems.push_back(absl::StrCat(kSlowdownVariable, ": unknown stage \"", stage, "\"",
                                    tools::DidYouMean(stage, StageNames()),
                                    " stages: ", absl::StrJoin(StageNames(), ", ")));
  }
  if (!SetAmount(amount, spec)) {
    problems.push_back(absl::StrCat(kSlowdownVariable, ": expected an amount ", kAmountRange,
                                    ", found \"", amount, "\""));
  }
  if (pattern.has_value() && !SetPattern(*pattern, spec.pattern)) {
    problems.push_back(
        absl::StrCat(kSlowdownVariable, ": expected N/M, N from 1 to M and M to ", kLongestPattern,
                     ", for the first N of every M requests, found \"", *pattern, "\""));
  }
  if (!problems.empty()) return absl::InvalidArgumentError(absl::StrJoin(problems, "\n"));
  return spec;
}

std::string SlowdownHelp() {
  return absl::StrCat(
      "  ", kSlowdownVariable,
      "=STAGE:AMOUNT[:N/M]  plants a slowdown, to prove that a gate sees it: "
      "each request of\n      the stage (",
      absl::StrJoin(StageNames(), ", "), ") spins for AMOUNT more,\n      ", kAmountRange,
      " of its time;\n      with N/M only the first N of every M requests do; unset "
      "or empty: none\n");
}

}  // namespace slo::bench
