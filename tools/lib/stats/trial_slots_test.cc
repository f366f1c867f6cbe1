#include "tools/lib/stats/trial_slots.h"

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(TrialSlots, CountTrialsAndFailuresByTime) {
  TrialSlots trials;
  trials.CountTrials(0);
  trials.CountTrials(100);
  trials.CountFailures(100);
  trials.CountTrials(2'048, 5);
  trials.CountFailures(2'048, 3);
  ASSERT_EQ(trials.slots().slots(), 3U);
  EXPECT_EQ(trials.slots().counts(0)[TrialSlots::kTrials], 2U);
  EXPECT_EQ(trials.slots().counts(0)[TrialSlots::kFailures], 1U);
  EXPECT_EQ(trials.slots().counts(2)[TrialSlots::kTrials], 5U);
  EXPECT_EQ(trials.slots().counts(2)[TrialSlots::kFailures], 3U);
}

TEST(TrialSlots, MergeThoseOfTheSameTime) {
  TrialSlots first;
  first.CountTrials(5'000);
  TrialSlots second;
  second.CountTrials(5'000);
  second.CountFailures(5'000);
  first.Merge(second);
  EXPECT_EQ(first.slots().counts(0)[TrialSlots::kTrials], 2U);
  EXPECT_EQ(first.slots().counts(0)[TrialSlots::kFailures], 1U);
}

}  // namespace
}  // namespace slo::stats
