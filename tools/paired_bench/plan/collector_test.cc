#include "tools/paired_bench/plan/collector.h"

#include <cmath>
#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using tools::ChangeOutcome;
using tools::Comparison;

// A machine on which candidates cost what `changes` say, and each pair scatters by 2 %.
class SimulatedRunner : public PairRunner {
 public:
  absl::StatusOr<PairRun> Run(const std::string& benchmark, Comparison comparison,
                              bool base_first) override {
    order.push_back(absl::StrCat(benchmark, base_first ? " base" : " candidate"));
    if (static_cast<int>(order.size()) == cancel_at) return absl::CancelledError();
    const double change = comparison == Comparison::kChange ? changes[benchmark] : 0;
    if (std::isinf(change)) return absl::InvalidArgumentError("candidate (b): SIGSEGV");
    std::normal_distribution<double> noise(0, 0.02);
    return PairRun{.base = MakeRun(1'000),
                   .candidate = MakeRun(1'000 * (1 + change) * std::exp(noise(random_)))};
  }

  std::map<std::string, double> changes;
  std::vector<std::string> order;
  int cancel_at = -1;

 private:
  static BenchmarkRun MakeRun(double cpu_time) {
    return {.row = {.name = "x", .time_unit = "ns", .metrics = {{"cpu_time", cpu_time}}},
            .context = {{"key", "value"}}};
  }

  std::mt19937_64 random_{1};
};

CollectionPlan PlanOf(std::initializer_list<const char*> benchmarks) {
  CollectionPlan plan = {.looks = PlanLooks(16, 128)};
  for (const char* benchmark : benchmarks) {
    plan.comparisons.push_back({.benchmark = benchmark, .recorded_metrics = {"cpu_time"}});
  }
  return plan;
}

Collection CollectAll(
    const CollectionPlan& plan, PairRunner& runner,
    std::function<bool()> is_out_of_time = [] { return false; }) {
  return Collect(plan, runner,
                 {.is_out_of_time = std::move(is_out_of_time),
                  .on_pair = [](const Collection&, size_t) {},
                  .on_round = [](const Collection&) {}});
}

TEST(PlanLooks, DoublesUpToTheLast) {
  EXPECT_THAT(PlanLooks(16, 128), ElementsAre(16, 32, 64, 128));
  EXPECT_THAT(PlanLooks(16, 100), ElementsAre(16, 32, 64, 100));
  EXPECT_THAT(PlanLooks(16, 5), ElementsAre(5));
}

TEST(Collect, StopsEachBenchmarkWhereItIsDecided) {
  SimulatedRunner runner;
  runner.changes = {{"BM_Same", 0}, {"BM_Slow", 0.3}, {"BM_Unclear", 0.03}};
  const CollectionPlan plan = PlanOf({"BM_Same", "BM_Slow", "BM_Unclear"});
  const Collection collection = CollectAll(plan, runner);
  ASSERT_THAT(collection.comparisons, SizeIs(3));
  EXPECT_EQ(collection.comparisons[0].outcome, ChangeOutcome::kOk);
  EXPECT_LE(collection.comparisons[0].measured.pairs(), 64);
  EXPECT_EQ(collection.comparisons[1].outcome, ChangeOutcome::kRegressed);
  EXPECT_EQ(collection.comparisons[1].measured.pairs(), 16);
  EXPECT_GE(collection.comparisons[2].measured.pairs(), 64);
  EXPECT_FALSE(collection.interrupted);
}

TEST(Collect, TakesTurnsAndAlternatesTheOrder) {
  SimulatedRunner runner;
  CollectionPlan plan = PlanOf({"A", "B"});
  plan.looks = {2};
  CollectAll(plan, runner);
  EXPECT_THAT(runner.order, ElementsAre("A base", "B base", "A candidate", "B candidate"));
}

TEST(Collect, TakesExactlyAsManyPairsAsAskedFor) {
  SimulatedRunner runner;
  runner.changes = {{"A", 0.5}};
  CollectionPlan plan = PlanOf({"A"});
  plan.looks = PlanLooks(16, 40);
  plan.stops_when_decided = false;
  const Collection collection = CollectAll(plan, runner);
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 40);
  EXPECT_EQ(collection.comparisons[0].change.pairs, 40);
}

TEST(Collect, StopsInTheMiddleOfARoundWhenTheTimeIsOut) {
  SimulatedRunner runner;
  const CollectionPlan plan = PlanOf({"A", "B", "C"});
  const Collection collection = CollectAll(plan, runner, [&] { return runner.order.size() >= 20; });
  EXPECT_EQ(collection.comparisons[0].measured.pairs(), 7);
  EXPECT_EQ(collection.comparisons[2].measured.pairs(), 6);
  EXPECT_EQ(collection.comparisons[0].change.pairs, 7) << "what there is is evaluated";
  EXPECT_EQ(collection.comparisons[0].outcome, ChangeOutcome::kUndecided);
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
  plan.comparisons[0].tolerance = 0.025;
  const Collection collection = CollectAll(plan, runner);
  EXPECT_LE(collection.comparisons[0].measured.pairs(), 32);
}

}  // namespace
}  // namespace slo::paired
