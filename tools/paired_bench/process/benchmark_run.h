// What a process measured of its benchmark.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_RUN_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_RUN_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/report.h"

namespace slo::paired {

struct BenchmarkRun {
  tools::ReportRow row;
  std::map<std::string, std::string> context;
};

// Of the results that a process wrote: the benchmark's row with the context. Of several rows, which
// are repetitions that the program asks for, the median metric by metric; where there are only
// aggregates, the row of the medians, else that of the means. NotFound: there is none of these.
// InvalidArgument: no results, an error in a row, or a time that is not a number.
absl::StatusOr<BenchmarkRun> ParseRun(absl::string_view results, absl::string_view benchmark);

// Whether the metric has a value that a ratio can be made of: a number above zero.
bool HasValueAboveZero(const BenchmarkRun& run, const std::string& metric);

// Of two runs of one program: the geometric means of the metrics that both have, since ratios of
// them are judged. NaN where one is negative.
BenchmarkRun GeometricMean(const BenchmarkRun& one, const BenchmarkRun& other);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_RUN_H_
