#include "tools/slo_gate/comparison/outcome_reasons.h"

namespace slo::tools {

Reason OutcomeOf(ChangeOutcome outcome) {
  switch (outcome) {
    case ChangeOutcome::kOk:
      return Reason::kOk;
    case ChangeOutcome::kImproved:
      return Reason::kImproved;
    case ChangeOutcome::kUndecided:
      return Reason::kUndecided;
    case ChangeOutcome::kRegressed:
      break;
  }
  return Reason::kRegressed;
}

Reason OutcomeOf(PairsDefect defect) {
  switch (defect) {
    case PairsDefect::kMissing:
      return Reason::kMissing;
    case PairsDefect::kError:
      return Reason::kError;
    case PairsDefect::kNoTime:
      return Reason::kNoTime;
    case PairsDefect::kUnitChanged:
      return Reason::kUnitChanged;
    case PairsDefect::kNoTolerance:
      break;
  }
  return Reason::kNoTolerance;
}

}  // namespace slo::tools
