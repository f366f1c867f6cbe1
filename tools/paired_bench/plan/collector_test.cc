#include "tools/paired_bench/plan/collector.h"

#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/paired_bench/plan/collector_testing.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using tools::ChangeOutcome;
using tools::Comparison;

TEST(PlanAnalyses, DoublesUpToTheLastByHalves) {
  EXPECT_THAT(PlanAnalyses(16, 128), ElementsAre(16, 24, 32, 48, 64, 96, 128));
  EXPECT_THAT(PlanAnalyses(16, 100), ElementsAre(16, 24, 32, 48, 64, 96, 100));
  EXPECT_THAT(PlanAnalyses(16, 5), ElementsAre(5));
}

TEST(Collect, StopsEachBenchmarkWhereItIsDecided) {
  SimulatedRunner runner;
  runner.changes = {{"BM_Same", 0}, {"BM_Slow", 0.3}, {"BM_Unclear", 0.03}};
  const CollectionPlan plan = PlanOf({"BM_Same", "BM_Slow", "BM_Unclear"});
  const Collection collection = CollectAll(plan, runner);
  ASSERT_THAT(collection.comparisons, SizeIs(3));
  EXPECT_EQ(collection.comparisons[0].findings[0].outcome, ChangeOutcome::kOk);
  EXPECT_LE(collection.comparisons[0].measured.pairs(), 64);
  EXPECT_EQ(collection.comparisons[1].findings[0].outcome, ChangeOutcome::kRegressed);
  EXPECT_EQ(collection.comparisons[1].measured.pairs(), 16);
  EXPECT_GE(collection.comparisons[2].measured.pairs(), 64);
  EXPECT_FALSE(collection.interrupted);
}

TEST(Collect, TakesTurnsAndAlternatesTheOrder) {
  SimulatedRunner runner;
  CollectionPlan plan = PlanOf({"A", "B"});
  plan.analyses = {4};
  CollectAll(plan, runner);
  EXPECT_THAT(runner.order, ElementsAre("A base", "B base", "A candidate", "B candidate", "A base",
                                        "B base", "A candidate", "B candidate"));
}

TEST(Collect, TakesExactlyAsManyPairsAsAskedFor) {
  SimulatedRunner runner;
  runner.changes = {{"A", 0.5}};
  CollectionPlan plan = PlanOf({"A"});
  plan.analyses = PlanAnalyses(16, 40);
  plan.stops_when_decided = false;
  const Collection collection = CollectAll(plan, runner);
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 40);
  EXPECT_EQ(collection.comparisons[0].findings[0].change.pairs, 40);
}

TEST(Collect, StopsInTheMiddleOfARoundWhenTheTimeIsOut) {
  SimulatedRunner runner;
  const CollectionPlan plan = PlanOf({"A", "B", "C"});
  const Collection collection = CollectAll(plan, runner, [&] { return runner.order.size() >= 20; });
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 7);
  EXPECT_EQ(collection.comparisons[2].measured.pairs(), 6);
  EXPECT_EQ(collection.comparisons[0].findings[0].change.pairs, 7) << "what there is is evaluated";
  EXPECT_EQ(collection.comparisons[0].findings[0].outcome, ChangeOutcome::kUndecided);
}

TEST(Collect, GoesOnWithTheOthersWhenOneFails) {
  SimulatedRunner runner;
  runner.changes = {{"A", INFINITY}};
  const CollectionPlan plan = PlanOf({"A", "B"});
  const Collection collection = CollectAll(plan, runner);
  EXPECT_THAT(collection.comparisons[0].measured.failures,
              ElementsAre("pair 1: candidate (b): SIGSEGV"));
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 0);
  EXPECT_GE(collection.comparisons[1].measured.pairs(), 16);
}

TEST(Collect, StopsABenchmarkWhoseValueIsNoTime) {
  SimulatedRunner runner;
  runner.changes = {{"A", -1.0}};  // a time of zero
  const CollectionPlan plan = PlanOf({"A"});
  const Collection collection = CollectAll(plan, runner);
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 1);
  EXPECT_EQ(collection.comparisons[0].measured.metrics.at("cpu_time").candidate[0], 0);
}

