#include "tools/slo_gate/gate_proof.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/pairs_testing.h"

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

}  // namespace
}  // namespace slo::tools
