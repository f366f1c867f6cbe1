// Limits as people write them: "250ms", 0.99, -50.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_LIMIT_TEXT_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_LIMIT_TEXT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/metric.h"
#include "tools/slo_gate/verdict/objective.h"

namespace slo::tools {

// What is known about a metric before any row of it was seen.
struct MetricDeclaration {
  std::string metric;
  // By the objective's unit, by the name where it can be read one way only (real_time, a latency of
  // bench_workflow, success_ratio); nothing: that depends on who wrote the row.
  std::optional<MetricType> type;

  bool is_time() const { return type.has_value() && type->kind == MetricKind::kTime; }
};

// `unit`: the objective's, empty when it has none. InvalidArgument names the units that there are.
absl::StatusOr<MetricDeclaration> Declare(absl::string_view metric, absl::string_view unit);

struct TypedLimit {
  Limit limit;
  std::optional<MetricType> type;  // the declaration's, or what the limit itself says
};

// A limit with a unit of time says that the metric is a time: then its unit is the declared one, or
// the last word of the name (_us). A number is in the metric's own unit and of either sign.
// InvalidArgument says what was expected: a time that is limited by a number, a limit that nothing
// can violate. `text`: "250ms", "0.99". `is_max`: an upper limit.
absl::StatusOr<TypedLimit> ParseLimit(const MetricDeclaration& declaration, absl::string_view text,
                                      bool is_max);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_LIMIT_TEXT_H_
