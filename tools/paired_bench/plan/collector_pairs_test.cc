// What the collector records, tells and decides, pair by pair.

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/paired_bench/plan/collector.h"
#include "tools/paired_bench/plan/collector_testing.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using tools::ChangeOutcome;
using tools::Comparison;

// Answers with the runs that it is given, in turn.
class ListRunner : public PairRunner {
 public:
  absl::StatusOr<PairRun> Run(const std::string& /*benchmark*/, Comparison /*comparison*/,
                              bool /*base_first*/) override {
    return runs.at(next++ % runs.size());
  }

  std::vector<absl::StatusOr<PairRun>> runs;
  size_t next = 0;
};

BenchmarkRun RunOf(std::vector<std::pair<std::string, double>> metrics,
                   const std::string& unit = "ns", const std::string& mark = "x") {
  return {.row = {.name = "x", .time_unit = unit, .metrics = std::move(metrics)},
          .context = {{"mark", mark}}};
}

TEST(Collect, RecordsTheMetricsThatAreAskedFor) {
  ListRunner runner;
  runner.runs = {PairRun{.base = RunOf({{"cpu_time", 1}, {"steps", 2}, {"other", 3}}, "us"),
                         .candidate = RunOf({{"cpu_time", 4}}, "ms")}};
  CollectionPlan plan = PlanOf({"A"});
  plan.analyses = {2};
  plan.comparisons[0].recorded_metrics = {"cpu_time", "steps"};
  const tools::MeasuredPairs measured = CollectAll(plan, runner).comparisons[0].measured;
  EXPECT_EQ(measured.benchmark, "A");
  EXPECT_EQ(measured.base_time_unit, "us");
  EXPECT_EQ(measured.candidate_time_unit, "ms");
  ASSERT_EQ(measured.metrics.size(), 2U);
  EXPECT_THAT(measured.metrics.at("cpu_time").base, ElementsAre(1, 1));
  EXPECT_THAT(measured.metrics.at("cpu_time").candidate, ElementsAre(4, 4));
  EXPECT_THAT(measured.metrics.at("steps").base, ElementsAre(2, 2));
  for (const double value : measured.metrics.at("steps").candidate) EXPECT_TRUE(std::isnan(value));
}

TEST(Collect, StopsAtAValueOfEitherSideThatIsNoTime) {
  for (const double value : {0.0, -1.0, static_cast<double>(NAN), static_cast<double>(INFINITY)}) {
    for (const bool is_base : {true, false}) {
      ListRunner runner;
      runner.runs = {PairRun{.base = RunOf({{"cpu_time", is_base ? value : 1.0}}),
                             .candidate = RunOf({{"cpu_time", is_base ? 1.0 : value}})}};
      const CollectionPlan plan = PlanOf({"A"});
      const Collection collection = CollectAll(plan, runner);
      EXPECT_EQ(collection.comparisons[0].measured.pairs(), 1) << value;
      EXPECT_TRUE(collection.comparisons[0].is_done);
      EXPECT_EQ(collection.comparisons[0].findings[0].outcome, ChangeOutcome::kUndecided);
    }
  }
}

TEST(Collect, MindsOnlyTheMetricThatDecides) {
  ListRunner runner;
  runner.runs = {PairRun{.base = RunOf({{"cpu_time", 1}, {"real_time", 0}}),
                         .candidate = RunOf({{"cpu_time", 1}, {"real_time", 0}})}};
  CollectionPlan plan = PlanOf({"A"});
  plan.analyses = {3};
  EXPECT_EQ(CollectAll(plan, runner).comparisons[0].measured.pairs(), 3);
  plan.comparisons[0].metrics[0].name = "real_time";
  EXPECT_EQ(CollectAll(plan, runner).comparisons[0].measured.pairs(), 1);
}

TEST(Collect, KeepsTheFirstContextOfEachBinary) {
  ListRunner runner;
  const auto pair = [](const std::string& base, const std::string& candidate) {
    return PairRun{.base = RunOf({{"cpu_time", 1}}, "ns", base),
                   .candidate = RunOf({{"cpu_time", 1}}, "ns", candidate)};
  };
  runner.runs = {pair("base 1", "base again"), pair("base 2", "candidate 2"),
                 pair("base 3", "candidate 3")};
  CollectionPlan plan = PlanOf({"A", "A", "B"});
  plan.comparisons[0].comparison = Comparison::kQuietControl;
  plan.analyses = {1};
  const Collection collection = CollectAll(plan, runner);
  EXPECT_EQ(collection.base_run.context.at("mark"), "base 1");
  EXPECT_EQ(collection.candidate_run.context.at("mark"), "candidate 2");
  EXPECT_EQ(collection.comparisons[0].measured.comparison, Comparison::kQuietControl);
  EXPECT_EQ(collection.comparisons[1].measured.comparison, Comparison::kChange);
}

