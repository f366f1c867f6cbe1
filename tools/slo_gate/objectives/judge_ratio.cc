#include "tools/slo_gate/objectives/judge_ratio.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/binomial_limits.h"
#include "tools/lib/stats/order_statistics.h"
#include "tools/slo_gate/objectives/judge_bounds.h"
#include "tools/slo_gate/objectives/row_faults.h"

namespace slo::tools {
namespace {

int64_t Whole(double value) { return static_cast<int64_t>(value); }

// The share of trials that must not miss.
double WantedProportion(const Check& check) {
  return IsMax(check) ? 1 - check.threshold.value : check.threshold.value;
}

int64_t EffectiveTrials(const RatioSample& sample, double confidence) {
  if (!sample.dispersion.has_value()) {
    return stats::EffectiveSampleSize(sample.trials, /*inflation=*/1, sample.disturbed);
  }
  return stats::EffectiveTrials(sample.trials, *sample.dispersion, sample.disturbed, confidence);
}

// How many trials one disturbance reaches. In an open load these are all that are planned while it
// lasts, which the row counts for what its own bounds allow for.
int64_t DisturbedTrials(const ReportRow& row, const RowContext& context) {
  const LongestDisturbance declared = context.declared.value_or(context.allowed);
  const int64_t requests = std::max(context.allowed.requests, declared.requests);
  const auto planned = static_cast<double>(CountOf(row, kDisturbedRunsCount).value_or(0));
  const double longer =
      context.allowed.seconds > 0 ? std::max(1.0, declared.seconds / context.allowed.seconds) : 1.0;
  return std::max(requests, Whole(std::ceil(planned * longer)));
}

// How many trials would show that the ratio keeps its limit, were all further ones good.
void SetTrialsNeeded(double scale, Check& check) {
  const double proportion = WantedProportion(check);
  ObjectiveDetail& detail = DetailOf(check);
  if (proportion >= 1) {
    detail.needed = Needed{.kind = Needed::Kind::kNoNumber};
    return;
  }
  const int64_t misses = Whole(std::ceil(static_cast<double>(*detail.misses) / scale));
  const int64_t worth = stats::SmallestPassingSampleSize(proportion, *check.confidence, misses);
  const int64_t needed =
      std::max(stats::kMinDependenceSamples, Whole(std::ceil(static_cast<double>(worth) * scale)));
  if (needed > *check.samples) detail.needed = Needed{Needed::Kind::kTrials, needed};
}

}  // namespace

RatioSample RatioSampleOf(const ReportRow& row, const RowContext& context,
                          const std::string& metric) {
  RatioSample sample = {.trials = SamplesOf(row, metric).value_or(0),
                        .disturbed = DisturbedTrials(row, context)};
  if (sample.trials < 1) return sample;
  sample.successes = std::llround(*row.Find(metric) * static_cast<double>(sample.trials));
  const std::optional<double> factor = row.Find(*OverDispersionCounterOf(metric));
  const std::optional<int64_t> batches = CountOf(row, *BatchesCounterOf(metric));
  constexpr auto kMinBatches = static_cast<int64_t>(stats::kMinDependenceSlots);
  if (factor.value_or(-1) >= 0 && batches.value_or(0) >= kMinBatches &&
      sample.trials >= stats::kMinDependenceSamples) {
    sample.dispersion = {.factor = *factor, .batches = *batches};
  }
  return sample;
}

Decision JudgeRatio(const RatioSample& sample, double confidence, Check& check) {
  check.confidence = confidence;
  check.samples = sample.trials;
  ObjectiveDetail& detail = DetailOf(check);
  detail.misses = IsMax(check) ? sample.successes : sample.trials - sample.successes;
  const int64_t effective = EffectiveTrials(sample, confidence);
  if (effective < sample.trials) check.effective_samples = effective;
  SetNotExcluded(WantedProportion(check), check);

  const double scale = static_cast<double>(sample.trials) / static_cast<double>(effective);
  const stats::ProportionLimits limits =
      stats::DependentProportionLimits(sample.successes, sample.trials, effective, confidence);
  Bounds bounds = BoundsFor(check, limits.lower, limits.upper);
  // Where none may miss, one that does is enough, however many it stands for.
  if (WantedProportion(check) >= 1 && *detail.misses > 0) {
    bounds.for_fail = static_cast<double>(sample.successes) / static_cast<double>(sample.trials);
  }
  const Decision decision = DecideByBounds(bounds, check);
  if (decision == kKept && !sample.dispersion.has_value()) {
    if (sample.trials < stats::kMinDependenceSamples) {
      detail.needed = Needed{Needed::Kind::kTrials, stats::kMinDependenceSamples};
      return kNeither;
    }
    detail.fields = {*OverDispersionCounterOf(check.metric), *BatchesCounterOf(check.metric)};
    return {CheckStatus::kInsufficient, Reason::kLacksCounter};
  }
  if (decision == kNeither) SetTrialsNeeded(scale, check);
  return decision;
}

}  // namespace slo::tools
