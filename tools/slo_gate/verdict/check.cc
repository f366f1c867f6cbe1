#include "tools/slo_gate/verdict/check.h"

#include <algorithm>
#include <limits>

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

bool IsWorse(const Check& a, const Check& b) {
  if (a.status != b.status) return a.status > b.status;
  constexpr double kNone = std::numeric_limits<double>::infinity();
  return a.headroom.value_or(kNone) < b.headroom.value_or(kNone);
}

bool IsControl(const Scenario& scenario) {
  return std::any_of(scenario.checks.begin(), scenario.checks.end(), [](const Check& check) {
    return check.change() != nullptr && check.change()->control != Control::kNone;
  });
}

}  // namespace slo::tools
