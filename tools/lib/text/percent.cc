#include "tools/lib/text/percent.h"

#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace slo::tools {

absl::StatusOr<double> ParsePercent(absl::string_view text) {
  absl::string_view number = text;
  double percent = 0;
  if (absl::ConsumeSuffix(&number, "%") && absl::SimpleAtod(number, &percent) && percent >= 0 &&
      percent <= 1'000) {
    return percent / 100;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "expected a percentage from 0 to 1000, for example \"3%\", found \"", text, "\""));
}

std::string ChangeText(double change) {
  const double percent = change * 100;
  if (!std::isfinite(percent)) return "-";
  const int decimals = std::abs(percent) < 99.995 ? 2 : 0;
  return absl::StrFormat("%+.*f %%", decimals, percent);
}

}  // namespace slo::tools
