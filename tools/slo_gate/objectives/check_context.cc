#include "tools/slo_gate/objectives/check_context.h"

#include "tools/lib/results/longest_disturbance.h"
#include "tools/lib/results/metric.h"

namespace slo::tools {

Check MakeCheck(const Objective& objective, LimitKind kind) {
  return {.id = objective.id,
          .metric = objective.metric,
          .type = objective.type.value_or(TypeOf(objective.metric, Origin::kForeign)),
          .statistic = objective.statistic.is_each() ? "" : objective.statistic.text,
          .kind = kind,
          .threshold = kind == LimitKind::kMax ? *objective.max : *objective.min,
          .overridden = objective.overridden,
          .why = objective.why};
}

RowContext ContextOf(const Objective& objective, const Report& report, double required_level,
                     const Thresholds& thresholds) {
  RowContext context = {.origin = report.origin(),
                        .stated = report.confidence,
                        .required = required_level,
                        .point = thresholds.points || objective.point,
                        .allowed = DisturbanceAllowedFor(report),
                        .type = objective.type};
  if (thresholds.longest_disturbance.has_value()) {
    context.declared = thresholds.longest_disturbance->longest;
  }
  return context;
}

void SetDecision(const Decision& decision, Check& check) {
  check.status = decision.status;
  check.reason = decision.reason;
}

}  // namespace slo::tools
