#include "tools/slo_gate/objectives/judge_metric.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/stats/binomial_limits.h"
#include "tools/lib/stats/order_statistics.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::tools {
namespace {

// Beyond this a count in a double is no longer exact.
constexpr double kMostSamples = 9e15;

// The limits of a metric: the one that can show a pass and the one that can show a violation.
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

void SetResult(CheckStatus status, Reason reason_code, std::string reason, Check& check) {
  check.status = status;
  check.reason_code = reason_code;
  check.reason = std::move(reason);
}

int64_t Floor(double value) { return static_cast<int64_t>(std::min(value, kMostSamples)); }

std::optional<int64_t> CountOf(const ReportRow& row, absl::string_view metric) {
  const std::optional<double> value = row.Find(metric);
  if (!value.has_value() || !(*value >= 0) || *value > kMostSamples) return std::nullopt;
  return std::llround(*value);
}

std::string Compared(absl::string_view what, double value, absl::string_view relation,
                     const Check& check) {
  return absl::StrCat(what, " ", Pretty(check.metric, value), " ", relation, " limit ",
                      check.threshold.text);
}

std::string AtLevel(std::optional<double> level) {
  return level.has_value() ? absl::StrFormat(" at %g %%", *level * 100)
                           : " at a level that the results do not state";
}

// Pass, fail, or neither, from limits at the check's confidence.
void Decide(const Bounds& bounds, Check& check) {
  const absl::string_view pass_side = IsMax(check) ? "upper limit" : "lower limit";
  const absl::string_view fail_side = IsMax(check) ? "lower limit" : "upper limit";
  const std::string level = AtLevel(check.confidence);
  const auto decide = [&](double bound, CheckStatus status, Reason reason_code,
                          absl::string_view what) {
    check.bound = bound;
    SetHeadroom(bound, check);
    SetResult(status, reason_code, absl::StrCat(what, level), check);
  };
  if (bounds.for_pass.has_value() && Keeps(*bounds.for_pass, check)) {
    decide(*bounds.for_pass, CheckStatus::kPass, Reason::kLimitKept,
           Compared(pass_side, *bounds.for_pass, "keeps", check));
  } else if (bounds.for_fail.has_value() && !Keeps(*bounds.for_fail, check)) {
    decide(*bounds.for_fail, CheckStatus::kFail, Reason::kLimitViolated,
           Compared(fail_side, *bounds.for_fail, "violates", check));
  } else {
    SetResult(CheckStatus::kInsufficient, Reason::kUndecided,
              absl::StrCat("limit ", check.threshold.text,
                           " can neither be shown to hold nor to be violated", level),
              check);
    if (!bounds.for_pass.has_value()) return;
    check.bound = bounds.for_pass;
    SetHeadroom(*bounds.for_pass, check);
  }
}

void AppendNeeded(int64_t needed, absl::string_view what, Check& check) {
  const int64_t have = check.samples.value_or(0);
  if (needed <= have) return;
  absl::StrAppend(&check.reason, "; needs ", needed, " ", what, ", ", needed - have,
                  " more than the ", have, " there are");
}

// Of a percentile with limits between which the objective's limit lies: the samples that would do
// if all further ones were within it. How many were over it is known only to be less than what lies
// over the percentile, or than what would be a violation.
void AppendSamplesNeeded(double quantile, Check& check) {
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
  const int64_t in_samples = Floor(std::ceil(static_cast<double>(needed) * scale));
  if (in_samples <= samples) return;
  absl::StrAppend(&check.reason, "; ", in_samples, " samples, ", in_samples - samples,
                  " more than the ", samples, " there are, would do if all further ones keep it");
}

// How many trials would show that the ratio keeps its limit, were all further ones good.
void AppendTrialsNeeded(int64_t successes, int64_t trials, Check& check) {
  const int64_t against = IsMax(check) ? successes : trials - successes;
  const double proportion = IsMax(check) ? 1 - check.threshold.value : check.threshold.value;
  if (proportion >= 1) {
    absl::StrAppend(&check.reason, "; no number of trials can show that none ever ",
                    IsMax(check) ? "succeeds" : "fails");
    return;
  }
  AppendNeeded(stats::SmallestPassingSampleSize(proportion, *check.confidence, against),
               against == 0 ? "trials without a failure" : "trials without a further failure",
               check);
}

// A proportion: its limits are exact, whatever it is.
void JudgeRatio(int64_t trials, double confidence, Check& check) {
  check.confidence = confidence;
  const int64_t successes = std::llround(*check.actual * static_cast<double>(trials));
  const double lower = stats::ClopperPearsonLower(successes, trials, confidence);
  const double upper = stats::ClopperPearsonUpper(successes, trials, confidence);
  Decide(IsMax(check) ? Bounds{upper, lower} : Bounds{lower, upper}, check);
  absl::StrAppend(&check.reason, "; ", IsMax(check) ? successes : trials - successes, " of ",
                  trials, IsMax(check) ? " did" : " did not");
  if (check.status == CheckStatus::kInsufficient) AppendTrialsNeeded(successes, trials, check);
}

// Of a level that was rounded somewhere the last digits do not count.
bool ReachesRequired(const Levels& levels) {
  constexpr double kRounding = 1e-9;
  return !levels.stated.has_value() || *levels.stated >= levels.required - kRounding;
}

// Limits that the row publishes. They hold at the level that the results state, whatever is
// required: where that is too low nothing is shown to pass, while a violation stays one.
void JudgeLimits(const Bounds& bounds, const Levels& levels, Check& check) {
  check.confidence = levels.stated;
  Decide(bounds, check);
  if (check.status != CheckStatus::kPass || ReachesRequired(levels)) return;
  SetResult(
      CheckStatus::kInsufficient, Reason::kLevelTooLow,
      absl::StrFormat("the limits of the results hold at %.9g %%, but with so many checks each "
                      "must hold at %.9g %% to pass: measure with a confidence level of %.9g or "
                      "more",
                      *levels.stated * 100, levels.required * 100, levels.required),
      check);
}

// A percentile with samples, of which the row publishes at most the limit that shows a violation:
// the sample is too small for the other one, or whoever wrote the row does not publish any.
void JudgePercentile(double quantile, const Bounds& bounds, const Levels& levels, Check& check) {
  JudgeLimits(bounds, levels, check);
  if (check.status != CheckStatus::kInsufficient) return;
  check.confidence = levels.required;
  const double side = IsMax(check) ? quantile : 1 - quantile;
  const int64_t needed = stats::SmallestPassingSampleSize(side, levels.required, 0);
  const int64_t worth = check.effective_samples.value_or(*check.samples);
  AppendNeeded(needed, "samples within the limit", check);
  if (needed > worth) return;
  absl::StrAppend(&check.reason, "; the row does not publish ",
                  LimitMetric(check.metric, IsMax(check) ? "upper" : "lower"));
}

void JudgePoint(Check& check) {
  SetHeadroom(*check.actual, check);
  const bool keeps = Keeps(*check.actual, check);
  SetResult(keeps ? CheckStatus::kPass : CheckStatus::kFail,
            keeps ? Reason::kLimitKept : Reason::kLimitViolated,
            absl::StrCat(Compared("value", *check.actual, keeps ? "keeps" : "violates", check),
                         "; a point value, no confidence stated"),
            check);
}

std::string MetricMissing(const ReportRow& row, absl::string_view metric) {
  std::vector<absl::string_view> names;
  for (const auto& [name, value] : row.metrics) names.push_back(name);
  return absl::StrCat("the row has no metric \"", metric, "\"", DidYouMean(metric, names),
                      " metrics there: ", absl::StrJoin(names, ", "));
}

std::optional<int64_t> SamplesOf(const ReportRow& row, absl::string_view metric) {
  if (KindOf(metric) != MetricKind::kRatio) {
    const std::optional<std::string> samples = SamplesMetric(metric);
    return samples.has_value() ? CountOf(row, *samples) : std::nullopt;
  }
  const std::optional<int64_t> trials =
      CountOf(row, absl::StrCat(absl::StripSuffix(metric, "_ratio"), "_trials_count"));
  return trials.has_value() ? trials : CountOf(row, "samples_count");
}

std::optional<int64_t> EffectiveSamplesOf(const ReportRow& row, const Check& check) {
  const std::string limit =
      WithoutUnit(LimitMetric(check.metric, IsMax(check) ? "upper" : "lower"));
  return CountOf(row, absl::StrCat(limit, "_effective_samples_count"));
}

Bounds BoundsOf(const ReportRow& row, const Check& check) {
  return {.for_pass = row.Find(LimitMetric(check.metric, IsMax(check) ? "upper" : "lower")),
          .for_fail = row.Find(LimitMetric(check.metric, IsMax(check) ? "lower" : "upper"))};
}

// By whatever the row offers; see JudgeMetric.
void JudgeValue(const ReportRow& row, const Levels& levels, Check& check) {
  const Bounds bounds = BoundsOf(row, check);
  const std::optional<double> quantile = QuantileOf(check.metric);
  const bool is_ratio = KindOf(check.metric) == MetricKind::kRatio;
  if (is_ratio && !(*check.actual >= 0 && *check.actual <= 1)) {
    SetResult(CheckStatus::kFail, Reason::kNotARatio,
              absl::StrCat("expected a ratio from 0 to 1, found ", *check.actual), check);
  } else if (is_ratio && check.samples.has_value()) {
    JudgeRatio(*check.samples, levels.required, check);
  } else if (!bounds.for_pass.has_value() && quantile.has_value() && check.samples.has_value()) {
    JudgePercentile(*quantile, bounds, levels, check);
  } else if (bounds.for_pass.has_value() || bounds.for_fail.has_value()) {
    check.effective_samples = EffectiveSamplesOf(row, check);
    JudgeLimits(bounds, levels, check);
    if (check.status == CheckStatus::kInsufficient && quantile.has_value() &&
        levels.stated.has_value() && ReachesRequired(levels)) {
      AppendSamplesNeeded(*quantile, check);
    }
  } else {
    JudgePoint(check);
  }
}

// What the row says about failures, for a check that did not pass.
void AppendFailures(const ReportRow& row, Check& check) {
  if (check.status == CheckStatus::kPass) return;
  for (const auto& [name, value] : row.metrics) {
    if (absl::StartsWith(name, "failed_") && value > 0) {
      absl::StrAppend(&check.reason, "; ", name, "=", absl::StrFormat("%.0f", value));
    }
  }
  if (!row.label.empty()) absl::StrAppend(&check.reason, "; ", row.label);
}

}  // namespace

