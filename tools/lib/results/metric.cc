#include "tools/lib/results/metric.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"

namespace slo::tools {
namespace {

constexpr int kDigits = 3;
constexpr int kMaxDigits = 15;

using Suffix = std::pair<absl::string_view, MetricType>;

constexpr std::array<Suffix, 6> kOurSuffixes = {{{"_ns", {MetricKind::kTime, 1e9}},
                                                 {"_us", {MetricKind::kTime, 1e6}},
                                                 {"_ms", {MetricKind::kTime, 1e3}},
                                                 {"_s", {MetricKind::kTime, 1}},
                                                 {"_ratio", {MetricKind::kRatio}},
                                                 {"_bytes", {MetricKind::kBytes}}}};

constexpr std::array<Suffix, 9> kUnits = {{{"ns", {MetricKind::kTime, 1e9}},
                                           {"us", {MetricKind::kTime, 1e6}},
                                           {"\xC2\xB5s", {MetricKind::kTime, 1e6}},
                                           {"\xCE\xBCs", {MetricKind::kTime, 1e6}},
                                           {"ms", {MetricKind::kTime, 1e3}},
                                           {"s", {MetricKind::kTime, 1}},
                                           {"bytes", {MetricKind::kBytes}},
                                           {"1", {MetricKind::kRatio}},
                                           {"1/s", {MetricKind::kRate}}}};

struct Prefix {
  absl::string_view name;
  double factor;
};

constexpr std::array<Prefix, 7> kDecimal = {
    {{"", 1}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}, {"P", 1e15}, {"E", 1e18}}};
constexpr std::array<Prefix, 7> kBinary = {{{" B", 1},
                                            {" KiB", 0x1p10},
                                            {" MiB", 0x1p20},
                                            {" GiB", 0x1p30},
                                            {" TiB", 0x1p40},
                                            {" PiB", 0x1p50},
                                            {" EiB", 0x1p60}}};
constexpr std::array<Prefix, 4> kSeconds = {
    {{" ns", 1e-9}, {" us", 1e-6}, {" ms", 1e-3}, {" s", 1}}};

// To so many significant digits.
double Rounded(double value, int digits) {
  return std::strtod(absl::StrFormat("%.*e", digits - 1, value).c_str(), nullptr);
}

// So many significant digits at most, without zeros behind the point: "1.2", "120", "0.0125".
std::string Significant(double value, int digits) {
  const double magnitude = std::abs(Rounded(value, digits));
  if (magnitude == 0) return "0";
  const int exponent = static_cast<int>(std::floor(std::log10(magnitude) + 1e-12));
  constexpr int kMinExponent = -5;
  if (exponent < kMinExponent || exponent > kMaxDigits)
    return absl::StrFormat("%.*e", digits - 1, value);
  const int decimals = std::max(0, digits - 1 - exponent);
  std::string text = absl::StrFormat("%.*f", decimals, value);
  if (decimals > 0) text.resize(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// With the largest prefix that leaves the rounded number at one or more, the first at least.
std::string WithPrefix(double value, int digits, absl::Span<const Prefix> prefixes) {
  const Prefix* chosen = &prefixes.front();
  for (const Prefix& prefix : prefixes) {
    if (std::abs(Rounded(value / prefix.factor, digits)) >= 1) chosen = &prefix;
  }
  return absl::StrCat(Significant(value / chosen->factor, digits), chosen->name);
}

bool IsSmallWhole(double value) {
  constexpr double kShownInFull = 1e4;
  return std::abs(value) < kShownInFull && value == std::trunc(value);
}

absl::string_view RateSuffix(const MetricType& type) {
  return type.kind == MetricKind::kRate ? "/s" : "";
}

std::string Shown(const MetricType& type, double value, int digits) {
  if (!std::isfinite(value)) return "not a number";
  switch (type.kind) {
    case MetricKind::kTime:
      return WithPrefix(value / type.per_second, digits, kSeconds);
    case MetricKind::kRatio:
      return absl::StrFormat("%.*g", digits, value);
    case MetricKind::kBytes:
      return IsSmallWhole(value) ? absl::StrFormat("%.0f B", value)
                                 : WithPrefix(value, digits, kBinary);
    case MetricKind::kRate:
    case MetricKind::kPlain:
      break;
  }
  constexpr double kBeyondPrefixes = 1e21;
  if (std::abs(value) >= kBeyondPrefixes) {
    return absl::StrCat(absl::StrFormat("%.*e", digits - 1, value), RateSuffix(type));
  }
  const std::string number =
      IsSmallWhole(value) ? absl::StrFormat("%.0f", value) : WithPrefix(value, digits, kDecimal);
  return absl::StrCat(number, RateSuffix(type));
}

int SideOf(double value, double limit) { return value < limit ? -1 : value > limit ? 1 : 0; }

}  // namespace

MetricType TypeOf(absl::string_view metric, Origin origin) {
  if (metric == "real_time" || metric == "cpu_time") return {MetricKind::kTime, 1e9};
  if (metric == "items_per_second" || metric == "bytes_per_second") return {MetricKind::kRate};
  if (origin == Origin::kForeign) return {};
  for (const auto& [suffix, type] : kOurSuffixes) {
    absl::string_view stem = metric;
    // requests_per_s is a rate, not a time.
    if (absl::ConsumeSuffix(&stem, suffix) && !absl::EndsWith(stem, "_per")) return type;
  }
  return absl::EndsWith(metric, "_per_second") ? MetricType{MetricKind::kRate} : MetricType{};
}

std::optional<MetricType> TypeOfUnit(absl::string_view unit) {
  for (const auto& [name, type] : kUnits) {
    if (name == unit) return type;
  }
  return std::nullopt;
}

absl::string_view KnownUnits() { return "ns, us, ms, s, bytes, 1 or 1/s"; }

std::string Pretty(const MetricType& type, double value) { return Shown(type, value, kDigits); }

std::string PrettyBeside(const MetricType& type, double value, double limit) {
  int digits = kDigits;
  while (digits < kMaxDigits && SideOf(Rounded(value, digits), limit) != SideOf(value, limit)) {
    ++digits;
  }
  return Shown(type, value, digits);
}

}  // namespace slo::tools
