#include "tools/slo_gate/verdict.h"

namespace slo::tools {

absl::string_view Name(CheckStatus status) {
  switch (status) {
    case CheckStatus::kPass:
      return "pass";
    case CheckStatus::kInsufficient:
      return "insufficient";
    case CheckStatus::kInvalid:
      return "invalid";
    case CheckStatus::kFail:
      break;
  }
  return "fail";
}

int ExitCodeOf(const Verdict& verdict) {
  switch (verdict.summary.overall_status) {
    case CheckStatus::kPass:
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
