#include "tools/slo_gate/comparison/outcome_reasons.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(OutcomeOf, HasTheNameOfTheOutcomeAndOfTheDefect) {
  for (const ChangeOutcome outcome : {ChangeOutcome::kOk, ChangeOutcome::kImproved,
                                      ChangeOutcome::kUndecided, ChangeOutcome::kRegressed}) {
    EXPECT_EQ(Name(OutcomeOf(outcome)), Name(outcome));
  }
  for (const PairsDefect defect : {PairsDefect::kMissing, PairsDefect::kError, PairsDefect::kNoTime,
                                   PairsDefect::kUnitChanged, PairsDefect::kNoTolerance}) {
    EXPECT_EQ(Name(OutcomeOf(defect)), Name(defect));
  }
}

}  // namespace
}  // namespace slo::tools
