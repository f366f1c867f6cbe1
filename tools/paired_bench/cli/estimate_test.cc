#include "tools/paired_bench/cli/estimate.h"

#include "gtest/gtest.h"

namespace slo::paired {
namespace {

CollectionPlan PlanWith(int comparisons, std::vector<int64_t> analyses, bool stops_when_decided) {
  return {.comparisons =
              std::vector<PlannedComparison>(static_cast<size_t>(comparisons), {.benchmark = "A"}),
          .analyses = std::move(analyses),
          .stops_when_decided = stops_when_decided};
}

TEST(EstimateText, SaysWhenItIsDecidedFirstAndLast) {
  EXPECT_EQ(EstimateText(PlanWith(3, {16, 32, 1'024}, true), {{"A", absl::Milliseconds(100)}},
                         absl::Seconds(60)),
            "3 comparisons; the first decisions at 16 pairs each, after about 4.8 s; the last at "
            "1024 pairs each, after about 5 min; the budget is 1m");
  EXPECT_EQ(EstimateText(PlanWith(1, {16, 20}, false), {{"A", absl::Milliseconds(50)}},
                         absl::Seconds(60)),
            "1 comparisons; 20 pairs each, after about 1.0 s; the budget is 1m");
}

TEST(EstimateText, SaysWhatWouldBeEnough) {
  EXPECT_EQ(
      EstimateText(PlanWith(10, {16, 1'024}, true), {{"A", absl::Seconds(1)}}, absl::Seconds(60)),
      "10 comparisons; the first decisions at 16 pairs each, after about 3 min; the last at "
      "1024 pairs each, after about 2.8 h; the budget is 1m, which is too little: "
      "--budget=193s, or fewer benchmarks by --filter");
}

TEST(EstimateText, TakesTheMeanForWhatWasNotTried) {
  EXPECT_EQ(EstimateText(PlanWith(1, {10}, true),
                         {{"B", absl::Seconds(1)}, {"C", absl::Seconds(3)}}, absl::Seconds(60)),
            "1 comparisons; 10 pairs each, after about 20 s; the budget is 1m");
}

TEST(EstimateText, IsEmptyWithoutTrials) {
  EXPECT_EQ(EstimateText(PlanWith(1, {10}, true), {}, absl::Seconds(60)), "");
  EXPECT_EQ(EstimateText(PlanWith(0, {10}, true), {{"A", absl::Seconds(1)}}, absl::Seconds(60)),
            "");
}

}  // namespace
}  // namespace slo::paired
