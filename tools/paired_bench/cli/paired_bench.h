// paired_bench, from its command line to its exit code.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_BENCH_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_BENCH_H_

#include <iosfwd>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace slo::paired {

struct PairedEnvironment {
  bool stderr_is_terminal = false;
  std::ostream& out;
  std::ostream& err;
};

// `arguments` without the program's name. Exit code: see PairedHelp. Holds SIGINT and SIGTERM back
// while it measures, so it is for a process of its own.
int RunPairedBench(absl::Span<const absl::string_view> arguments,
                   const PairedEnvironment& environment);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_BENCH_H_
