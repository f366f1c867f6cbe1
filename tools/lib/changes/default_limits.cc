#include "tools/lib/changes/default_limits.h"

namespace slo::tools {

absl::string_view DefaultLimitsText() {
  return R"({
  "version": 1,
  "tolerances": [
    {
      "id": "default",
      "benchmark": "*",
      "metric": "cpu_time",
      "max_increase": "3%",
      "why": "Without a file of limits every benchmark may cost at most this much more.",
      "source": "the default of slo_gate compare and paired_bench"
    }
  ]
}
)";
}

RegressionLimits DefaultLimits() {
  return ParseRegressionLimits(kDefaultLimitsFile, DefaultLimitsText()).value();
}

}  // namespace slo::tools
