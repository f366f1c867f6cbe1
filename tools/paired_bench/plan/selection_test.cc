#include "tools/paired_bench/plan/selection.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
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
  EXPECT_EQ(plan.comparisons[2].metrics[0].name, "cpu_time");
  EXPECT_EQ(plan.comparisons[3].metrics[0].name, "stage_cpu_us");
  EXPECT_EQ(plan.comparisons[3].metrics[0].tolerance, 0.05);
  EXPECT_THAT(plan.comparisons[3].recorded_metrics,
              ElementsAre("cpu_time", "real_time", "stage_cpu_us"));
  EXPECT_NEAR(plan.error_plan().share(), 0.02 / 4 / 13, 1e-12);
}

TEST(Select, SaysOnWhichSideABenchmarkIs) {
  const auto selection =
      Select({}, {"Both", "Base", "Twice", "Thrice", "TwiceInBase", "TwiceInBase"},
             {"Both", "Candidate", "Twice", "Twice", "Thrice", "Thrice", "Thrice"});
  ASSERT_TRUE(selection.ok()) << selection.status();
  EXPECT_THAT(selection->measurable, ElementsAre("Both"));
  ASSERT_EQ(selection->not_measurable.size(), 5U);
  const auto expect = [&](size_t i, const std::string& name, bool in_base, bool in_candidate,
                          const std::vector<std::string>& failures) {
    const tools::MeasuredPairs& entry = selection->not_measurable[i];
    EXPECT_EQ(entry.benchmark, name);
    EXPECT_EQ(entry.in_base, in_base) << name;
    EXPECT_EQ(entry.in_candidate, in_candidate) << name;
    EXPECT_EQ(entry.failures, failures) << name;
  };
  expect(0, "Base", true, false, {});
  expect(1, "Twice", true, true, {"candidate: lists it 2 times"});
  expect(2, "Thrice", true, true, {"candidate: lists it 3 times"});
  expect(3, "TwiceInBase", true, false, {"base: lists it 2 times"});
  expect(4, "Candidate", false, true, {});
}

TEST(Select, HasNoControlWhenNothingCanBeMeasured) {
  const auto selection = Select({}, {"A"}, {"B"});
  ASSERT_TRUE(selection.ok()) << selection.status();
  EXPECT_EQ(selection->control, "");
  EXPECT_TRUE(MakePlan({.slowed_env = "A=b"}, *selection, {}).comparisons.empty());
}

TEST(Select, TakesTheControlThatIsNamed) {
  EXPECT_EQ(Select({.control = "B"}, {"A", "B"}, {"A", "B"})->control, "B");
  EXPECT_EQ(Select({.control = "B"}, {"A", "B"}, {"A"}).status().code(),
            absl::StatusCode::kInvalidArgument)
      << "it is on one side only";
}

TEST(Select, ShowsFiveNamesAndCountsTheRest) {
  const auto shown = [](const std::vector<std::string>& names) {
    return std::string(Select(WithFilter("x"), names, {}).status().message());
  };
  EXPECT_THAT(shown({"1", "2", "3", "4", "5"}), EndsWith(": 1, 2, 3, 4, 5"));
  EXPECT_THAT(shown({"1", "2", "3", "4", "5", "6"}), EndsWith(": 1, 2, 3, 4, 5 and 1 more"));
  EXPECT_THAT(shown({"1", "2", "3", "4", "5", "6", "7"}), EndsWith(": 1, 2, 3, 4, 5 and 2 more"));
}

TEST(MakePlan, LooksAtDoublingNumbersUpTo1024UnlessPairsAreGiven) {
  const auto selection = Select({}, {"A"}, {"A"});
  ASSERT_TRUE(selection.ok());
  const CollectionPlan plan = MakePlan({}, *selection, {.confidence = 0.75});
  EXPECT_EQ(plan.analyses, PlanAnalyses(16, 1'024));
  EXPECT_TRUE(plan.stops_when_decided);
  EXPECT_EQ(plan.error, 0.25);
  const CollectionPlan fixed = MakePlan({.pairs = 20}, *selection, {});
  EXPECT_THAT(fixed.analyses, ElementsAre(16, 20));
  EXPECT_FALSE(fixed.stops_when_decided);
}

TEST(MakePlan, HasASlowedControlOnlyWithAVariable) {
  const auto selection = Select({}, {"A", "B"}, {"A", "B"});
  ASSERT_TRUE(selection.ok());
  const CollectionPlan plan = MakePlan({}, *selection, {});
  ASSERT_EQ(plan.comparisons.size(), 3U);
  EXPECT_EQ(plan.comparisons[0].comparison, Comparison::kQuietControl);
  EXPECT_EQ(plan.comparisons[0].benchmark, "A");
  EXPECT_EQ(plan.comparisons[1].comparison, Comparison::kChange);
  EXPECT_EQ(plan.comparisons[1].benchmark, "A");
  EXPECT_EQ(plan.comparisons[2].benchmark, "B");
}

TEST(MakePlan, AllowsThreePercentOfCpuTimeWhereNoToleranceMatches) {
  const auto selection = Select({}, {"A"}, {"A"});
  ASSERT_TRUE(selection.ok());
  const CollectionPlan plan = MakePlan({}, *selection, {});
  EXPECT_EQ(plan.comparisons[0].metrics[0].name, "cpu_time");
  EXPECT_EQ(plan.comparisons[0].metrics[0].tolerance, 0.03);
  EXPECT_THAT(plan.comparisons[0].recorded_metrics, ElementsAre("cpu_time", "real_time"));
}

}  // namespace
}  // namespace slo::paired
