// What came of judging the recorded pairs again, changed so that the gate must say something else.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_SELF_TEST_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_SELF_TEST_H_

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "tools/slo_gate/verdict/reason.h"

namespace slo::tools {

struct PlantedFault {
  std::string fault;                     // what was done to the benchmark
  Reason expected = Reason::kRegressed;  // the outcome that has to come of it
  std::optional<Reason> found;           // nothing: the benchmark was not judged at all

  bool is_caught() const { return found == expected; }
};

struct SelfTest {
  // Where the faults were planted; empty when no benchmark had pairs enough to be judged.
  std::string benchmark;
  std::vector<PlantedFault> faults;
  // Gates with every pair's two sides swapped or not, by a coin of a fixed seed: nothing is slower
  // then, whatever was measured. Those in which "no increase" was rejected for some benchmark.
  int flipped_gates = 0;
  int false_alarms = 0;

  bool is_defective() const {
    return !std::all_of(faults.begin(), faults.end(),
                        [](const PlantedFault& fault) { return fault.is_caught(); });
  }
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_SELF_TEST_H_
