// How often a Google Benchmark program executed a benchmark: what it logs with --v=2.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_BENCHMARK_LOG_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_BENCHMARK_LOG_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace slo::tools {

struct Executions {
  int64_t bodies = 0;      // of the benchmark's function, those that looked for the number of
                           // iterations included
  int64_t iterations = 0;  // of all of them together
};

// Of lines "-- LOG(2): Running BM_A/1 for 100". Lines of other benchmarks, and others, are ignored.
Executions ExecutionsOf(absl::string_view benchmark, absl::string_view log);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_BENCHMARK_LOG_H_
