// bench_workflow: Google Benchmark over the workflow-run API. See README.md.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "bench/cli/bench_context.h"
#include "bench/cli/bench_options.h"
#include "bench/cli/slowdown_variable.h"
#include "bench/families/families.h"
#include "bench/families/stop_signal.h"
#include "bench/system/api_under_test.h"
#include "bench/system/calibrate_slowdown.h"
#include "bench/system/preflight.h"
#include "bench/trace/trace.h"
#include "benchmark/benchmark.h"
#include "tools/lib/flags/version.h"

namespace {

void PrintHelp() {
  benchmark::PrintDefaultHelp();
  std::cout << "\n"
            << slo::bench::BenchOptionsHelp() << "\nEnvironment:\n"
            << slo::bench::SlowdownHelp()
            << "  SLO_RUNNER_TOKEN  the token that the server of --target wants of runners\n";
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
  auto slowdown = slo::bench::CalibrateSlowdown(**spec);
  if (!slowdown.ok()) return slowdown.status();
  options->slowdown = *std::move(slowdown);
  return options;
}

// Whether the target, if there is one, speaks what is going to be measured.
absl::Status CheckTarget(const slo::bench::ApiOptions& options,
                         absl::Span<const std::string> command_line) {
  const bool only_lists =
      std::any_of(command_line.begin(), command_line.end(), [](const std::string& argument) {
        return argument == "--benchmark_list_tests" || argument == "--benchmark_list_tests=true";
      });
  if (!options.has_target() || only_lists) return absl::OkStatus();
  const auto api = slo::bench::ApiUnderTest::Make(options);
  if (!api.ok()) return api.status();
  return slo::bench::CheckRunPath((*api)->client());
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> command_line = {argv[0]};
  for (int i = 1; i < argc; ++i) {
    command_line.push_back(slo::bench::ForGoogleBenchmark(argv[i]));
  }
  std::vector<char*> spelled;
  for (std::string& argument : command_line) spelled.push_back(argument.data());
  spelled.push_back(nullptr);
  benchmark::Initialize(&argc, spelled.data(), PrintHelp);
  const std::vector<absl::string_view> rest(spelled.begin() + 1, spelled.begin() + argc);
  auto options = ReadOptions(rest);
  if (!options.ok()) {
    for (const absl::string_view line : absl::StrSplit(options.status().message(), '\n')) {
      std::cerr << "bench_workflow: " << line << '\n';
    }
    return 2;
  }
  if (options->version) {
    std::cout << slo::tools::VersionLine("bench_workflow");
    return EXIT_SUCCESS;
  }
  if (!options->trace_file.empty()) {
    const absl::Status writable = slo::trace::Trace::CheckWritable(options->trace_file);
    if (!writable.ok()) {
      std::cerr << "bench_workflow: --slo_trace: " << writable.message() << '\n';
      return 2;
    }
    options->trace = std::make_shared<slo::trace::Trace>();
  }
  options->api.runner_token = std::string(Variable("SLO_RUNNER_TOKEN"));
  const absl::Status reachable = CheckTarget(options->api, command_line);
  if (!reachable.ok()) {
    std::cerr << "bench_workflow: --target: " << reachable.message() << '\n';
    return 2;
  }
  const auto context = slo::bench::BenchContext(*options, command_line);
  for (const auto& [key, value] : context) benchmark::AddCustomContext(key, value);
  slo::bench::RegisterFamilies(*options);
  slo::bench::InstallStopSignals();
  if (benchmark::RunSpecifiedBenchmarks() == 0) {
    std::cerr << "bench_workflow: --benchmark_filter=" << benchmark::GetBenchmarkFilter()
              << " matches no benchmark; --benchmark_list_tests lists them\n";
    return 1;
  }
  benchmark::Shutdown();
  if (options->trace != nullptr) {
    const absl::Status written = options->trace->Write(options->trace_file, context);
    if (!written.ok()) {
      std::cerr << "bench_workflow: --slo_trace: " << written.message() << '\n';
      return 2;
    }
  }
  const int stop_signal = slo::bench::StopSignal();
  if (stop_signal == 0) return EXIT_SUCCESS;
  std::cerr << "bench_workflow: interrupted; the rows say what was measured until then\n";
  constexpr int kEndedBySignal = 128;
  return kEndedBySignal + stop_signal;
}
