#include "tools/slo_gate/objectives/judge_ratio.h"

#include <string>

#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/row_testing.h"

namespace slo::tools {
namespace {

struct JudgedRatio {
  Check check;
  Decision decision;
};

JudgedRatio JudgeSampleOf(const RatioSample& sample, double limit,
                          LimitKind kind = LimitKind::kMin) {
  JudgedRatio judged = {.check = {.metric = kSuccessRatio,
                                  .kind = kind,
                                  .threshold = {.value = limit, .text = "L"},
                                  .actual = 1}};
  judged.decision = JudgeRatio(sample, 0.95, judged.check);
  return judged;
}

// Misses that come evenly: only what is declared counts.
constexpr stats::FailureDispersion kEven = {.factor = 0, .batches = 48};

RatioSample Sample(int64_t trials, int64_t misses, int64_t disturbed) {
  return {
      .trials = trials, .successes = trials - misses, .dispersion = kEven, .disturbed = disturbed};
}

TEST(JudgeRatio, CountsTrialsByWhatOneDisturbanceReaches) {
  // 0.99 at 95 % needs 299 trials without a miss.
  EXPECT_EQ(JudgeSampleOf(Sample(2'990, 0, 10), 0.99).decision, kKept);
  const JudgedRatio judged = JudgeSampleOf(Sample(2'989, 0, 10), 0.99);
  EXPECT_EQ(judged.decision, kNeither);
  EXPECT_EQ(judged.check.effective_samples, 298);
  EXPECT_EQ(judged.check.objective()->needed->kind, Needed::Kind::kTrials);
  EXPECT_GE(judged.check.objective()->needed->count, 2'990);
}

TEST(JudgeRatio, CountsAPartOfADisturbanceAsAWholeOneForAPass) {
  // 473 with one miss; 474 over 10 with one miss of ten is one disturbance.
  EXPECT_EQ(JudgeSampleOf(Sample(4'730, 1, 10), 0.99).decision, kKept);
  EXPECT_EQ(JudgeSampleOf(Sample(4'730, 10, 10), 0.99).decision, kKept);
  EXPECT_EQ(JudgeSampleOf(Sample(4'730, 11, 10), 0.99).decision, kNeither) << "two disturbances";
}

TEST(JudgeRatio, CountsAPartOfADisturbanceAsNoneForAFailure) {
  // Of 100 trials 4 misses are too many for 0.99 (P(Bin(100, 0.01) >= 4) = 1.8 %), 3 are not.
  EXPECT_EQ(JudgeSampleOf(Sample(1'000, 40, 10), 0.99).decision, kViolated);
  EXPECT_EQ(JudgeSampleOf(Sample(1'000, 39, 10), 0.99).decision, kNeither);
}

TEST(JudgeRatio, TakesTheSmallerWorth) {
  RatioSample sample = Sample(10'000, 0, 2);
  sample.dispersion = {.factor = 50, .batches = 1'000'000};
  EXPECT_EQ(JudgeSampleOf(sample, 0.99).check.effective_samples, 199) << "and a little for t";
  sample.dispersion = {.factor = 1.5, .batches = 1'000'000};
  EXPECT_EQ(JudgeSampleOf(sample, 0.99).check.effective_samples, 5'000);
}

TEST(JudgeRatio, ShowsNoPassWhereItIsNotKnownHowMissesFollowOneAnother) {
  RatioSample unknown = Sample(10'000, 0, 1);
  unknown.dispersion.reset();
  const JudgedRatio judged = JudgeSampleOf(unknown, 0.99);
  EXPECT_EQ(judged.decision, (Decision{CheckStatus::kInsufficient, Reason::kLacksCounter}));
  EXPECT_EQ(judged.check.objective()->fields,
            (std::vector<std::string>{"success_over_dispersion_factor", "success_batches_count"}));

  RatioSample small = Sample(59, 0, 1);
  small.dispersion.reset();
  const JudgedRatio too_small = JudgeSampleOf(small, 0.9);
  EXPECT_EQ(too_small.decision, kNeither);
  EXPECT_EQ(too_small.check.objective()->needed, (Needed{Needed::Kind::kTrials, 60}));

  RatioSample failing = {.trials = 16, .successes = 0};
  EXPECT_EQ(JudgeSampleOf(failing, 0.99).decision, kViolated) << "all of them";
}

TEST(JudgeRatio, SaysWhichRunOfMissesIsNotExcluded) {
  EXPECT_EQ(JudgeSampleOf(Sample(2'999, 0, 1), 0.99).check.objective()->not_excluded, 10);
  EXPECT_EQ(JudgeSampleOf(Sample(298, 0, 1), 0.99).check.objective()->not_excluded, std::nullopt);
  EXPECT_EQ(JudgeSampleOf(Sample(2'990, 0, 1), 1).check.objective()->not_excluded, std::nullopt);
}

TEST(JudgeRatio, JudgesAMaximumTheOtherWayRound) {
  EXPECT_EQ(JudgeSampleOf({.trials = 2'990, .successes = 0, .dispersion = kEven, .disturbed = 10},
                          0.01, LimitKind::kMax)
                .decision,
            kKept);
  EXPECT_EQ(JudgeSampleOf({.trials = 1'000, .successes = 40, .dispersion = kEven, .disturbed = 10},
                          0.01, LimitKind::kMax)
                .decision,
            kViolated);
}

TEST(RatioSampleOf, TakesTheLongerOfWhatIsDeclared) {
  const ReportRow row = RowWith({{"success_ratio", 0.99}, {"success_trials_count", 1'000}});
  const auto disturbed = [&](std::optional<LongestDisturbance> declared, int64_t allowed) {
    return RatioSampleOf(row, {.declared = declared, .allowed = {.requests = allowed}},
                         "success_ratio")
        .disturbed;
  };
  EXPECT_EQ(disturbed(std::nullopt, 4), 4);
  EXPECT_EQ(disturbed(LongestDisturbance{.requests = 9}, 4), 9);
  EXPECT_EQ(disturbed(LongestDisturbance{.requests = 2}, 4), 4);
  const RatioSample sample = RatioSampleOf(row, {}, "success_ratio");
  EXPECT_EQ(sample.trials, 1'000);
  EXPECT_EQ(sample.successes, 990);
  EXPECT_EQ(sample.dispersion->factor, 0) << "they come evenly";
  EXPECT_EQ(sample.dispersion->batches, 48);
}

TEST(RatioSampleOf, CountsWhatAnOpenLoadPlansMeanwhile) {
  const ReportRow row = RowWith(
      {{"success_ratio", 0.99}, {"success_trials_count", 1'000}, {"disturbed_runs_count", 10}});
  const LongestDisturbance allowed = {.seconds = 0.002, .requests = 2};
  const auto disturbed = [&](std::optional<LongestDisturbance> declared) {
    return RatioSampleOf(row, {.declared = declared, .allowed = allowed}, "success_ratio")
        .disturbed;
  };
  EXPECT_EQ(disturbed(std::nullopt), 10);
  EXPECT_EQ(disturbed(allowed), 10);
  EXPECT_EQ(disturbed(LongestDisturbance{.seconds = 0.001, .requests = 12}), 12);
  EXPECT_EQ(disturbed(LongestDisturbance{.seconds = 0.02, .requests = 2}), 100);
}

TEST(JudgeRatio, IsWorthLessTheMoreMissesDiffer) {
  const ReportRow row = RowWith({{"success_ratio", 0.99},
                                 {"success_trials_count", 1'000},
                                 {"success_over_dispersion_factor", 10}});
  const JudgedRatio judged = JudgeSampleOf(RatioSampleOf(row, {}, "success_ratio"), 0.99);
  EXPECT_LT(*judged.check.effective_samples, 100);
  EXPECT_GT(*judged.check.effective_samples, 80);
}

}  // namespace
}  // namespace slo::tools
