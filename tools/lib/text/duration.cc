#include "tools/lib/text/duration.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/charconv.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace slo::tools {
namespace {

struct TimeUnit {
  absl::string_view name;
  double per_second;  // how many of them are a second; 0: it is longer
  double seconds;     // how many seconds one is; 0: it is shorter
};

// Those that begin like another one come first. The micro sign and the Greek letter are both used.
constexpr std::array<TimeUnit, 8> kUnits = {{{"ns", 1e9, 0},
                                             {"us", 1e6, 0},
                                             {"\xC2\xB5s", 1e6, 0},
                                             {"\xCE\xBCs", 1e6, 0},
                                             {"ms", 1e3, 0},
                                             {"s", 1, 0},
                                             {"m", 0, 60},
                                             {"h", 0, 3'600}}};

// `count` of the unit in units of which there are `per_second` in a second. Powers of ten divide
// where they can, since 1e-9 is no number of the machine and 1e9 is.
double Converted(double count, const TimeUnit& unit, double per_second) {
  if (unit.per_second == 0) return count * unit.seconds * per_second;
  return per_second >= unit.per_second ? count * (per_second / unit.per_second)
                                       : count / (unit.per_second / per_second);
}

// Takes a number and its unit from the front of `text`.
std::optional<double> TakePart(double per_second, absl::string_view& text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  // Neither a sign nor "inf" nor "nan" begins a length of time.
  if (text.empty() || (!absl::ascii_isdigit(static_cast<unsigned char>(text[0])) && text[0] != '.'))
    return std::nullopt;
  if (absl::StartsWithIgnoreCase(text, "0x")) return std::nullopt;
  double count = 0;
  const absl::from_chars_result parsed =
      absl::from_chars(text.data(), text.data() + text.size(), count);
  if (parsed.ec != std::errc() || !std::isfinite(count)) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(parsed.ptr - text.data()));
  text = absl::StripLeadingAsciiWhitespace(text);
  for (const TimeUnit& unit : kUnits) {
    if (absl::ConsumePrefix(&text, unit.name)) return Converted(count, unit, per_second);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> ParseDurationIn(double per_second, absl::string_view text) {
  text = absl::StripTrailingAsciiWhitespace(text);
  double total = 0;
  do {
    const std::optional<double> part = TakePart(per_second, text);
    if (!part.has_value()) return std::nullopt;
    total += *part;
  } while (!text.empty());
  return std::isfinite(total) ? std::optional<double>(total) : std::nullopt;
}

}  // namespace slo::tools
