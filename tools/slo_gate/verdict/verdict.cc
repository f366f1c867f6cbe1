#include "tools/slo_gate/verdict/verdict.h"

#include <algorithm>

namespace slo::tools {

absl::string_view Name(CheckStatus status) {
  switch (status) {
    case CheckStatus::kPass:
      return "pass";
    case CheckStatus::kWarn:
      return "warn";
    case CheckStatus::kInsufficient:
      return "insufficient";
    case CheckStatus::kInvalid:
      return "invalid";
    case CheckStatus::kFail:
      break;
  }
  return "fail";
}

Summary Summarize(const std::vector<Scenario>& scenarios) {
  Summary summary = {.overall_status = CheckStatus::kPass,
                     .scenarios_count = static_cast<int>(scenarios.size())};
  double error = 0;
  for (const Scenario& scenario : scenarios) {
    summary.overall_status = std::max(summary.overall_status, scenario.status);
    for (const Check& check : scenario.checks) {
      ++summary.checks_total;
      summary.checks_passed += check.status == CheckStatus::kPass ? 1 : 0;
      summary.checks_warned += check.status == CheckStatus::kWarn ? 1 : 0;
      summary.checks_failed += check.status == CheckStatus::kFail ? 1 : 0;
      summary.checks_insufficient += check.status == CheckStatus::kInsufficient ? 1 : 0;
      summary.checks_vacuous += check.is_vacuous ? 1 : 0;
      summary.checks_invalid += check.status == CheckStatus::kInvalid ? 1 : 0;
      if (!check.confidence.has_value()) continue;
      ++summary.checks_with_confidence;
      error += check.rows * (1 - *check.confidence);
    }
  }
  if (summary.checks_with_confidence > 0) summary.family_confidence = std::max(0.0, 1 - error);
  return summary;
}

int ExitCodeOf(const Verdict& verdict) {
  switch (verdict.summary.overall_status) {
    case CheckStatus::kPass:
    case CheckStatus::kWarn:
      return 0;
    case CheckStatus::kInsufficient:
      return verdict.allow_insufficient ? 0 : 3;
    case CheckStatus::kInvalid:
      return 4;
    case CheckStatus::kFail:
      break;
  }
  return 1;
}

}  // namespace slo::tools
