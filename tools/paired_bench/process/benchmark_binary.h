// The command line of a Google Benchmark binary, and what it prints.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_BINARY_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_BINARY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/report.h"

namespace slo::paired {

struct BenchmarkBinary {
  std::string path;
  std::vector<std::string> arguments;  // passed on as they are
};

// The command that lists the benchmarks, a name a line.
std::vector<std::string> ListCommand(const BenchmarkBinary& binary);

// The command that runs one benchmark. `min_time_seconds` is passed without a unit, which every
// version takes.
std::vector<std::string> RunCommand(const BenchmarkBinary& binary, absl::string_view benchmark,
                                    double min_time_seconds);

// The lines of a listing. InvalidArgument when it has none.
absl::StatusOr<std::vector<std::string>> ParseListing(absl::string_view output);

// What a run of one benchmark printed: its row, with the context. InvalidArgument says why there is
// none: no results, an error in the row, no row of that name, more than one.
struct BenchmarkRun {
  tools::ReportRow row;
  std::map<std::string, std::string> context;
};
absl::StatusOr<BenchmarkRun> ParseRun(absl::string_view output, absl::string_view benchmark);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_BINARY_H_
