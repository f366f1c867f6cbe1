#include "tools/slo_gate/comparison/run_self_test.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

namespace slo::tools {
namespace {

SelfTest Prove(const std::vector<PairsFile>& files, const RegressionLimits& limits) {
  return RunSelfTest(files, limits, Today(), JudgePairs(files, limits, Today()));
}

TEST(RunSelfTest, FindsEveryFaultThatItPlants) {
  // Whatever the benchmark does by itself.
  for (const double change : {0.0, 0.2, -0.2}) {
    const SelfTest self_test =
        Prove({MakePairs({{.benchmark = "BM_A", .change = change}, {.benchmark = "BM_B"}})},
              MakeLimits());
    EXPECT_EQ(self_test.benchmark, "BM_A");
    EXPECT_EQ(self_test.faults.size(), 8U);
    for (const PlantedFault& fault : self_test.faults) {
      EXPECT_EQ(fault.found, fault.expected) << fault.fault << " at " << change;
    }
    EXPECT_FALSE(self_test.is_defective());
  }
}

TEST(RunSelfTest, CallsAGateDefectiveThatMissesOne) {
  SelfTest self_test = Prove({MakePairs({{.benchmark = "BM_A"}})}, MakeLimits());
  ASSERT_FALSE(self_test.faults.empty());
  self_test.faults[0].found = Reason::kOk;
  EXPECT_TRUE(self_test.is_defective());
}

TEST(RunSelfTest, IsMissedByABenchmarkThatNothingCanFail) {
  // A tolerance that swallows what was planted would be such a defect.
  std::vector<PairsFile> files = {MakePairs({{.benchmark = "BM_A"}})};
  const RegressionLimits limits = MakeLimits();
  const std::vector<JudgedChange> judged = JudgePairs(files, limits, Today());
  RegressionLimits deaf = limits;
  deaf.tolerances[0].max_increase.value = 1'000;
  EXPECT_TRUE(RunSelfTest(files, deaf, Today(), judged).is_defective());
}

TEST(RunSelfTest, PlantsNothingWhereNothingWasMeasured) {
  const SelfTest self_test = Prove({MakePairs({{.benchmark = "BM_A", .pairs = 3}})}, MakeLimits());
  EXPECT_TRUE(self_test.faults.empty());
  EXPECT_FALSE(self_test.is_defective());
}

TEST(RunSelfTest, PlantsInTheFirstChangeThatWasJudgedByAnInterval) {
  PairsFile file = MakePairs({{.benchmark = "BM_Few", .pairs = 3},
                              {.benchmark = "BM_Bad"},
                              {.benchmark = "BM_Good"},
                              {.benchmark = "BM_Later"}});
  file.measured[1].failures = {"crash"};
  std::rotate(file.measured.begin(), file.measured.end() - 2, file.measured.end());
  const SelfTest self_test = Prove({file}, MakeLimits());
  EXPECT_EQ(self_test.benchmark, "BM_Good");
  EXPECT_FALSE(self_test.is_defective());
}

TEST(RunSelfTest, PlantsInTheFileThatTheBenchmarkIsOf) {
  PairsFile empty = MakePairs({{.benchmark = "BM_A", .pairs = 3}});
  PairsFile full = MakePairs({{.benchmark = "BM_A"}}, 9);
  full.against = Against::kRelease;
  const SelfTest self_test = Prove({empty, full}, MakeLimits());
  EXPECT_EQ(self_test.faults.size(), 8U);
  EXPECT_FALSE(self_test.is_defective());
}

TEST(RunSelfTest, PlantsEnoughWhereTheScatterIsAllOnOneSide) {
  // Thirteen pairs alike and three far below: once the interval's width would leave those three
  // below zero, with a p-value of 0.126; twice the width has 0.0002.
  PairsFile file = MakePairs({{.benchmark = "BM_A", .pairs = 16}});
  MetricPairs& metric = file.measured[0].metrics["cpu_time"];
  for (size_t i = 0; i < 16; ++i) {
    metric.candidate[i] =
        metric.base[i] * std::exp((i < 13 ? 0.0 : -0.35) - 1e-4 * static_cast<double>(i));
  }
  const SelfTest self_test = Prove({file}, MakeLimits(R"({"version": 1, "tolerances": [
    {"id": "all", "benchmark": "*", "max_increase": "0%", "why": "w", "source": "s"}]})"));
  ASSERT_EQ(self_test.faults.size(), 8U);
  for (const PlantedFault& fault : self_test.faults) {
    EXPECT_EQ(fault.found, fault.expected) << fault.fault;
  }
}

TEST(RunSelfTest, PlantsTwiceTheWidthOfTheIntervalBeyondTheAllowance) {
  // A gate that tolerates a little more than what was planted misses it; with a little less it does
  // not.
  const std::vector<PairsFile> files = {MakePairs({{.benchmark = "BM_A", .change = 0.1}})};
  const RegressionLimits limits = MakeLimits();
  const std::vector<JudgedChange> judged = JudgePairs(files, limits, Today());
  const ChangeInterval& interval = *judged[0].change.interval;
  const double planted = 1.03 * (1 + 2 * (interval.upper - interval.lower)) - 1;
  const auto found = [&](double tolerance) {
    RegressionLimits other = limits;
    other.tolerances[0].max_increase.value = tolerance;
    return RunSelfTest(files, other, Today(), judged).faults.at(0).found;
  };
  EXPECT_EQ(found(planted - 1e-9), Reason::kRegressed);
  EXPECT_NE(found(planted + 1e-9), Reason::kRegressed);
}

// ---- Flipped signs ----

// A gate of `benchmarks` with `change`, whose pairs are disturbed by one machine: each disturbance
// is `correlation` times that of the pair before, and something new.
PairsFile OnOneMachine(int benchmarks, double change, double correlation, unsigned seed,
                       int pairs = 64) {
  std::vector<PairsSpec> specs;
  for (int i = 0; i < benchmarks; ++i) {
    specs.push_back({.benchmark = "BM_" + std::to_string(i),
                     .change = change,
                     .pairs = pairs,
                     .scatter = 0.002});
  }
  PairsFile file = MakePairs(specs, seed);
  file.analyses = {pairs};
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise(0, 0.02);
  std::vector<double> machine = {noise(random)};
  for (int i = 1; i < pairs; ++i) {
    machine.push_back(correlation * machine.back() +
                      std::sqrt(1 - correlation * correlation) * noise(random));
  }
  for (MeasuredPairs& measured : file.measured) {
    if (measured.comparison != Comparison::kChange) continue;
    MetricPairs& metric = measured.metrics["cpu_time"];
    for (size_t i = 0; i < machine.size(); ++i) metric.candidate[i] *= std::exp(machine[i]);
  }
  return file;
}

SelfTest FlippedOn(const PairsFile& file) { return Prove({file}, MakeLimits()); }

TEST(FlippedSigns, CauseFewAlarmsWherePairsAreIndependent) {
  int alarms = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    // A change is no alarm: it is taken out before the signs are flipped.
    const SelfTest self_test = FlippedOn(OnOneMachine(3, seed % 2 == 0 ? 0.3 : 0, 0, seed));
    EXPECT_EQ(self_test.flipped_gates, 1'000);
    EXPECT_FALSE(self_test.is_serially_dependent()) << seed << ": " << self_test.false_alarms;
    alarms += self_test.false_alarms;
  }
  EXPECT_LE(alarms, 40 * 10) << "1 % is promised";
}

TEST(FlippedSigns, CauseManyAlarmsWhereADisturbanceLasts) {
  int dependent = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    dependent += FlippedOn(OnOneMachine(3, 0, 0.9, seed)).is_serially_dependent() ? 1 : 0;
  }
  EXPECT_GE(dependent, 30);
}