TEST(Collect, KeepsWhatItHasWhenInterrupted) {
  SimulatedRunner runner;
  runner.cancel_at = 10;
  const CollectionPlan plan = PlanOf({"A", "B"});
  const Collection collection = CollectAll(plan, runner);
  EXPECT_TRUE(collection.interrupted);
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 5);
  EXPECT_EQ(collection.comparisons[1].measured.pairs(), 4);
}

TEST(Collect, EndsAQuietControlThatCouldHaveSeenSomething) {
  SimulatedRunner runner;
  CollectionPlan plan = PlanOf({"A"});
  plan.comparisons[0].comparison = Comparison::kQuietControl;
  plan.comparisons[0].metrics[0].tolerance = 0.025;
  const Collection collection = CollectAll(plan, runner);
  EXPECT_LE(collection.comparisons[0].measured.pairs(), 32);
}

TEST(Collect, TakesASpareForAControlThatCannotBeMeasured) {
  SimulatedRunner runner;
  runner.failing = {"A", "B"};
  runner.changes = {{"C", 0.0}};
  CollectionPlan plan = PlanOf({"A", "C"});
  plan.comparisons[0].comparison = Comparison::kQuietControl;
  for (const char* spare : {"B", "C"}) {
    plan.spare_controls.push_back({.benchmark = spare,
                                   .comparison = Comparison::kSlowedControl,
                                   .recorded_metrics = {"cpu_time"}});
    plan.spare_controls.push_back(plan.spare_controls.back());
    plan.spare_controls.back().comparison = Comparison::kQuietControl;
  }
  const Collection collection = CollectAll(plan, runner);
  EXPECT_EQ(collection.comparisons[0].measured.benchmark, "C");
  EXPECT_EQ(collection.comparisons[0].measured.comparison, Comparison::kQuietControl);
  EXPECT_GE(collection.comparisons[0].measured.pairs(), 16);
  EXPECT_THAT(collection.comparisons[0].measured.failures, ElementsAre());
}

TEST(Collect, KeepsTheFailureOfAControlWithoutASpare) {
  SimulatedRunner runner;
  runner.failing = {"A"};
  CollectionPlan plan = PlanOf({"A"});
  plan.comparisons[0].comparison = Comparison::kQuietControl;
  EXPECT_EQ(CollectAll(plan, runner).comparisons[0].measured.failures.size(), 1U);
}

TEST(Collect, CallsMoreOfARateBetter) {
  SimulatedRunner runner;
  runner.changes = {{"A", 0.5}};
  CollectionPlan plan = PlanOf({"A"});
  EXPECT_EQ(CollectAll(plan, runner).comparisons[0].findings[0].outcome, ChangeOutcome::kRegressed);
  plan.comparisons[0].metrics[0].better = tools::Better::kMore;
  EXPECT_EQ(CollectAll(plan, runner).comparisons[0].findings[0].outcome, ChangeOutcome::kImproved);
}

TEST(PlanAnalyses, EndsWithTheLastOnce) {
  EXPECT_THAT(PlanAnalyses(16, 16), ElementsAre(16));
  EXPECT_THAT(PlanAnalyses(16, 17), ElementsAre(16, 17));
  EXPECT_THAT(PlanAnalyses(16, 24), ElementsAre(16, 24));
  EXPECT_THAT(PlanAnalyses(16, 32), ElementsAre(16, 24, 32));
  EXPECT_THAT(PlanAnalyses(16, 33), ElementsAre(16, 24, 32, 33));
}

TEST(CollectionPlan, SpreadsItsErrorOverComparisonsAndAnalyses) {
  const tools::ErrorPlan plan =
      CollectionPlan{
          .comparisons = std::vector<PlannedComparison>(3), .analyses = {1, 2}, .error = 0.5}
          .error_plan();
  EXPECT_EQ(plan.error, 0.5);
  EXPECT_EQ(plan.comparisons, 3);
  EXPECT_EQ(plan.analyses, 2);
  EXPECT_EQ(CollectionPlan().error, 0.01);
  EXPECT_TRUE(CollectionPlan().stops_when_decided);
}

}  // namespace
}  // namespace slo::paired
