// The environment variable SLO_SLOWDOWN, which plants a slowdown in one stage.

#ifndef SLO_BENCH_CLI_SLOWDOWN_VARIABLE_H_
#define SLO_BENCH_CLI_SLOWDOWN_VARIABLE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "bench/faults/slowdown.h"

namespace slo::bench {

inline constexpr char kSlowdownVariable[] = "SLO_SLOWDOWN";

// Reads "STAGE:AMOUNT[:N/M]", for example "runner_status:6%", "read_run:120ns" or
// "read_run:1000%:1/100"; nothing when `text` is empty. InvalidArgument lists what is wrong with
// the stage (with the nearest known one), with the amount (with its range) and with N/M, one a
// line.
absl::StatusOr<std::optional<SlowdownSpec>> ParseSlowdown(absl::string_view text);

// The variable with its meaning and ranges, for --help.
std::string SlowdownHelp();

}  // namespace slo::bench

#endif  // SLO_BENCH_CLI_SLOWDOWN_VARIABLE_H_
