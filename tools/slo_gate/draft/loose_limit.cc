#include "tools/slo_gate/draft/loose_limit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "tools/lib/stats/binomial_limits.h"
#include "tools/lib/text/duration.h"

namespace slo::tools {
namespace {

// Of a bound that a limit must not be within, whatever the number of checks.
constexpr double kConfidence = 1 - 1e-6;

constexpr std::array<std::pair<absl::string_view, double>, 4> kUnits = {
    {{"s", 1}, {"ms", 1e3}, {"us", 1e6}, {"ns", 1e9}}};

// mantissa * 10^exponent, as people write it.
std::string DecimalText(int64_t mantissa, int exponent) {
  constexpr int kMaxZeros = 15;
  constexpr int kMaxDecimals = 12;
  while (exponent < 0 && mantissa % 10 == 0 && mantissa != 0) {
    mantissa /= 10;
    ++exponent;
  }
  if (exponent >= 0 && exponent <= kMaxZeros) {
    return absl::StrCat(mantissa, std::string(static_cast<size_t>(exponent), '0'));
  }
  if (exponent < 0 && exponent >= -kMaxDecimals) {
    return absl::StrFormat("%.*f", -exponent,
                           static_cast<double>(mantissa) * std::pow(10, exponent));
  }
  return absl::StrCat(mantissa, "e", exponent);
}

// Two significant digits of the positive `value`, rounded up or down; `read` is what the text means
// to its reader, and decides on which side it is.
std::string Rounded(double value, bool is_up, absl::FunctionRef<double(const std::string&)> read,
                    double wanted) {
  constexpr double kRounding = 1e-9;
  const int exponent = static_cast<int>(std::floor(std::log10(value))) - 1;
  const double digits = value / std::pow(10, exponent);
  auto mantissa =
      static_cast<int64_t>(is_up ? std::ceil(digits - kRounding) : std::floor(digits + kRounding));
  std::string text = DecimalText(mantissa, exponent);
  while (is_up ? read(text) < wanted : read(text) > wanted) {
    mantissa += is_up ? 1 : -1;
    text = DecimalText(mantissa, exponent);
  }
  return text;
}

double Read(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

// What a limit must not be within: the value, and, but for the last digits of the machine's
// arithmetic, the limit that is rounded.
double Wanted(double value, double limit, bool is_up) {
  const double slack = std::abs(limit) * 1e-12;
  return is_up ? std::max(value, limit - slack) : std::min(value, limit + slack);
}

double RoundedNumber(double value, double limit, bool is_up) {
  if (limit == 0 || !std::isfinite(limit)) return limit;
  if (limit < 0) return -RoundedNumber(-value, -limit, !is_up);
  return Read(Rounded(limit, is_up, Read, Wanted(value, limit, is_up)));
}

}  // namespace

double LooseNumber(double value, const Looseness& looseness) {
  const bool is_away_from_zero = looseness.is_max == (value > 0);
  const double limit = is_away_from_zero ? value * looseness.headroom : value / looseness.headroom;
  return RoundedNumber(value, limit, looseness.is_max);
}

std::string LooseDuration(double value, double per_second, const Looseness& looseness) {
  const double limit = looseness.is_max ? value * looseness.headroom : value / looseness.headroom;
  const auto* unit = kUnits.begin();
  while (unit + 1 != kUnits.end() && limit / per_second * unit->second < 1) ++unit;
  const std::string name(unit->first);
  const std::string number = Rounded(
      limit / per_second * unit->second, looseness.is_max,
      [&](const std::string& text) {
        return ParseDurationIn(per_second, absl::StrCat(text, name)).value_or(0);
      },
      Wanted(value, limit, looseness.is_max));
  return absl::StrCat(number, name);
}

double LooseRatio(double value, double trials, const Looseness& looseness) {
  const auto count = static_cast<int64_t>(trials);
  const int64_t successes = std::llround(value * trials);
  if (looseness.is_max) {
    const double bound = stats::ClopperPearsonUpper(successes, count, kConfidence);
    return RoundedNumber(bound, bound * looseness.headroom, /*is_up=*/true);
  }
  const double misses = 1 - stats::ClopperPearsonLower(successes, count, kConfidence);
  return 1 - RoundedNumber(misses, misses * looseness.headroom, /*is_up=*/true);
}

}  // namespace slo::tools
