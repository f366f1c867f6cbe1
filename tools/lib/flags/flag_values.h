// The values that flags take: read within their range, or said what would have been one.

#ifndef SLO_TOOLS_LIB_FLAGS_FLAG_VALUES_H_
#define SLO_TOOLS_LIB_FLAGS_FLAG_VALUES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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

// "off, normal or full".
std::string ChoiceText(absl::Span<const std::string> names);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FLAGS_FLAG_VALUES_H_
