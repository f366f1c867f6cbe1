// What makes two results files comparable or not, as entries of the benchmark context.

#ifndef SLO_BENCH_BENCH_CONTEXT_H_
#define SLO_BENCH_BENCH_CONTEXT_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "bench/bench_options.h"

namespace slo::bench {

// The entries "slo_...": build, revision, machine, seed, confidence, command line. Every value is
// there, "unknown" where the machine does not say; "slo_slowdown" and "slo_slowdown_ns" (of each
// request) only when a slowdown is planted. `command_line` is the program and its arguments.
std::map<std::string, std::string> BenchContext(const BenchOptions& options,
                                                absl::Span<const std::string> command_line);

// The arguments as a shell would read them back.
std::string QuotedCommandLine(absl::Span<const std::string> arguments);

}  // namespace slo::bench

#endif  // SLO_BENCH_BENCH_CONTEXT_H_
