// What makes two results files comparable or not, as entries of the benchmark context.

#ifndef SLO_BENCH_CLI_BENCH_CONTEXT_H_
#define SLO_BENCH_CLI_BENCH_CONTEXT_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "bench/cli/bench_options.h"

namespace slo::bench {

// The entries "slo_..." of any program that measures: build, revision, toolchain, machine, seed,
// command line. Every value is there, "unknown" where the machine does not say. `command_line` is
// the program and its arguments.
std::map<std::string, std::string> CommonContext(int64_t seed,
                                                 absl::Span<const std::string> command_line);

// The same and what only bench_workflow has: confidence, and "slo_slowdown" and "slo_slowdown_ns"
// (of each request) when a slowdown is planted, "slo_faults" when faults are.
std::map<std::string, std::string> BenchContext(const BenchOptions& options,
                                                absl::Span<const std::string> command_line);

// What decides which machine code runs, beside our own and its flags: compiler, C library,
// architecture; for example "gnu-12.2.0-glibc-2.36-x86_64". Lower case, fit for a file's name.
std::string Toolchain();

// The arguments as a shell would read them back.
std::string QuotedCommandLine(absl::Span<const std::string> arguments);

}  // namespace slo::bench

#endif  // SLO_BENCH_CLI_BENCH_CONTEXT_H_
