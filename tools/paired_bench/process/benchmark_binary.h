// The command line of a Google Benchmark binary, and what it lists.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_BINARY_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_BINARY_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/lib/text/exact_pattern.h"

namespace slo::paired {

struct BenchmarkBinary {
  std::string path;
  std::vector<std::string> arguments;     // passed on as they are
  std::set<std::string> selected_widely;  // names that ExactPattern does not select in it
};

// One that matches the name, and others of its length that differ in punctuation only: it escapes
// nothing, so no engine can misread it.
std::string WidePattern(absl::string_view name);

// The command that lists all benchmarks, and the one that lists those that the pattern selects; a
// name a line.
std::vector<std::string> ListCommand(const BenchmarkBinary& binary);
std::vector<std::string> ListCommand(const BenchmarkBinary& binary, const std::string& pattern);

// The command that runs one benchmark and writes its results into the file, whatever the program
// prints. `min_time_seconds` is passed without a unit, which every version takes.
std::vector<std::string> RunCommand(const BenchmarkBinary& binary, const std::string& benchmark,
                                    double min_time_seconds, const std::string& results_file);

// The lines of `output` that are not among those of `others`, each as often as it is there more
// often: what a program lists, without what it prints when nothing is selected. All lines when
// none is left, as of a program that lists everything whatever is selected.
std::vector<std::string> ListedNames(absl::string_view output, absl::string_view others);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_BENCHMARK_BINARY_H_