TEST(FlippedSigns, NeedEightBlocks) {
  EXPECT_EQ(FlippedOn(OnOneMachine(1, 0, 0, 1, 63)).flipped_gates, 0);
  EXPECT_EQ(FlippedOn(OnOneMachine(1, 0, 0, 1, 64)).flipped_gates, 1'000);
}

TEST(FlippedSigns, FlipTheSameCoinsEveryTime) {
  int alarms = 0;
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const PairsFile file = OnOneMachine(3, 0, 0.9, seed);
    alarms += FlippedOn(file).false_alarms;
    EXPECT_EQ(FlippedOn(file).false_alarms, FlippedOn(file).false_alarms);
  }
  EXPECT_GT(alarms, 0);
}

TEST(FlippedSigns, MakeAVerdictInvalidWhereADisturbanceLasts) {
  // The first half of the pairs was disturbed one way, the second the other way.
  PairsFile file = MakePairs({{.benchmark = "BM_A", .change = 0.2}});
  MetricPairs& metric = file.measured[0].metrics["cpu_time"];
  for (size_t i = 0; i < metric.candidate.size(); ++i) {
    metric.candidate[i] *= std::exp(i < 32 ? 0.1 : -0.1);
  }
  const Verdict verdict = VerdictOn({file});
  for (const Scenario& scenario : verdict.scenarios) {
    if (scenario.name != "BM_A") continue;
    ASSERT_EQ(scenario.checks.size(), 1U);
    EXPECT_EQ(scenario.checks[0].status, CheckStatus::kInvalid);
    EXPECT_EQ(scenario.checks[0].change()->doubt, Doubt::kSerialDependence);
  }
  EXPECT_EQ(ExitCodeOf(verdict), 4);
}

}  // namespace
}  // namespace slo::tools
