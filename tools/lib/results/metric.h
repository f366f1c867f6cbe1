// What a metric's name says about it: its unit.

#ifndef SLO_TOOLS_LIB_RESULTS_METRIC_H_
#define SLO_TOOLS_LIB_RESULTS_METRIC_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

enum class MetricKind {
  kTime,   // real_time, cpu_time, or a name that ends in _ns, _us, _ms or _s, but not in _per_s
  kRatio,  // a name that ends in _ratio: a proportion from 0 to 1
  kPlain,  // anything else: a rate, a count, a size
};

MetricKind KindOf(absl::string_view metric);

// A duration in the metric's unit. The metric must be of kind kTime.
double InUnitOf(absl::string_view metric, double seconds);

// "stage_cpu_us change": a metric that compares two builds; its values are ratios less one.
inline constexpr absl::string_view kChangeSuffix = " change";

// A value with a unit that reads well: "1.250 ms", "0.9987", "72.1k", "+1.25 %".
std::string Pretty(absl::string_view metric, double value);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_METRIC_H_
