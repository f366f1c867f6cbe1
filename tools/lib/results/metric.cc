#include "tools/lib/results/metric.h"

#include <array>
#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
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
