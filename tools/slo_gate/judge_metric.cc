#include "tools/slo_gate/judge_metric.h"

#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "tools/slo_gate/metric.h"
#include "tools/stats/binomial_limits.h"
#include "tools/stats/order_statistics.h"

namespace slo::tools {
namespace {

// Beyond this a count in a double is no longer exact.
constexpr double kMostSamples = 9e15;

// The limits of a metric: the one that can show a pass and the one that can show a violation.
struct Bounds {
  std::optional<double> for_pass;
  std::optional<double> for_fail;
};

bool Keeps(double value, const Check& check) {
  return check.kind == LimitKind::kMax ? value <= check.threshold.value
                                       : value >= check.threshold.value;
}

void SetHeadroom(double value, Check& check) {
  const double ratio =
      check.kind == LimitKind::kMax ? check.threshold.value / value : value / check.threshold.value;
  if (std::isfinite(ratio)) check.headroom = ratio;
}

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

std::string Percent(double confidence) { return absl::StrFormat("%g %%", confidence * 100); }

// Pass, fail, or neither, from limits at the check's confidence.
void Decide(const Bounds& bounds, Check& check) {
  const bool is_max = check.kind == LimitKind::kMax;
  const absl::string_view pass_side = is_max ? "upper limit" : "lower limit";
  const absl::string_view fail_side = is_max ? "lower limit" : "upper limit";
  const std::string level = absl::StrCat(" at ", Percent(*check.confidence));
  if (bounds.for_pass.has_value()) {
    check.bound = bounds.for_pass;
    SetHeadroom(*bounds.for_pass, check);
    if (Keeps(*bounds.for_pass, check)) {
      check.status = CheckStatus::kPass;
      check.reason = absl::StrCat(Compared(pass_side, *check.bound, "keeps", check), level);
      return;
    }
  }
  if (bounds.for_fail.has_value() && !Keeps(*bounds.for_fail, check)) {
    check.status = CheckStatus::kFail;
    check.bound = bounds.for_fail;
    SetHeadroom(*bounds.for_fail, check);
    check.reason = absl::StrCat(Compared(fail_side, *check.bound, "violates", check), level);
    return;
  }
  check.status = CheckStatus::kInsufficient;
  check.reason = absl::StrCat("limit ", check.threshold.text,
                              " can neither be shown to hold nor to be violated", level);
}

std::string MoreNeeded(int64_t needed, int64_t have, absl::string_view what) {
  return absl::StrCat("; needs ", needed, " ", what, ", ", needed - have, " more than the ", have,
                      " there are");
}

// A proportion: its limits are exact, whatever it is.
void JudgeRatio(const ReportRow& row, double confidence, Check& check) {
  std::optional<int64_t> trials =
      CountOf(row, absl::StrCat(absl::StripSuffix(check.metric, "_ratio"), "_trials_count"));
  if (!trials.has_value()) trials = CountOf(row, "samples_count");
  check.samples = trials;
  if (!trials.has_value() || *trials == 0 || *check.actual < 0 || *check.actual > 1) {
    check.status = trials == 0 ? CheckStatus::kInsufficient : CheckStatus::kFail;
    check.reason = trials == 0 ? "no trials"
                               : "a ratio from 0 to 1 with its number of trials is "
                                 "needed (<name>_trials_count or samples_count)";
    return;
  }
  check.confidence = confidence;
  const int64_t successes = std::llround(*check.actual * static_cast<double>(*trials));
  const double lower = stats::ClopperPearsonLower(successes, *trials, confidence);
  const double upper = stats::ClopperPearsonUpper(successes, *trials, confidence);
  const bool is_max = check.kind == LimitKind::kMax;
  Decide(is_max ? Bounds{upper, lower} : Bounds{lower, upper}, check);
  if (check.status != CheckStatus::kInsufficient) return;
  const int64_t against = is_max ? successes : *trials - successes;
  const double proportion = is_max ? 1 - check.threshold.value : check.threshold.value;
  if (proportion <= 0 || proportion >= 1) return;
  const int64_t needed = stats::SmallestPassingSampleSize(proportion, confidence, against);
  absl::StrAppend(&check.reason, MoreNeeded(needed, *trials,
                                            against == 0 ? "trials without a failure"
                                                         : "trials without a further failure"));
}

void JudgeWithLimits(const Bounds& bounds, double confidence, Check& check) {
  check.confidence = confidence;
  Decide(bounds, check);
  if (check.status != CheckStatus::kInsufficient) return;
  const std::optional<double> quantile = QuantileOf(check.metric);
  if (!quantile.has_value() || !check.samples.has_value()) return;
  const double side = check.kind == LimitKind::kMax ? *quantile : 1 - *quantile;
  const int64_t needed = stats::SmallestPassingSampleSize(side, confidence, 0);
  if (needed > *check.samples) {
    absl::StrAppend(&check.reason, MoreNeeded(needed, *check.samples, "good samples"));
  }
}

void JudgePoint(Check& check) {
  SetHeadroom(*check.actual, check);
  const bool keeps = Keeps(*check.actual, check);
  check.status = keeps ? CheckStatus::kPass : CheckStatus::kFail;
  check.reason = absl::StrCat(Compared("value", *check.actual, keeps ? "keeps" : "violates", check),
                              "; a point value, no confidence stated");
}

void FailWithoutMetric(const ReportRow& row, Check& check) {
  std::vector<absl::string_view> names;
  for (const auto& [name, value] : row.metrics) names.push_back(name);
  check.status = CheckStatus::kFail;
  check.reason = absl::StrCat("the row has no metric \"", check.metric,
                              "\"; metrics there: ", absl::StrJoin(names, ", "));
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

void JudgeMetric(const ReportRow& row, double confidence, Check& check) {
  if (row.error.has_value()) {
    check.status = CheckStatus::kFail;
    check.reason = absl::StrCat("the row is an error row: ", *row.error);
    return;
  }
  check.actual = row.Find(check.metric);
  if (!check.actual.has_value()) {
    FailWithoutMetric(row, check);
    AppendFailures(row, check);
    return;
  }
  const std::optional<double> real_time = row.Find("real_time");
  if (real_time.has_value() && *real_time <= 0) {
    check.status = CheckStatus::kInvalid;
    check.reason = "the row's clock did not advance: real_time is not above zero";
    return;
  }
  const bool is_max = check.kind == LimitKind::kMax;
  const Bounds bounds = {
      .for_pass = row.Find(LimitMetric(check.metric, is_max ? "upper" : "lower")),
      .for_fail = row.Find(LimitMetric(check.metric, is_max ? "lower" : "upper"))};
  check.samples = CountOf(row, SamplesMetric(check.metric));
  const bool is_percentile = QuantileOf(check.metric).has_value() && check.samples.has_value();
  if (KindOf(check.metric) == MetricKind::kRatio) {
    JudgeRatio(row, confidence, check);
  } else if (bounds.for_pass.has_value() || bounds.for_fail.has_value() || is_percentile) {
    JudgeWithLimits(bounds, confidence, check);
  } else {
    JudgePoint(check);
  }
  AppendFailures(row, check);
}

}  // namespace slo::tools
