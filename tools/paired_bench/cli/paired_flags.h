// The command line of paired_bench.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_FLAGS_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_FLAGS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/paired_bench/plan/paired_options.h"

namespace slo::paired {

// `arguments` without the program's name. InvalidArgument lists every problem.
absl::StatusOr<PairedOptions> ParsePairedOptions(absl::Span<const absl::string_view> arguments);

std::string PairedHelp();

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_FLAGS_H_
