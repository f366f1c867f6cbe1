#include "tools/lib/results/metric.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/lib/text/percent.h"

namespace slo::tools {
namespace {

struct TimeUnit {
  absl::string_view suffix;
  double per_second;
};

constexpr std::array<TimeUnit, 4> kTimeUnits = {
    {{"_ns", 1e9}, {"_us", 1e6}, {"_ms", 1e3}, {"_s", 1}}};

constexpr std::array<absl::string_view, 5> kOtherUnits = {"_bytes", "_count", "_percent", "_kib",
                                                          "_mib"};

// Units of the metric in a second; nothing when it is no time.
std::optional<double> UnitsPerSecond(absl::string_view metric) {
  if (metric == "real_time" || metric == "cpu_time") return 1e9;
  for (const TimeUnit& unit : kTimeUnits) {
    absl::string_view stem = metric;
    // requests_per_s is a rate, not a time.
    if (absl::ConsumeSuffix(&stem, unit.suffix) && !absl::EndsWith(stem, "_per")) {
      return unit.per_second;
    }
  }
  return std::nullopt;
}

std::string PrettySeconds(double seconds) {
  const double magnitude = std::abs(seconds);
  if (magnitude < 1e-6) return absl::StrFormat("%.1f ns", seconds * 1e9);
  if (magnitude < 1e-3) return absl::StrFormat("%.3f us", seconds * 1e6);
  if (magnitude < 1) return absl::StrFormat("%.3f ms", seconds * 1e3);
  return absl::StrFormat("%.3f s", seconds);
}

}  // namespace

MetricKind KindOf(absl::string_view metric) {
  if (UnitsPerSecond(metric).has_value()) return MetricKind::kTime;
  return absl::EndsWith(metric, "_ratio") ? MetricKind::kRatio : MetricKind::kPlain;
}

std::string LimitMetric(absl::string_view metric, absl::string_view side) {
  const std::string stem = WithoutUnit(metric);
  return absl::StrCat(stem, "_", side, metric.substr(stem.size()));
}

std::string WithoutUnit(absl::string_view metric) {
  for (const TimeUnit& unit : kTimeUnits) {
    if (absl::ConsumeSuffix(&metric, unit.suffix)) return std::string(metric);
  }
  for (const absl::string_view unit : kOtherUnits) {
    if (absl::ConsumeSuffix(&metric, unit)) break;
  }
  return std::string(metric);
}

std::optional<double> QuantileOf(absl::string_view metric) {
  for (absl::string_view part : absl::StrSplit(metric, '_')) {
    if (!absl::ConsumePrefix(&part, "p") || part.size() < 2 || part.size() > 6 ||
        !std::all_of(part.begin(), part.end(), absl::ascii_isdigit)) {
      continue;
    }
    double quantile = 0;
    if (absl::SimpleAtod(absl::StrCat("0.", part), &quantile) && quantile > 0) return quantile;
  }
  return std::nullopt;
}

std::optional<std::string> SamplesMetric(absl::string_view metric) {
  const size_t latency = metric.find("latency_");
  if (latency == absl::string_view::npos && !QuantileOf(metric).has_value()) return std::nullopt;
  const size_t prefix_length = latency == absl::string_view::npos ? 0 : latency;
  return absl::StrCat(metric.substr(0, prefix_length), "samples_count");
}

double InUnitOf(absl::string_view metric, double seconds) {
  return seconds * UnitsPerSecond(metric).value_or(1);
}

std::string Pretty(absl::string_view metric, double value) {
  if (absl::EndsWith(metric, kChangeSuffix)) return ChangeText(value);
  if (const auto per_second = UnitsPerSecond(metric)) return PrettySeconds(value / *per_second);
  if (KindOf(metric) == MetricKind::kRatio) return absl::StrFormat("%.6g", value);
  if (std::abs(value) >= 1e6) return absl::StrFormat("%.3gM", value / 1e6);
  if (std::abs(value) >= 1e4) return absl::StrFormat("%.4gk", value / 1e3);
  return absl::StrFormat("%.5g", value);
}

}  // namespace slo::tools
