#include "tools/slo_gate/objectives/judge_metric.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/order_statistics.h"
#include "tools/slo_gate/objectives/judge_bounds.h"
#include "tools/slo_gate/objectives/judge_ratio.h"
#include "tools/slo_gate/objectives/row_faults.h"

namespace slo::tools {
namespace {

int64_t Floor(double value) {
  constexpr double kMaxSamples = 9e15;
  return static_cast<int64_t>(std::min(value, kMaxSamples));
}

// Of a percentile with bounds between which the objective's limit lies: the samples that would do
// if all further ones were within it. How many were over it is known only to be less than what lies
// over the percentile, or than what would be a violation.
void SetSamplesNeeded(double quantile, Check& check) {
  if (!IsMax(check) || !check.samples.has_value() || *check.samples < 1) return;
  const int64_t samples = *check.samples;
  const int64_t effective =
      std::clamp<int64_t>(check.effective_samples.value_or(samples), 1, samples);
  int64_t most_over = Floor((1 - quantile) * static_cast<double>(effective));
  if (!MeetsLimit(*check.actual, check)) {
    most_over =
        effective - stats::QuantileLowerRank(effective, quantile, *check.confidence).value_or(0);
  }
  const int64_t needed = stats::SmallestPassingSampleSize(quantile, *check.confidence, most_over);
  const double scale = static_cast<double>(samples) / static_cast<double>(effective);
  SetNeeded(Needed::Kind::kSamplesIfKept, Floor(std::ceil(static_cast<double>(needed) * scale)),
            check);
}

// A percentile with samples, of which the row publishes at most the bound that shows a violation:
// the sample is too small for the other one, or the program that wrote the row publishes none.
Decision JudgePercentile(double quantile, const Bounds& bounds, const RowContext& context,
                         Check& check) {
  const Decision decision = JudgeBounds(bounds, context, check);
  if (decision.status != CheckStatus::kInsufficient) return decision;
  check.confidence = context.required;
  const double side = IsMax(check) ? quantile : 1 - quantile;
  const int64_t needed = stats::SmallestPassingSampleSize(side, context.required, 0);
  SetNeeded(Needed::Kind::kSamplesWithinLimit, needed, check);
  DetailOf(check).lacks_bound = needed <= *check.samples;
  return kNeither;
}

// A row of bench_workflow, by whatever it offers; see JudgeMetric.
Decision JudgeOurs(const ReportRow& row, const RowContext& context, Check& check) {
  check.samples = SamplesOf(row, check.metric);
  if (check.samples == 0) return {CheckStatus::kInsufficient, Reason::kNoSamples};
  if (check.type.kind == MetricKind::kRatio && check.samples.has_value()) {
    return JudgeRatio(RatioSampleOf(row, context, check.metric), context.required, check);
  }
  const Bounds bounds = PublishedBounds(row, check);
  const std::optional<double> quantile = QuantileOf(check.metric);
  if (!bounds.for_pass.has_value() && quantile.has_value() && check.samples.has_value()) {
    return JudgePercentile(*quantile, bounds, context, check);
  }
  if (!bounds.for_pass.has_value() && !bounds.for_fail.has_value()) {
    return DecideByPoint(context.point, check);
  }
  check.effective_samples = CountOf(row, EffectiveSamplesCounter(check.metric, PassSide(check)));
  const Decision decision = JudgeBounds(bounds, context, check);
  if (quantile.has_value()) SetNotExcluded(IsMax(check) ? *quantile : 1 - *quantile, check);
  if (decision == kNeither && quantile.has_value() && ReachesRequired(context)) {
    SetSamplesNeeded(*quantile, check);
  }
  return decision;
}

// What the row says about failures.
void SetFailures(const ReportRow& row, ObjectiveDetail& detail) {
  for (const auto& [name, value] : row.metrics) {
    if (absl::StartsWith(name, kFailedPrefix) && value > 0)
      detail.failures.emplace_back(name, value);
  }
  detail.label = row.label;
}

Decision JudgeRow(const ReportRow& row, const RowContext& context, Check& check) {
  const std::optional<Decision> unfit = WhyUnfit(row, context, check);
  if (unfit.has_value()) return *unfit;
  return context.origin == Origin::kOurs ? JudgeOurs(row, context, check)
                                         : DecideByPoint(context.point, check);
}

}  // namespace

std::optional<Decision> WhyUnfit(const ReportRow& row, const RowContext& context, Check& check) {
  ObjectiveDetail& detail = DetailOf(check);
  check.type = context.type.value_or(TypeOf(check.metric, context.origin));
  if (row.error.has_value()) {
    detail.message = *row.error;
    return Decision{CheckStatus::kFail, Reason::kErrorRow};
  }
  const std::optional<double> value = row.Find(check.metric);
  if (!value.has_value()) {
    detail.metrics = row.metrics.names();
    return Decision{CheckStatus::kFail, Reason::kNoMetric};
  }
  if (!std::isfinite(*value)) return Decision{CheckStatus::kFail, Reason::kNotANumber};
  check.actual = *value;
  const std::optional<double> real_time = row.Find("real_time");
  if (real_time.has_value() && !(*real_time > 0)) {
    return Decision{CheckStatus::kInvalid, Reason::kClockStopped};
  }
  if (check.type.kind == MetricKind::kRatio && !(*value >= 0 && *value <= 1)) {
    return Decision{CheckStatus::kFail, Reason::kNotARatio};
  }
  const FaultContext faults = {
      .origin = context.origin, .type = check.type, .stated = context.stated};
  detail.fields = Contradictions(row, check.metric, faults);
  if (!detail.fields.empty()) return Decision{CheckStatus::kInvalid, Reason::kContradiction};
  detail.fields = LackingCounters(row, check.metric, faults);
  if (!detail.fields.empty()) return Decision{CheckStatus::kInsufficient, Reason::kLacksCounter};
  return std::nullopt;
}

bool CarriesConfidence(absl::string_view metric, Origin origin) {
  return origin == Origin::kOurs &&
         (TrialsCounterOf(metric).has_value() || HasBounds(metric) ||
          (QuantileOf(metric).has_value() && SamplesCounterOf(metric).has_value()));
}

Decision JudgeMetric(const ReportRow& row, const RowContext& context, Check& check) {
  const Decision decision = JudgeRow(row, context, check);
  if (decision.status == CheckStatus::kPass) return decision;
  check.is_vacuous = false;
  SetFailures(row, DetailOf(check));
  return decision;
}

}  // namespace slo::tools
