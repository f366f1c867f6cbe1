#include "tools/paired_bench/plan/selection.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tools::Comparison;

PairedOptions WithFilter(const std::string& expression) {
  PairedOptions options;
  options.filter = tools::NameFilter::Create(expression).value();
  options.filter_text = expression;
  return options;
}

TEST(Select, AccountsForEveryBenchmarkOfBothSides) {
  const auto selection = Select(WithFilter("BM_"), {"BM_A", "BM_B", "BM_Twice", "BM_Twice", "X"},
                                {"BM_C", "BM_A", "BM_Twice"});
  ASSERT_TRUE(selection.ok()) << selection.status();
  EXPECT_THAT(selection->selected, ElementsAre("BM_A", "BM_B", "BM_Twice", "BM_C"));
  EXPECT_THAT(selection->not_selected, ElementsAre("X"));
  EXPECT_THAT(selection->measurable, ElementsAre("BM_A"));
  ASSERT_EQ(selection->not_measurable.size(), 3U);
  EXPECT_FALSE(selection->not_measurable[0].in_candidate);
  EXPECT_THAT(selection->not_measurable[1].failures, ElementsAre("base: lists it 2 times"));
  EXPECT_FALSE(selection->not_measurable[2].in_base);
  EXPECT_EQ(selection->control, "BM_A");
}

TEST(Select, SaysWhatThereIsWhenNothingMatches) {
  EXPECT_EQ(Select(WithFilter("BM_Z"), {"BM_A", "BM_B"}, {"BM_A"}).status().message(),
            "--filter=BM_Z: matches none of the benchmarks: BM_A, BM_B");
  EXPECT_THAT(std::string(Select({.control = "BM_Aa"}, {"BM_A"}, {"BM_A"}).status().message()),
              HasSubstr("did you mean BM_A?"));
}

TEST(MakePlan, PutsTheControlsFirstAndTakesTheTolerances) {
  const auto limits = tools::ParseRegressionLimits(
      "r.json", R"({"version": 1, "confidence": 0.98, "tolerances": [{"id": "s",
        "benchmark": "BM_S", "metric": "stage_cpu_us", "max_increase": "2%",
        "max_increase_since_release": "5%", "why": "w", "source": "s"}]})");
  ASSERT_TRUE(limits.ok()) << limits.status();
  const PairedOptions options = {
      .against = tools::Against::kRelease, .control = "BM_S", .slowed_env = "A=b"};
  const auto selection = Select(options, {"BM_R", "BM_S"}, {"BM_R", "BM_S"});
  ASSERT_TRUE(selection.ok());
  const CollectionPlan plan = MakePlan(options, *selection, *limits);
  ASSERT_EQ(plan.comparisons.size(), 4U);
  EXPECT_EQ(plan.comparisons[0].comparison, Comparison::kQuietControl);
  EXPECT_EQ(plan.comparisons[1].comparison, Comparison::kSlowedControl);
  EXPECT_EQ(plan.comparisons[1].benchmark, "BM_S");
  EXPECT_EQ(plan.comparisons[2].metric, "cpu_time");
  EXPECT_EQ(plan.comparisons[3].metric, "stage_cpu_us");
  EXPECT_EQ(plan.comparisons[3].tolerance, 0.05);
  EXPECT_THAT(plan.comparisons[3].recorded_metrics,
              ElementsAre("cpu_time", "real_time", "stage_cpu_us"));
  EXPECT_NEAR(plan.error_plan().share(), 0.02 / 4 / 7, 1e-12);
}

}  // namespace
}  // namespace slo::paired
