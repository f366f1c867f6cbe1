// bench_workflow: Google Benchmark over the workflow-run API. See README.md.

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "bench/bench_context.h"
#include "bench/bench_options.h"
#include "bench/families.h"
#include "benchmark/benchmark.h"

namespace {

void PrintHelp() {
  benchmark::PrintDefaultHelp();
  std::cout << "\nScenario sizes and method:\n" << slo::bench::BenchOptionsHelp();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> command_line(argv, argv + argc);
  benchmark::Initialize(&argc, argv, PrintHelp);
  const std::vector<absl::string_view> rest(argv + 1, argv + argc);
  const auto options = slo::bench::ParseBenchOptions(rest);
  if (!options.ok()) {
    std::cerr << "bench_workflow: " << options.status().message() << '\n';
    return 2;
  }
  for (const auto& [key, value] : slo::bench::BenchContext(*options, command_line)) {
    benchmark::AddCustomContext(key, value);
  }
  slo::bench::RegisterFamilies(*options);
  if (benchmark::RunSpecifiedBenchmarks() == 0) {
    std::cerr << "bench_workflow: --benchmark_filter=" << benchmark::GetBenchmarkFilter()
              << " matches no benchmark; --benchmark_list_tests lists them\n";
    return 1;
  }
  benchmark::Shutdown();
  return EXIT_SUCCESS;
}
