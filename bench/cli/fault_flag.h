// The value of the flag --fault, which plants faults around the API.

#ifndef SLO_BENCH_CLI_FAULT_FLAG_H_
#define SLO_BENCH_CLI_FAULT_FLAG_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "bench/faults/fault.h"

namespace slo::bench {

// Reads a comma list such as "tail:1%:5ms,stall:2000:50ms,leak:64@create_run". InvalidArgument
// lists what is wrong with each, one a line.
absl::StatusOr<std::vector<Fault>> ParseFaults(absl::string_view text);

// What the flag does, and the kinds with their meanings, a line each.
std::string FaultHelp();

}  // namespace slo::bench

#endif  // SLO_BENCH_CLI_FAULT_FLAG_H_
