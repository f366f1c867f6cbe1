#include "bench/exact/instruction_counts.h"

#include <array>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace slo::exact {
namespace {

// The four numbers behind the name; false when they are none, or the second run is not the longer.
bool ParseNumbers(const std::vector<absl::string_view>& fields, std::array<int64_t, 4>& numbers) {
  if (fields.size() != numbers.size() + 1) return false;
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (!absl::SimpleAtoi(fields[i + 1], &numbers[i]) || numbers[i] < 0) return false;
  }
  return numbers[2] > numbers[0] && numbers[3] >= numbers[1];
}

}  // namespace

absl::StatusOr<std::map<std::string, double>> ParseInstructionCounts(absl::string_view file,
                                                                     absl::string_view text) {
  std::map<std::string, double> counts;
  std::vector<std::string> problems;
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (line.empty()) continue;
    const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
    std::array<int64_t, 4> numbers = {};
    if (!ParseNumbers(fields, numbers)) {
      problems.push_back(absl::StrCat(
          file, ":", number,
          ": expected row, iterations, instructions, more iterations, instructions, separated by "
          "tabs, found \"",
          line.substr(0, 200), "\""));
      continue;
    }
    counts[std::string(fields[0])] =
        static_cast<double>(numbers[3] - numbers[1]) / static_cast<double>(numbers[2] - numbers[0]);
  }
  if (!problems.empty()) return absl::InvalidArgumentError(absl::StrJoin(problems, "\n"));
  return counts;
}

}  // namespace slo::exact
