// What an iteration of a benchmark costs, function by function.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_COUNTED_COSTS_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_COUNTED_COSTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/slo_gate/explain/call_tree.h"
#include "tools/slo_gate/explain/callgrind_run.h"

namespace slo::tools {

struct CountedCosts {
  CallTree tree;       // of an iteration
  std::string method;  // a sentence: how it was counted
  std::string per;     // what an iteration is: "request", "run", "iteration"
};

// With bench_exact beside `binary`, a bench_workflow of ours, and a row of the benchmark in it:
// what lies between the call of the API and its answer, without the heap's own instructions, as
// tools/count-instructions counts. NotFound: there is no such program or row.
absl::StatusOr<CountedCosts> CountExactly(const std::string& binary, absl::string_view benchmark,
                                          const ProfileTools& tools);

// Of any Google Benchmark program: its whole process, with two numbers of iterations, so that what
// it does once cancels. `arguments` are passed on to it.
absl::StatusOr<CountedCosts> CountProgram(const std::string& binary, absl::string_view benchmark,
                                          const std::vector<std::string>& arguments,
                                          const ProfileTools& tools);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_COUNTED_COSTS_H_
