#include "tools/slo_gate/comparison/gate_proof.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

namespace slo::tools {
namespace {

GateProof Prove(const std::vector<PairsFile>& files, const RegressionLimits& limits) {
  return ProveGate(files, limits, Today(), JudgePairs(files, limits, Today()));
}

TEST(ProveGate, FindsEveryFaultThatItPlants) {
  // Whatever the benchmark does by itself.
  for (const double change : {0.0, 0.2, -0.2}) {
    const GateProof proof =
        Prove({MakePairs({{.benchmark = "BM_A", .change = change}, {.benchmark = "BM_B"}})},
              MakeLimits());
    EXPECT_EQ(proof.benchmark, "BM_A");
    EXPECT_EQ(proof.faults.size(), 8U);
    for (const PlantedFault& fault : proof.faults) {
      EXPECT_EQ(fault.found, fault.expected) << fault.fault << " at " << change;
    }
    EXPECT_FALSE(proof.is_defective());
  }
}

TEST(ProveGate, CallsAGateDefectiveThatMissesOne) {
  GateProof proof = Prove({MakePairs({{.benchmark = "BM_A"}})}, MakeLimits());
  ASSERT_FALSE(proof.faults.empty());
  proof.faults[0].found = "ok";
  EXPECT_TRUE(proof.is_defective());
}

TEST(ProveGate, IsMissedByABenchmarkThatNothingCanFail) {
  // A tolerance that swallows what was planted would be such a defect.
  std::vector<PairsFile> files = {MakePairs({{.benchmark = "BM_A"}})};
  const RegressionLimits limits = MakeLimits();
  const std::vector<JudgedChange> judged = JudgePairs(files, limits, Today());
  RegressionLimits deaf = limits;
  deaf.tolerances[0].max_increase.value = 1'000;
  EXPECT_TRUE(ProveGate(files, deaf, Today(), judged).is_defective());
}

TEST(ProveGate, CountsAlarmsWhereNothingIsSlower) {
  const GateProof proof = Prove(
      {MakePairs({{.benchmark = "BM_A", .change = 0.3}, {.benchmark = "BM_B"}})}, MakeLimits());
  EXPECT_EQ(proof.flipped_gates, 1'000);
  // 1 % of the gates over all looks; at the last of three looks alone a third of that.
  EXPECT_LE(proof.false_alarms, 13);
}

TEST(ProveGate, PlantsNothingWhereNothingWasMeasured) {
  const GateProof proof = Prove({MakePairs({{.benchmark = "BM_A", .pairs = 3}})}, MakeLimits());
  EXPECT_TRUE(proof.faults.empty());
  EXPECT_FALSE(proof.is_defective());
}

// Gates that alarm when the signs of one benchmark's pairs are all alike by chance.
int FalseAlarms(size_t benchmarks, int pairs, std::vector<int64_t> looks = {16}) {
  std::vector<PairsSpec> specs = {{.benchmark = "BM_Target"}};
  for (size_t i = 0; i < benchmarks; ++i) {
    specs.push_back({.benchmark = "BM_" + std::to_string(i), .change = 0.5, .pairs = pairs});
  }
  PairsFile file = MakePairs(specs);
  file.looks = std::move(looks);
  RegressionLimits limits = MakeLimits();
  limits.confidence = 0.5;
  return Prove({file}, limits).false_alarms;
}

TEST(ProveGate, CountsTheAlarmsThatAGateOfThatErrorHas) {
  // Six pairs that all increase have a p-value of 1/64. Of 41 comparisons that is 0.64 by Holm,
  // with an error of 0.5 none alarms; of 23 it is 0.36, and one in 64 flips of each of 20
  // benchmarks does.
  EXPECT_LE(FalseAlarms(38, 6), 60);
  const int alarms = FalseAlarms(20, 6);
  EXPECT_NEAR(alarms, 1'000 * (1 - std::pow(63.0 / 64, 20)), 90);
  // Two looks cost twice as much: 0.72.
  EXPECT_LE(FalseAlarms(20, 6, {16, 32}), 60);
}

TEST(ProveGate, CountsTheAlarmsOfTheFirstBenchmarkToo) {
  // Of six pairs 10 of 64 signs have a p-value of 1/6 or less, a third of the error of one half.
  const std::vector<PairsFile> files = {MakePairs({{.benchmark = "BM_A", .pairs = 6}})};
  std::vector<PairsFile> one_look = files;
  one_look[0].looks = {16};
  RegressionLimits limits = MakeLimits();
  limits.confidence = 0.5;
  EXPECT_NEAR(Prove(one_look, limits).false_alarms, 1'000 * 10 / 64, 35);
}

TEST(ProveGate, PlantsInTheFirstChangeThatWasJudgedByAnInterval) {
  PairsFile file = MakePairs({{.benchmark = "BM_Few", .pairs = 3},
                              {.benchmark = "BM_Bad"},
                              {.benchmark = "BM_Good"},
                              {.benchmark = "BM_Later"}});
  file.measured[1].failures = {"crash"};
  std::rotate(file.measured.begin(), file.measured.end() - 2, file.measured.end());
  const GateProof proof = Prove({file}, MakeLimits());
  EXPECT_EQ(proof.benchmark, "BM_Good");
  EXPECT_FALSE(proof.is_defective());
}

TEST(ProveGate, PlantsInTheFileThatTheBenchmarkIsOf) {
  PairsFile empty = MakePairs({{.benchmark = "BM_A", .pairs = 3}});
  PairsFile full = MakePairs({{.benchmark = "BM_A"}}, 9);
  full.against = Against::kRelease;
  const GateProof proof = Prove({empty, full}, MakeLimits());
  EXPECT_EQ(proof.faults.size(), 8U);
  EXPECT_FALSE(proof.is_defective());
}

TEST(ProveGate, PlantsEnoughWhereTheScatterIsAllOnOneSide) {
  // Thirteen pairs alike and three far below: once the interval's width would leave those three
  // below zero, with a p-value of 0.126; twice the width has 0.0002.
  PairsFile file = MakePairs({{.benchmark = "BM_A", .pairs = 16}});
  MetricPairs& metric = file.measured[0].metrics["cpu_time"];
  for (size_t i = 0; i < 16; ++i) {
    metric.candidate[i] =
        metric.base[i] * std::exp((i < 13 ? 0.0 : -0.35) - 1e-4 * static_cast<double>(i));
  }
  const GateProof proof = Prove({file}, MakeLimits(R"({"version": 1, "tolerances": [
    {"id": "all", "benchmark": "*", "max_increase": "0%", "why": "w", "source": "s"}]})"));
  ASSERT_EQ(proof.faults.size(), 8U);
  for (const PlantedFault& fault : proof.faults) {
    EXPECT_EQ(fault.found, fault.expected) << fault.fault;
  }
}

TEST(ProveGate, FlipsTheSameCoinsEveryTime) {
  // The generator is defined to the last bit; so is what comes of it, which another seed changes.
  EXPECT_EQ(FalseAlarms(20, 6), 304);
  EXPECT_EQ(FalseAlarms(5, 6), 251);
}

TEST(ProveGate, PlantsTwiceTheWidthOfTheIntervalBeyondTheAllowance) {
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
    return ProveGate(files, other, Today(), judged).faults.at(0).found;
  };
  EXPECT_EQ(found(planted - 1e-9), "regressed");
  EXPECT_NE(found(planted + 1e-9), "regressed");
}

}  // namespace
}  // namespace slo::tools
