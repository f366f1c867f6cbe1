// What slo_gate and its commands take from their surroundings, and how they end.

#ifndef SLO_TOOLS_SLO_GATE_CLI_GATE_ENVIRONMENT_H_
#define SLO_TOOLS_SLO_GATE_CLI_GATE_ENVIRONMENT_H_

#include <iosfwd>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tools/lib/flags/flag_list.h"

namespace slo::tools {

struct GateEnvironment {
  std::string overrides;     // the value of SLO_OVERRIDES
  std::string step_summary;  // a file that --format=github appends to; empty: none
  bool use_color = false;    // in the text format
  absl::Time now;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// Prints each line of the message, headed by the program and the command (empty: none). Returns the
// exit code of unusable input.
int FailGate(const absl::Status& status, absl::string_view command,
             const GateEnvironment& environment);

// Flushes the output. Returns `exit_code`, or fails where something could not be written.
int FinishGate(int exit_code, absl::string_view command, const GateEnvironment& environment);

// Prints `help` or the version, as the command line asks.
int AnswerGate(const CommandLine& line, absl::string_view help, const GateEnvironment& environment);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_GATE_ENVIRONMENT_H_
