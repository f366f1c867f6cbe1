#include "tools/slo_gate/objectives/judge_metric.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

#include "absl/strings/match.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/stats/binomial_limits.h"
#include "tools/lib/stats/order_statistics.h"

namespace slo::tools {
namespace {

// Beyond this a count in a double is no longer exact.
constexpr double kMostSamples = 9e15;

constexpr Decision kKept = {CheckStatus::kPass, Reason::kLimitKept};
constexpr Decision kNeither = {CheckStatus::kInsufficient, Reason::kUndecided};

// The confidence bounds of a metric: the one that can show a pass and the one that can show a
// violation.
struct Bounds {
  std::optional<double> for_pass;
  std::optional<double> for_fail;
};

bool IsMax(const Check& check) { return check.kind == LimitKind::kMax; }

bool Keeps(double value, const Check& check) {
  return IsMax(check) ? value <= check.threshold.value : value >= check.threshold.value;
}

// Whether the check passes is not known yet; what does not pass is not vacuous.
void SetHeadroom(double value, Check& check) {
  const double limit = check.threshold.value;
  double factor = IsMax(check) ? limit / value : value / limit;
  check.is_vacuous = factor > kVacuousHeadroom;
  // Of a ratio that must be near one, what it may miss counts: 0.9998 is five times as good as
  // 0.999, not 1.0008 times. However good it is, it can fail.
  if (!IsMax(check) && KindOf(check.metric) == MetricKind::kRatio) {
    factor = (1 - limit) / (1 - value);
  }
  // A value below zero has no distance from a limit that could be put as a factor.
  if (std::isfinite(factor) && factor >= 0) check.headroom = factor;
}

ObjectiveDetail& DetailOf(Check& check) { return std::get<ObjectiveDetail>(check.detail); }

int64_t Floor(double value) { return static_cast<int64_t>(std::min(value, kMostSamples)); }

std::optional<int64_t> CountOf(const ReportRow& row, absl::string_view metric) {
  const std::optional<double> value = row.Find(metric);
  if (!value.has_value() || !(*value >= 0) || *value > kMostSamples) return std::nullopt;
  return std::llround(*value);
}

// Pass, fail, or neither, from bounds at the check's confidence.
Decision Decide(const Bounds& bounds, Check& check) {
  const auto decide = [&](double bound, Decision decision) {
    check.bound = bound;
    SetHeadroom(bound, check);
    return decision;
  };
  if (bounds.for_pass.has_value() && Keeps(*bounds.for_pass, check)) {
    return decide(*bounds.for_pass, kKept);
  }
  if (bounds.for_fail.has_value() && !Keeps(*bounds.for_fail, check)) {
    return decide(*bounds.for_fail, kViolated);
  }
  return bounds.for_pass.has_value() ? decide(*bounds.for_pass, kNeither) : kNeither;
}

void SetNeeded(Needed::Kind kind, int64_t count, Check& check) {
  if (count <= check.samples.value_or(0)) return;
  DetailOf(check).needed = Needed{.kind = kind, .count = count};
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
  if (!Keeps(*check.actual, check)) {
    most_over =
        effective - stats::QuantileLowerRank(effective, quantile, *check.confidence).value_or(0);
  }
  const int64_t needed = stats::SmallestPassingSampleSize(quantile, *check.confidence, most_over);
  const double scale = static_cast<double>(samples) / static_cast<double>(effective);
  SetNeeded(Needed::Kind::kSamplesIfKept, Floor(std::ceil(static_cast<double>(needed) * scale)),
            check);
}

// How many trials would show that the ratio keeps its limit, were all further ones good.
void SetTrialsNeeded(Check& check) {
  const double proportion = IsMax(check) ? 1 - check.threshold.value : check.threshold.value;
  if (proportion >= 1) {
    DetailOf(check).needed = Needed{.kind = Needed::Kind::kNoNumber};
    return;
  }
  SetNeeded(
      Needed::Kind::kTrials,
      stats::SmallestPassingSampleSize(proportion, *check.confidence, *DetailOf(check).misses),
      check);
}

// A proportion: its limits are exact, whatever it is.
Decision JudgeRatio(int64_t trials, double confidence, Check& check) {
  check.confidence = confidence;
  const int64_t successes = std::llround(*check.actual * static_cast<double>(trials));
  const double lower = stats::ClopperPearsonLower(successes, trials, confidence);
  const double upper = stats::ClopperPearsonUpper(successes, trials, confidence);
  DetailOf(check).misses = IsMax(check) ? successes : trials - successes;
  const Decision decision =
      Decide(IsMax(check) ? Bounds{upper, lower} : Bounds{lower, upper}, check);
  if (decision == kNeither) SetTrialsNeeded(check);
  return decision;
}

// Of a level that was rounded somewhere the last digits do not count.
bool ReachesRequired(const Levels& levels) {
  constexpr double kRounding = 1e-9;
  return !levels.stated.has_value() || *levels.stated >= levels.required - kRounding;
}

// Limits that the row publishes. They hold at the level that the results state, whatever is
// required: where that is too low nothing is shown to pass, while a violation stays one.
Decision JudgeBounds(const Bounds& bounds, const Levels& levels, Check& check) {
  check.confidence = levels.stated;
  const Decision decision = Decide(bounds, check);
  if (decision != kKept || ReachesRequired(levels)) return decision;
  DetailOf(check).required_confidence = levels.required;
  return {CheckStatus::kInsufficient, Reason::kLevelTooLow};
}

// A percentile with samples, of which the row publishes at most the bound that shows a violation:
// the sample is too small for the other one, or the program that wrote the row publishes none.
Decision JudgePercentile(double quantile, const Bounds& bounds, const Levels& levels,
                         Check& check) {
  const Decision decision = JudgeBounds(bounds, levels, check);
  if (decision.status != CheckStatus::kInsufficient) return decision;
  check.confidence = levels.required;
  const double side = IsMax(check) ? quantile : 1 - quantile;
  const int64_t needed = stats::SmallestPassingSampleSize(side, levels.required, 0);
  SetNeeded(Needed::Kind::kSamplesWithinLimit, needed, check);
  DetailOf(check).lacks_bound = needed <= *check.samples;
  return decision;
}

Decision JudgePoint(Check& check) {
  SetHeadroom(*check.actual, check);
  return Keeps(*check.actual, check) ? kKept : kViolated;
}

std::optional<int64_t> SamplesOf(const ReportRow& row, absl::string_view metric) {
  if (KindOf(metric) != MetricKind::kRatio) {
    const std::optional<std::string> samples = SamplesCounterOf(metric);
    return samples.has_value() ? CountOf(row, *samples) : std::nullopt;
  }
  const std::optional<int64_t> trials = CountOf(row, *TrialsCounterOf(metric));
  return trials.has_value() ? trials : CountOf(row, SamplesCounter(""));
}

BoundSide PassSide(const Check& check) {
  return IsMax(check) ? BoundSide::kUpper : BoundSide::kLower;
}

BoundSide FailSide(const Check& check) {
  return IsMax(check) ? BoundSide::kLower : BoundSide::kUpper;
}

Bounds BoundsOf(const ReportRow& row, const Check& check) {
  return {.for_pass = row.Find(BoundCounter(check.metric, PassSide(check))),
          .for_fail = row.Find(BoundCounter(check.metric, FailSide(check)))};
}

// By whatever the row offers; see JudgeMetric.
Decision JudgeValue(const ReportRow& row, const Levels& levels, Check& check) {
  const Bounds bounds = BoundsOf(row, check);
  const std::optional<double> quantile = QuantileOf(check.metric);
  const bool is_ratio = KindOf(check.metric) == MetricKind::kRatio;
  if (is_ratio && !(*check.actual >= 0 && *check.actual <= 1)) {
    return {CheckStatus::kFail, Reason::kNotARatio};
  }
  if (is_ratio && check.samples.has_value()) {
    return JudgeRatio(*check.samples, levels.required, check);
  }
  if (!bounds.for_pass.has_value() && quantile.has_value() && check.samples.has_value()) {
    return JudgePercentile(*quantile, bounds, levels, check);
  }
  if (!bounds.for_pass.has_value() && !bounds.for_fail.has_value()) return JudgePoint(check);
  check.effective_samples = CountOf(row, EffectiveSamplesCounter(check.metric, PassSide(check)));
  const Decision decision = JudgeBounds(bounds, levels, check);
  if (decision == kNeither && quantile.has_value() && levels.stated.has_value() &&
      ReachesRequired(levels)) {
    SetSamplesNeeded(*quantile, check);
  }
  return decision;
}

// Fit to be judged, or why not.
Decision JudgeRow(const ReportRow& row, const Levels& levels, Check& check) {
  ObjectiveDetail& detail = DetailOf(check);
  if (row.error.has_value()) {
    detail.message = *row.error;
    return {CheckStatus::kFail, Reason::kErrorRow};
  }
  check.actual = row.Find(check.metric);
  check.samples = SamplesOf(row, check.metric);
  if (!check.actual.has_value()) {
    detail.metrics = row.metrics.names();
    return {CheckStatus::kFail, Reason::kNoMetric};
  }
  const std::optional<double> real_time = row.Find("real_time");
  if (real_time.has_value() && *real_time <= 0) {
    return {CheckStatus::kInvalid, Reason::kClockStopped};
  }
  if (check.samples == 0) return {CheckStatus::kInsufficient, Reason::kNoSamples};
  return JudgeValue(row, levels, check);
}

// What the row says about failures, for a check that does not pass.
void SetFailures(const ReportRow& row, ObjectiveDetail& detail) {
  for (const auto& [name, value] : row.metrics) {
    if (absl::StartsWith(name, kFailedPrefix) && value > 0)
      detail.failures.emplace_back(name, value);
  }
  detail.label = row.label;
}

}  // namespace

bool CarriesConfidence(const ReportRow& row, absl::string_view metric, const Levels& levels) {
  if (row.error.has_value() || !row.Find(metric).has_value()) return false;
  const bool has_samples = SamplesOf(row, metric).has_value();
  if (KindOf(metric) == MetricKind::kRatio && has_samples) return true;
  if (QuantileOf(metric).has_value() && has_samples) return true;
  return levels.stated.has_value() &&
         (row.Find(BoundCounter(metric, BoundSide::kUpper)).has_value() ||
          row.Find(BoundCounter(metric, BoundSide::kLower)).has_value());
}

Decision JudgeMetric(const ReportRow& row, const Levels& levels, Check& check) {
  const Decision decision = JudgeRow(row, levels, check);
  if (decision.status == CheckStatus::kPass) return decision;
  check.is_vacuous = false;
  SetFailures(row, DetailOf(check));
  return decision;
}

}  // namespace slo::tools
