// Decisions on two builds that were made up.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_MADE_UP_CHANGE_TESTING_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_MADE_UP_CHANGE_TESTING_H_

#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/comparison/judge_pairs.h"

namespace slo::tools {

inline const CheckContext kContext = {.error = 0.01, .comparisons = 4};

inline const PairsFile kFile = {
    .file = "pairs.json", .analyses = {8, 16, 32}, .slowdown = "SLOW=10%"};

inline const Tolerance kTolerance = {
    .id = "times",
    .benchmark = "*",
    .metric = "cpu_time",
    .max_increase = {.value = 0.25, .text = "25%"},
    .max_increase_since_release = Allowance{.value = 0.5, .text = "50%"},
    .why = "because"};

// 100 pairs, +12.5 % [0, +25 %]: undecided at a tolerance of 25 %.
inline JudgedChange MadeUpChange(ChangeOutcome outcome) {
  return {.file = &kFile,
          .benchmark = "BM_A",
          .tolerance = &kTolerance,
          .allowance = kTolerance.max_increase,
          .change = {.pairs = 100, .change = 0.125, .interval = ChangeInterval{0, 0.25}},
          .adjusted_p_increase = 0.5,
          .outcome = outcome};
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_MADE_UP_CHANGE_TESTING_H_
