#include "tools/slo_gate/objectives/decide.h"

#include <cmath>
#include <variant>

#include "tools/lib/stats/order_statistics.h"

namespace slo::tools {
namespace {

// How far `value` keeps from the limit, as a factor; nothing where that has no meaning, because one
// of them is not positive.
void SetHeadroom(double value, Check& check) {
  const double limit = check.threshold.value;
  if (value < 0 || limit < 0 || (limit == 0 && !IsMax(check))) return;
  double factor = IsMax(check) ? limit / value : value / limit;
  check.is_vacuous = factor > kVacuousHeadroom;
  // Of a ratio that must be near one, what it may miss counts: 0.9998 is five times as good as
  // 0.999, not 1.0008 times. However good it is, it can fail.
  if (!IsMax(check) && check.type.kind == MetricKind::kRatio) factor = (1 - limit) / (1 - value);
  if (std::isfinite(factor) && factor >= 0) check.headroom = factor;
}

}  // namespace

bool IsMax(const Check& check) { return check.kind == LimitKind::kMax; }

ObjectiveDetail& DetailOf(Check& check) { return std::get<ObjectiveDetail>(check.detail); }

BoundSide PassSide(const Check& check) {
  return IsMax(check) ? BoundSide::kUpper : BoundSide::kLower;
}

BoundSide FailSide(const Check& check) {
  return IsMax(check) ? BoundSide::kLower : BoundSide::kUpper;
}

Bounds BoundsFor(const Check& check, std::optional<double> lower, std::optional<double> upper) {
  return IsMax(check) ? Bounds{upper, lower} : Bounds{lower, upper};
}

bool MeetsLimit(double value, const Check& check) {
  return IsMax(check) ? value <= check.threshold.value : value >= check.threshold.value;
}

Decision DecideByBounds(const Bounds& bounds, Check& check) {
  const auto decide = [&](double bound, Decision decision) {
    check.bound = bound;
    SetHeadroom(bound, check);
    return decision;
  };
  if (bounds.for_pass.has_value() && MeetsLimit(*bounds.for_pass, check)) {
    return decide(*bounds.for_pass, kKept);
  }
  if (bounds.for_fail.has_value() && !MeetsLimit(*bounds.for_fail, check)) {
    return decide(*bounds.for_fail, kViolated);
  }
  return bounds.for_pass.has_value() ? decide(*bounds.for_pass, kNeither) : kNeither;
}

// `n` samples that come in runs of b are worth n / b; from the smallest number on that can show
// anything at all follows the longest run.
void SetNotExcluded(double proportion, Check& check) {
  if (!check.samples.has_value() || !check.confidence.has_value()) return;
  if (!(proportion > 0 && proportion < 1)) return;
  const int64_t fewest = stats::SmallestPassingSampleSize(proportion, *check.confidence, 0);
  const int64_t longest = *check.samples / fewest;
  if (longest >= 1) DetailOf(check).not_excluded = longest;
}

Decision DecideByPoint(bool point, Check& check) {
  if (!point) return {CheckStatus::kInsufficient, Reason::kPointValue};
  SetHeadroom(*check.actual, check);
  return MeetsLimit(*check.actual, check) ? kKept : kViolated;
}

}  // namespace slo::tools
