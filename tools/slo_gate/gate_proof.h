// Proof, in every report, that the gate could have failed: the recorded pairs are judged again with
// faults planted in them, and with their signs flipped at random.

#ifndef SLO_TOOLS_SLO_GATE_GATE_PROOF_H_
#define SLO_TOOLS_SLO_GATE_GATE_PROOF_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "tools/slo_gate/judge_pairs.h"

namespace slo::tools {

struct PlantedFault {
  std::string fault;     // what was done to the benchmark
  std::string expected;  // the outcome or defect that has to come of it
  std::string found;

  bool is_caught() const { return found == expected; }
};

struct GateProof {
  // Where the faults were planted; empty when no benchmark had pairs enough to be judged.
  std::string benchmark;
  std::vector<PlantedFault> faults;
  // Gates with every pair's two sides swapped or not, by a coin of a fixed seed: nothing is slower
  // then, whatever was measured. Those in which "no increase" was rejected for some benchmark.
  int flipped_gates = 0;
  int false_alarms = 0;

  bool is_defective() const;
};

// `judged`: what JudgePairs made of the same files, limits and day. A pure function.
GateProof ProveGate(const std::vector<PairsFile>& files, const RegressionLimits& limits,
                    absl::CivilDay today, const std::vector<JudgedChange>& judged);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_GATE_PROOF_H_
