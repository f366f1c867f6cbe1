// Which benchmarks a program has: by asking it.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_LISTING_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_LISTING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/lib/process/child_process.h"
#include "tools/paired_bench/process/benchmark_binary.h"

namespace slo::paired {

// The names that the program lists, once as often as it does. What it also prints when a filter
// selects nothing is no name. Cancelled: stopped. InvalidArgument: it cannot be run, or lists
// nothing.
absl::StatusOr<std::vector<std::string>> ListBenchmarks(const BenchmarkBinary& binary,
                                                        const tools::RunLimits& limits);

enum class Selected {
  kNot,      // a line of the listing, and no benchmark
  kExactly,  // by ExactPattern
  kWidely,   // by WidePattern only
};

// Which pattern makes the program list that line again. Of a program that lists everything whatever
// is selected: kExactly.
Selected HowSelected(const BenchmarkBinary& binary, const std::string& line,
                     const tools::RunLimits& limits);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_LISTING_H_
