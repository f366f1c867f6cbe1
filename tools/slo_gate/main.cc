// slo_gate: benchmark results in, verdict and exit code out. See README.md.

#include <cstdlib>
#include <iostream>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "tools/slo_gate/gate.h"

int main(int argc, char** argv) {
  const std::vector<absl::string_view> arguments(argv + 1, argv + argc);
  // Read once, before any thread could change it.
  const char* overrides = std::getenv("SLO_OVERRIDES");  // NOLINT(concurrency-mt-unsafe)
  return slo::tools::RunGate(arguments, {.overrides = overrides != nullptr ? overrides : "",
                                         .now = absl::Now(),
                                         .in = std::cin,
                                         .out = std::cout,
                                         .err = std::cerr});
}