TEST(Collect, TellsAfterEachPairAndEachRound) {
  SimulatedRunner runner;
  runner.changes = {{"B", INFINITY}};
  CollectionPlan plan = PlanOf({"A", "B"});
  plan.analyses = {2, 3};
  plan.stops_when_decided = false;
  std::vector<std::string> told;
  Collect(plan, runner,
          {.is_out_of_time = [] { return false; },
           .on_pair =
               [&](const Collection& collection, size_t current) {
                 told.push_back(
                     absl::StrCat(current, ":", collection.comparisons[current].measured.pairs()));
               },
           .on_round =
               [&](const Collection& collection) {
                 told.push_back(absl::StrCat("round, looked at ",
                                             collection.comparisons[0].findings[0].change.pairs));
               }});
  EXPECT_THAT(told,
              ElementsAre("0:1", "1:0", "0:2", "round, looked at 2", "0:3", "round, looked at 3"));
}

TEST(Collect, NumbersThePairThatFailed) {
  ListRunner runner;
  const PairRun good = {.base = RunOf({{"cpu_time", 1}}), .candidate = RunOf({{"cpu_time", 1}})};
  runner.runs = {good, good, absl::InvalidArgumentError("why")};
  const CollectionPlan plan = PlanOf({"A"});
  const Collection collection = CollectAll(plan, runner);
  EXPECT_THAT(collection.comparisons[0].measured.failures, ElementsAre("pair 3: why"));
  EXPECT_TRUE(collection.comparisons[0].is_done);
  EXPECT_EQ(runner.next, 3U);
  EXPECT_FALSE(collection.interrupted);
}

TEST(Collect, MeasuresNothingWithoutTime) {
  SimulatedRunner runner;
  const CollectionPlan plan = PlanOf({"A"});
  const Collection collection = CollectAll(plan, runner, [] { return true; });
  EXPECT_TRUE(runner.order.empty());
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 0);
  EXPECT_EQ(collection.comparisons[0].findings[0].change.pairs, 0);
  EXPECT_FALSE(collection.comparisons[0].is_done);
}

TEST(Collect, IsDoneAtTheLastAnalysisWhateverItSays) {
  SimulatedRunner runner;
  runner.changes = {{"A", 0.03}};
  CollectionPlan plan = PlanOf({"A"});
  plan.analyses = {16};
  const Collection collection = CollectAll(plan, runner);
  EXPECT_EQ(collection.comparisons[0].findings[0].outcome, ChangeOutcome::kUndecided);
  EXPECT_TRUE(collection.comparisons[0].is_done);
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 16);
}

TEST(Collect, GoesByTheToleranceOfTheComparison) {
  SimulatedRunner runner;
  runner.changes = {{"A", 0.3}};
  CollectionPlan plan = PlanOf({"A"});
  plan.comparisons[0].metrics[0].tolerance = 1;
  EXPECT_EQ(CollectAll(plan, runner).comparisons[0].findings[0].outcome, ChangeOutcome::kOk);
}

int64_t PairsUntilDone(const std::vector<double>& ratios, Comparison comparison) {
  ListRunner runner;
  for (const double ratio : ratios) {
    runner.runs.push_back(
        PairRun{.base = RunOf({{"cpu_time", 1}}), .candidate = RunOf({{"cpu_time", ratio}})});
  }
  CollectionPlan plan = PlanOf({"A"});
  plan.analyses = {16, 17};
  plan.comparisons[0].comparison = comparison;
  plan.comparisons[0].metrics[0].tolerance = 0.1;
  return CollectAll(plan, runner).comparisons[0].measured.pairs();
}

TEST(Collect, HasAQuietControlThatWouldSeeTwiceTheTolerance) {
  // All are shown to cost no more. Slowed by 20 %, more than 110 % of the base is found.
  EXPECT_EQ(PairsUntilDone({1.1 / 1.2 + 0.001}, Comparison::kQuietControl), 16);
  EXPECT_EQ(PairsUntilDone({1.1 / 1.2 - 0.001}, Comparison::kQuietControl), 17);
}

TEST(Collect, HasAQuietControlThatIsShownToBeQuiet) {
  // About a tenth more, at a tolerance of a tenth, is shown neither to be less nor more.
  EXPECT_EQ(PairsUntilDone({1.05, 1.15}, Comparison::kQuietControl), 17);
}

TEST(Collect, EndsNothingElseThatIsUndecided) {
  for (const Comparison other : {Comparison::kChange, Comparison::kSlowedControl}) {
    EXPECT_EQ(PairsUntilDone({1.05, 1.15}, other), 17);
  }
}

// ---- Several metrics ----

