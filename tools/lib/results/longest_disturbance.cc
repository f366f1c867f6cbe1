#include "tools/lib/results/longest_disturbance.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/text/duration.h"

namespace slo::tools {

LongestDisturbance DisturbanceAllowedFor(const Report& report) {
  LongestDisturbance allowed;
  allowed.seconds =
      ParseDurationIn(1, report.ContextValue(kLongestDisturbanceKey)).value_or(allowed.seconds);
  int64_t requests = 0;
  if (absl::SimpleAtoi(report.ContextValue(kDisturbedRequestsKey), &requests)) {
    allowed.requests = std::max(allowed.requests, requests);
  }
  return allowed;
}

}  // namespace slo::tools