bool CarriesConfidence(const ReportRow& row, absl::string_view metric, const Levels& levels) {
  if (row.error.has_value() || !row.Find(metric).has_value()) return false;
  const bool has_samples = SamplesOf(row, metric).has_value();
  if (KindOf(metric) == MetricKind::kRatio && has_samples) return true;
  if (QuantileOf(metric).has_value() && has_samples) return true;
  return levels.stated.has_value() && (row.Find(LimitMetric(metric, "upper")).has_value() ||
                                       row.Find(LimitMetric(metric, "lower")).has_value());
}

void JudgeMetric(const ReportRow& row, const Levels& levels, Check& check) {
  check.actual = row.Find(check.metric);
  check.samples = SamplesOf(row, check.metric);
  const std::optional<double> real_time = row.Find("real_time");
  if (row.error.has_value()) {
    // Whatever numbers an error row carries were not measured.
    check.actual.reset();
    check.samples.reset();
    SetResult(CheckStatus::kFail, Reason::kErrorRow,
              absl::StrCat("the row is an error row: ", *row.error), check);
  } else if (!check.actual.has_value()) {
    SetResult(CheckStatus::kFail, Reason::kNoMetric, MetricMissing(row, check.metric), check);
  } else if (real_time.has_value() && *real_time <= 0) {
    SetResult(CheckStatus::kInvalid, Reason::kClockStopped,
              "the row's clock did not advance: real_time is not above zero", check);
  } else if (check.samples == 0) {
    SetResult(CheckStatus::kInsufficient, Reason::kNoSamples, "there are no samples", check);
  } else {
    JudgeValue(row, levels, check);
  }
  check.is_vacuous = check.is_vacuous && check.status == CheckStatus::kPass;
  AppendFailures(row, check);
}

}  // namespace slo::tools
