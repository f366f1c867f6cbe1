#include "tools/lib/results/row_fields.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"

namespace slo::tools {
namespace {

constexpr std::array<absl::string_view, 6> kNotMetrics = {
    "family_index", "per_family_instance_index", "repetitions", "repetition_index", "threads",
    "iterations"};

}  // namespace

bool IsRowMetric(absl::string_view key) {
  return std::find(kNotMetrics.begin(), kNotMetrics.end(), key) == kNotMetrics.end();
}

bool IsRowTime(absl::string_view key) { return key == "real_time" || key == "cpu_time"; }

std::optional<double> NanosecondsPer(absl::string_view time_unit) {
  if (time_unit == "ns") return 1;
  if (time_unit == "us") return 1e3;
  if (time_unit == "ms") return 1e6;
  if (time_unit == "s") return 1e9;
  return std::nullopt;
}

std::optional<std::string> RowError(bool has_error, const std::string& error_message,
                                    bool is_skipped, const std::string& skip_message) {
  if (has_error) return error_message;
  if (is_skipped) return absl::StrCat("skipped: ", skip_message);
  return std::nullopt;
}

}  // namespace slo::tools
