// The values that flags take: read within their range, or said what would have been one.

#ifndef SLO_TOOLS_LIB_FLAGS_FLAG_VALUES_H_
#define SLO_TOOLS_LIB_FLAGS_FLAG_VALUES_H_

#include <cstdint>
#include <string>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace slo::tools {

// Both ends are in it.
template <typename T>
struct FlagRange {
  T smallest;
  T largest;
};

// InvalidArgument: "expected WHAT, found "VALUE"".
absl::Status ExpectedValue(absl::string_view what, absl::string_view found);

// InvalidArgument unless it is one in the range; `noun` says what it is: "an integer".
absl::StatusOr<int64_t> ReadInteger(absl::string_view value, FlagRange<int64_t> range,
                                    absl::string_view noun);
absl::StatusOr<double> ReadNumber(absl::string_view value, FlagRange<double> range,
                                  absl::string_view noun);

// As Abseil writes durations: "90s", "1h30m".
absl::StatusOr<absl::Duration> ReadDuration(absl::string_view value,
                                            FlagRange<absl::Duration> range,
                                            absl::string_view example);

// "1 to 5", "1s to 24h".
std::string RangeText(FlagRange<int64_t> range);
std::string RangeText(FlagRange<double> range);
std::string RangeText(FlagRange<absl::Duration> range);

// " (2 to 5000; default 8)". There is no default where it is an empty optional, or no time: that
// stands for none.
template <typename T, typename Value>
std::string RangeHelp(FlagRange<T> range, const Value& otherwise) {
  std::string text;
  if constexpr (std::is_same_v<Value, absl::Duration>) {
    if (otherwise != absl::ZeroDuration()) text = absl::FormatDuration(otherwise);
  } else if constexpr (!requires { otherwise.has_value(); }) {
    text = absl::StrCat(otherwise);
  }
  return absl::StrCat(" (", RangeText(range), text.empty() ? "" : "; default ", text, ")");
}

// Puts what was read into what the flag sets, which may be narrower or an optional; else leaves it
// and returns why.
template <typename Read, typename Target>
absl::Status StoreValue(const absl::StatusOr<Read>& value, Target& target) {
  if (!value.ok()) return value.status();
  if constexpr (requires { target.has_value(); }) {
    target = static_cast<typename Target::value_type>(*value);
  } else {
    target = static_cast<Target>(*value);
  }
  return absl::OkStatus();
}

// "off, normal or full".
std::string ChoiceText(absl::Span<const std::string> names);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FLAGS_FLAG_VALUES_H_
