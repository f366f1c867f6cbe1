// paired_bench: two Google Benchmark binaries in, a file of pairs out.
// See docs/method/regressions.md.

#include <unistd.h>

#include <iostream>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/paired_bench/cli/paired_bench.h"

int main(int argc, char** argv) {
  const std::vector<absl::string_view> arguments(argv + 1, argv + argc);
  return slo::paired::RunPairedBench(
      arguments,
      {.stderr_is_terminal = isatty(STDERR_FILENO) == 1, .out = std::cout, .err = std::cerr});
}