// A machine on which the candidate's mean costs 10 % more, and its 10th percentile nothing.
class DearMeanRunner : public PairRunner {
 public:
  absl::StatusOr<PairRun> Run(const std::string& /*benchmark*/, tools::Comparison comparison,
                              bool /*base_first*/) override {
    const double change = comparison == tools::Comparison::kChange ? 1.1 : 1;
    return PairRun{.base = MakeRun(1'000, 1'200), .candidate = MakeRun(1'000, 1'200 * change)};
  }

 private:
  BenchmarkRun MakeRun(double p10, double mean) {
    std::normal_distribution<double> noise(0, 0.01);
    return {.row = {.name = "x",
                    .time_unit = "ns",
                    .metrics = {{"p10", p10 * std::exp(noise(random_))},
                                {"mean", mean * std::exp(noise(random_))}}}};
  }
  std::mt19937_64 random_{1};
};

CollectionPlan PlanOfTwoMetrics() {
  CollectionPlan plan = PlanOf({"A", "A"});
  plan.comparisons[0].comparison = tools::Comparison::kQuietControl;
  for (PlannedComparison& planned : plan.comparisons) {
    planned.metrics = {{.name = "p10", .tolerance = 0.03}, {.name = "mean", .tolerance = 0.05}};
    planned.recorded_metrics = {"p10", "mean"};
  }
  return plan;
}

TEST(Collect, DecidesEachMetricByItself) {
  DearMeanRunner runner;
  const Collection collection = CollectAll(PlanOfTwoMetrics(), runner);
  const auto& change = collection.comparisons[1].findings;
  ASSERT_EQ(change.size(), 2U);
  EXPECT_EQ(change[0].outcome, ChangeOutcome::kOk);
  EXPECT_EQ(change[1].outcome, ChangeOutcome::kRegressed);
  const auto& quiet = collection.comparisons[0].findings;
  EXPECT_EQ(quiet[0].outcome, ChangeOutcome::kOk);
  EXPECT_EQ(quiet[1].outcome, ChangeOutcome::kOk);
}

TEST(Collect, SpreadsTheErrorOverTheMetricsToo) {
  EXPECT_EQ(PlanOfTwoMetrics().family(), 4);
  EXPECT_EQ(PlanOfTwoMetrics().error_plan().comparisons, 4);
}

TEST(Collect, StopsAChangeOfWhichOneMetricRegressed) {
  DearMeanRunner runner;
  CollectionPlan plan = PlanOfTwoMetrics();
  plan.comparisons[1].metrics[0].tolerance = 0;  // nothing is ever shown to be below that
  const Collection collection = CollectAll(plan, runner);
  EXPECT_EQ(collection.comparisons[1].findings[0].outcome, ChangeOutcome::kUndecided);
  EXPECT_EQ(collection.comparisons[1].measured.pairs(), plan.analyses.front());
}

// ---- Going on ----

TEST(Collect, GoesOnWhereAnEarlierOneStopped) {
  const CollectionPlan plan = PlanOf({"A", "B", "C"});
  SimulatedRunner whole;
  whole.changes = {{"A", 0.03}, {"B", 0}, {"C", 0.3}};
  SimulatedRunner first = whole;
  const Collection expected = CollectAll(plan, whole);

  // Stopped after any number of pairs, the rest is measured by the same machine.
  for (const size_t pairs : {1U, 47U, 48U, 60U, 100U}) {
    SimulatedRunner machine = first;
    CollectionPlan later = plan;
    later.measured.clear();
    const Collection begun =
        CollectAll(plan, machine, [&] { return machine.order.size() >= pairs; });
    for (const CollectedComparison& one : begun.comparisons) later.measured.push_back(one.measured);
    const Collection ended = CollectAll(later, machine);
    EXPECT_EQ(machine.order, whole.order) << pairs;
    for (size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(ended.comparisons[i].measured.metrics.at("cpu_time").candidate,
                expected.comparisons[i].measured.metrics.at("cpu_time").candidate)
          << pairs;
      EXPECT_EQ(ended.comparisons[i].findings[0].outcome,
                expected.comparisons[i].findings[0].outcome)
          << pairs;
    }
  }
}

TEST(Collect, GoesOnWithNothingThatIsDecidedOrFailed) {
  const CollectionPlan plan = PlanOf({"A", "B"});
  SimulatedRunner runner;
  runner.changes = {{"A", 0}};
  runner.failing = {"B"};
  CollectionPlan later = plan;
  for (const CollectedComparison& one : CollectAll(plan, runner).comparisons) {
    later.measured.push_back(one.measured);
  }
  runner.order.clear();
  const Collection again = CollectAll(later, runner);
  EXPECT_TRUE(runner.order.empty());
  EXPECT_EQ(again.comparisons[0].findings[0].outcome, ChangeOutcome::kOk);
  EXPECT_EQ(again.comparisons[1].measured.failures.size(), 1U);
}

}  // namespace
}  // namespace slo::paired
