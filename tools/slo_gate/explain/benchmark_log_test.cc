#include "tools/slo_gate/explain/benchmark_log.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(BenchmarkLog, AddsUpWhatTheBenchmarkExecuted) {
  const Executions executions = ExecutionsOf("BM_A/1", R"(Run on (2 X 2596 MHz CPU s)
-- LOG(2): Running BM_A/1 for 1
-- LOG(2): Ran in 4.7e-06/5.9e-06
-- LOG(2): Running BM_A/1 for 100
-- LOG(2): Running BM_A/10 for 7
-- LOG(2): Running BM_B for 7
Running BM_A/1 for 7
)");
  EXPECT_EQ(executions.bodies, 2);
  EXPECT_EQ(executions.iterations, 101);
}

TEST(BenchmarkLog, CountsLinesThatBeginWithSomethingElse) {
  // As version 1.9.1 has it, whose warning does not end its line; a program may do the same.
  const Executions executions = ExecutionsOf("BM_A", R"(Running /tmp/p
-- LOG(0): Value passed to --benchmark_min_time should have a suffix.-- LOG(2): Running BM_A for 1
loading...-- LOG(2): Running BM_A for 10
)");
  EXPECT_EQ(executions.bodies, 2);
  EXPECT_EQ(executions.iterations, 11);
}

TEST(BenchmarkLog, CountsNoNonsense) {
  for (const char* log : {"", "-- LOG(2): Running BM_A for", "-- LOG(2): Running BM_A for x",
                          "-- LOG(2): Running BM_A for -5", "-- LOG(2): Running BM_A for 0"}) {
    EXPECT_EQ(ExecutionsOf("BM_A", log).bodies, 0) << log;
  }
  const Executions most = ExecutionsOf("A",
                                       "-- LOG(2): Running A for 9223372036854775807\n"
                                       "-- LOG(2): Running A for 1\n");
  EXPECT_EQ(most.bodies, 1);
}

}  // namespace
}  // namespace slo::tools
