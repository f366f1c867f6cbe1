#include "tools/lib/flags/flag_values.h"

#include <cstddef>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace slo::tools {
namespace {

// Of a value that is quoted in a message.
constexpr size_t kMaxValueShown = 200;

}  // namespace

absl::Status ExpectedValue(absl::string_view what, absl::string_view found) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected ", what, ", found \"", found.substr(0, kMaxValueShown), "\""));
}

absl::StatusOr<int64_t> ReadInteger(absl::string_view value, FlagRange<int64_t> range,
                                    absl::string_view noun) {
  int64_t number = 0;
  if (absl::SimpleAtoi(value, &number) && number >= range.smallest && number <= range.largest) {
    return number;
  }
  return ExpectedValue(absl::StrCat(noun, " from ", RangeText(range)), value);
}

absl::StatusOr<double> ReadNumber(absl::string_view value, FlagRange<double> range,
                                  absl::string_view noun) {
  double number = 0;
  if (absl::SimpleAtod(value, &number) && number >= range.smallest && number <= range.largest) {
    return number;
  }
  return ExpectedValue(absl::StrCat(noun, " from ", RangeText(range)), value);
}

absl::StatusOr<absl::Duration> ReadDuration(absl::string_view value,
                                            FlagRange<absl::Duration> range,
                                            absl::string_view example) {
  absl::Duration duration;
  if (absl::ParseDuration(value, &duration) && duration >= range.smallest &&
      duration <= range.largest) {
    return duration;
  }
  return ExpectedValue(
      absl::StrCat("a duration from ", RangeText(range), ", for example ", example), value);
}

std::string RangeText(FlagRange<int64_t> range) {
  return absl::StrCat(range.smallest, " to ", range.largest);
}

std::string RangeText(FlagRange<double> range) {
  return absl::StrCat(range.smallest, " to ", range.largest);
}

std::string RangeText(FlagRange<absl::Duration> range) {
  return absl::StrCat(absl::FormatDuration(range.smallest), " to ",
                      absl::FormatDuration(range.largest));
}

std::string ChoiceText(absl::Span<const std::string> names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", names[i]);
  }
  return text;
}

}  // namespace slo::tools
