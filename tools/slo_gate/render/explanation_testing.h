// A verdict with explanations, for tests of what shows them.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_EXPLANATION_TESTING_H_
#define SLO_TOOLS_SLO_GATE_RENDER_EXPLANATION_TESTING_H_

#include "tools/slo_gate/render/golden_testing.h"

namespace slo::tools {

// One benchmark with functions and allocations, one with the same instructions, one that could not
// be explained.
inline Verdict MakeExplained() {
  Verdict verdict = MakeChanges();
  Explanation slower = {
      .benchmark = "BM_Parse/words:1000/real_time",
      .method = "bench_exact under callgrind",
      .per = "request",
      .base = 1'234'567.5,
      .candidate = 1'434'567.5,
      .functions = {{.function = "slo::Parse<int>(std::string const&)",
                     .file = "slo/parse.cc",
                     .base = 1'000,
                     .candidate = 9'000,
                     .difference = 198'000,
                     .calls = {{"slo::Trim(int)", 10, 200, 190'000}, {"slo::New()", 0, 0, 12}}},
                    {.function = "slo::Read(int)",
                     .file = "slo/read.cc",
                     .base = 500,
                     .candidate = 2'500,
                     .difference = 2'000}},
      .allocations = {{.function = "slo::Read(int)",
                       .file = "slo/read.cc",
                       .line = 17,
                       .base = 2,
                       .candidate = 5}},
      .base_allocations = 40,
      .candidate_allocations = 43,
      .flame_graph = "slo-20260102T030405Z-flame-1.svg"};
  Explanation same = {.benchmark = "BM_Print/real_time",
                      .method = "the program under callgrind",
                      .per = "iteration",
                      .base = 100,
                      .candidate = 100,
                      .is_same_work = true,
                      .notes = {"both builds execute the same instructions"}};
  verdict.explanations = {
      std::move(slower),
      std::move(same),
      {.benchmark = "BM_Gone", .problem = "valgrind was not found; install it"}};
  return verdict;
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_EXPLANATION_TESTING_H_
