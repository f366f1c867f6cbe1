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
  // Gates without any change: each ratio less its estimate, and with its sign flipped or not, block
  // by block of eight pairs, by one coin for all benchmarks, of a fixed seed. In `false_alarms` of
  // them "no increase" was rejected for some benchmark. No gate where all have too few blocks.
  int flipped_gates = 0;
  int false_alarms = 0;

  // More alarms than independent pairs cause: twice the one in a hundred that is promised. Of 450
  // simulated gates of 1, 3 and 32 benchmarks and 64 or 128 independent pairs none had more than 12
  // of 1,000; with a serial correlation of 0.9 and nothing else 48 to 60 of 60 had more than 20.
  bool is_serially_dependent() const { return 50 * false_alarms > flipped_gates; }

  bool is_defective() const {
    return !std::all_of(faults.begin(), faults.end(),
                        [](const PlantedFault& fault) { return fault.is_caught(); });
  }
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_SELF_TEST_H_
