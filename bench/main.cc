// bench_workflow: Google Benchmark over the workflow-run API. See README.md.

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "bench/bench_context.h"
#include "bench/bench_options.h"
#include "bench/families.h"
#include "bench/slowdown_variable.h"
#include "benchmark/benchmark.h"

namespace {

void PrintHelp() {
  benchmark::PrintDefaultHelp();
  std::cout << "\nScenario sizes and method:\n"
            << slo::bench::BenchOptionsHelp() << "\nEnvironment:\n"
            << slo::bench::SlowdownHelp();
}

absl::string_view Variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): no other thread yet
  return value != nullptr ? value : "";
}

// Options from flags and environment, or every problem of both.
absl::StatusOr<slo::bench::BenchOptions> ReadOptions(
    absl::Span<const absl::string_view> arguments) {
  auto options = slo::bench::ParseBenchOptions(arguments);
  const auto spec = slo::bench::ParseSlowdown(Variable(slo::bench::kSlowdownVariable));
  if (!options.ok() && !spec.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.status().message(), "\n", spec.status().message()));
  }
  if (!spec.ok()) return spec.status();
  if (!options.ok() || !spec->has_value()) return options;
  auto slowdown = slo::workload::CalibrateSlowdown(**spec);
  if (!slowdown.ok()) return slowdown.status();
  options->slowdown = *std::move(slowdown);
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> command_line(argv, argv + argc);
  benchmark::Initialize(&argc, argv, PrintHelp);
  const std::vector<absl::string_view> rest(argv + 1, argv + argc);
  const auto options = ReadOptions(rest);
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
