// A limit against numbers: what a check's status follows from.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_DECIDE_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_DECIDE_H_

#include <optional>

#include "tools/lib/results/counter_names.h"
#include "tools/slo_gate/verdict/check.h"

namespace slo::tools {

// What follows from rows alone; their objective and their report may say otherwise.
struct Decision {
  CheckStatus status = CheckStatus::kFail;
  Reason reason = Reason::kUndecided;

  bool operator==(const Decision&) const = default;
};

inline constexpr Decision kKept = {CheckStatus::kPass, Reason::kLimitKept};
inline constexpr Decision kViolated = {CheckStatus::kFail, Reason::kLimitViolated};
inline constexpr Decision kNeither = {CheckStatus::kInsufficient, Reason::kUndecided};

// Confidence bounds: the one that can show a pass and the one that can show a violation.
struct Bounds {
  std::optional<double> for_pass;
  std::optional<double> for_fail;
};

bool IsMax(const Check& check);

// The facts of a check of an objective.
ObjectiveDetail& DetailOf(Check& check);

// Of the check's limit: an upper bound can show that a maximum is kept.
BoundSide PassSide(const Check& check);
BoundSide FailSide(const Check& check);

Bounds BoundsFor(const Check& check, std::optional<double> lower, std::optional<double> upper);

bool MeetsLimit(double value, const Check& check);

// Pass, fail, or neither, from bounds at the check's confidence; sets bound, headroom, is_vacuous.
Decision DecideByBounds(const Bounds& bounds, Check& check);

// Sets the check's not_excluded from its samples and level: of fewer than so many disturbances of
// one length none may be over the limit by chance. `proportion`: of samples that must keep it.
void SetNotExcluded(double proportion, Check& check);

// Compares check.actual itself where `point` says so; else one value proves nothing.
Decision DecideByPoint(bool point, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_DECIDE_H_
