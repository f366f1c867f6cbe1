#include "tools/slo_gate/objectives/judge_bounds.h"

#include "tools/lib/results/counter_names.h"
#include "tools/slo_gate/objectives/row_faults.h"

namespace slo::tools {

Bounds PublishedBounds(const ReportRow& row, const Check& check) {
  return {.for_pass = row.Find(BoundCounter(check.metric, PassSide(check))),
          .for_fail = row.Find(BoundCounter(check.metric, FailSide(check)))};
}

std::optional<int64_t> SamplesOf(const ReportRow& row, const std::string& metric) {
  const std::optional<std::string> trials = TrialsCounterOf(metric);
  if (trials.has_value()) return CountOf(row, *trials);
  const std::optional<std::string> samples = SamplesCounterOf(metric);
  return samples.has_value() ? CountOf(row, *samples) : std::nullopt;
}

Decision JudgeBounds(const Bounds& bounds, const RowContext& context, Check& check) {
  check.confidence = context.stated;
  const Decision decision = DecideByBounds(bounds, check);
  ObjectiveDetail& detail = DetailOf(check);
  if (!context.stated.has_value()) return {CheckStatus::kInsufficient, Reason::kNoLevel};
  if (context.declared.has_value() && !context.allowed.Covers(*context.declared)) {
    detail.declared = context.declared;
    detail.allowed = context.allowed;
    return {CheckStatus::kInsufficient, Reason::kLongerDisturbance};
  }
  if (decision != kKept || ReachesRequired(context)) return decision;
  detail.required_confidence = context.required;
  return {CheckStatus::kInsufficient, Reason::kLevelTooLow};
}

// Of a level that was rounded somewhere the last digits do not count.
bool ReachesRequired(const RowContext& context) {
  constexpr double kRounding = 1e-9;
  return context.stated.has_value() && *context.stated >= context.required - kRounding;
}

void SetNeeded(Needed::Kind kind, int64_t count, Check& check) {
  if (count <= check.samples.value_or(0)) return;
  DetailOf(check).needed = Needed{.kind = kind, .count = count};
}

}  // namespace slo::tools
