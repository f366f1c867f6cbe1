// slo_gate: benchmark results in, verdict and exit code out. See README.md.

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "tools/slo_gate/cli/gate.h"

namespace {

// Read once, before any thread could change it; an absent variable counts as an empty one.
std::string Variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value != nullptr ? value : "";
}

// A terminal that can; the variable is a convention of many tools, https://no-color.org.
bool StdoutTakesColor() {
  return isatty(STDOUT_FILENO) == 1 && Variable("NO_COLOR").empty() && Variable("TERM") != "dumb";
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<absl::string_view> arguments(argv + 1, argv + argc);
  return slo::tools::RunGate(arguments, {.overrides = Variable("SLO_OVERRIDES"),
                                         .step_summary = Variable("GITHUB_STEP_SUMMARY"),
                                         .use_color = StdoutTakesColor(),
                                         .now = absl::Now(),
                                         .in = std::cin,
                                         .out = std::cout,
                                         .err = std::cerr});
}
