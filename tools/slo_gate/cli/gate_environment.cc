#include "tools/slo_gate/cli/gate_environment.h"

#include <ostream>

#include "absl/strings/str_split.h"
#include "tools/lib/flags/version.h"

namespace slo::tools {
namespace {

constexpr int kUnusableInput = 2;

}  // namespace

int FailGate(const absl::Status& status, absl::string_view command,
             const GateEnvironment& environment) {
  for (const absl::string_view line : absl::StrSplit(status.message(), '\n')) {
    environment.err << "slo_gate" << (command.empty() ? "" : " ") << command << ": " << line
                    << '\n';
  }
  return kUnusableInput;
}

int FinishGate(int exit_code, absl::string_view command, const GateEnvironment& environment) {
  environment.out << std::flush;
  if (environment.out) return exit_code;
  return FailGate(absl::FailedPreconditionError("the output could not be written to stdout"),
                  command, environment);
}

int AnswerGate(const CommandLine& line, absl::string_view help,
               const GateEnvironment& environment) {
  if (line.help) {
    environment.out << help;
  } else {
    environment.out << VersionLine("slo_gate");
  }
  return FinishGate(0, "", environment);
}

}  // namespace slo::tools
