#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/lib/text/exact_pattern.h"
#include "tools/slo_gate/explain/benchmark_log.h"
#include "tools/slo_gate/explain/counted_costs.h"
#include "tools/slo_gate/explain/per_iteration.h"

namespace slo::tools {
namespace {

// Of a process under callgrind, which is some fifty times slower.
constexpr absl::string_view kLongSeconds = "0.2";
constexpr absl::string_view kNoTime = "0.000000001";
// Where the program fixes its iterations.
constexpr int kRepetitions = 4;
// In the names of the benchmark's function and of what calls it in the program. What is outside,
// such as the reports, depends on the number of repetitions.
constexpr absl::string_view kTakesState = "(benchmark::State&";

struct ProgramToCount {
  std::string binary;
  std::vector<std::string> arguments;
};

struct ProgramRun {
  CallTree tree;
  Executions executions;
};

// With plain seconds, which every version reads.
absl::StatusOr<ProgramRun> RunProgram(const ProgramToCount& program, absl::string_view benchmark,
                                      absl::string_view min_time, int64_t repetitions,
                                      const ProfileTools& tools) {
  ProfiledCommand command = {
      .arguments = {program.binary, absl::StrCat("--benchmark_filter=", ExactPattern(benchmark)),
                    absl::StrCat("--benchmark_min_time=", min_time),
                    absl::StrCat("--benchmark_repetitions=", repetitions), "--v=2"},
      .root = {.part_of_name = std::string(kTakesState), .has_others = false}};
  command.arguments.insert(command.arguments.end(), program.arguments.begin(),
                           program.arguments.end());
  absl::StatusOr<std::vector<ProfiledRun>> runs = RunUnderCallgrind({command}, tools);
  if (!runs.ok()) return runs.status();
  ProfiledRun& run = (*runs)[0];
  const Executions executions = ExecutionsOf(benchmark, run.err);
  if (executions.bodies == 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(program.binary, ": expected Google Benchmark's log of ", benchmark,
                     " on stderr (--v=2), found none; its iterations are not known"));
  }
  return ProgramRun{.tree = std::move(run.tree), .executions = executions};
}

// The threads that each do the iterations.
int64_t ThreadsOf(absl::string_view benchmark) {
  int64_t threads = 1;
  for (absl::string_view part : absl::StrSplit(benchmark, '/')) {
    int64_t stated = 0;
    if (absl::ConsumePrefix(&part, "threads:") && absl::SimpleAtoi(part, &stated) && stated > 0) {
      threads = stated;
    }
  }
  return threads;
}

}  // namespace

absl::StatusOr<CountedCosts> CountProgram(const std::string& binary, absl::string_view benchmark,
                                          const std::vector<std::string>& arguments,
                                          const ProfileTools& tools) {
  const ProgramToCount program = {.binary = binary, .arguments = arguments};
  absl::StatusOr<ProgramRun> longer = RunProgram(program, benchmark, kLongSeconds, 1, tools);
  if (!longer.ok()) return longer.status();
  // As many calls of the benchmark's function, with one iteration each: what it prepares cancels.
  absl::StatusOr<ProgramRun> shorter =
      RunProgram(program, benchmark, kNoTime, longer->executions.bodies, tools);
  if (!shorter.ok()) return shorter.status();
  std::string cancelled = "start-up and preparation cancel";
  if (shorter->executions.bodies != longer->executions.bodies ||
      shorter->executions.iterations >= longer->executions.iterations) {
    // The program fixes the number of iterations, or the time.
    shorter = std::move(longer);
    longer = RunProgram(program, benchmark, kLongSeconds, kRepetitions, tools);
    if (!longer.ok()) return longer.status();
    cancelled = "start-up cancels; the program fixes its iterations, so preparation is included";
  }
  const int64_t iterations = longer->executions.iterations - shorter->executions.iterations;
  if (iterations <= 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(binary, ": ", benchmark,
                     ": expected more iterations with more repetitions, "
                     "found ",
                     longer->executions.iterations, " and ", shorter->executions.iterations));
  }
  return CountedCosts{
      .tree = PerIteration(shorter->tree, longer->tree,
                           static_cast<double>(iterations * ThreadsOf(benchmark))),
      .method = absl::StrCat("the program under callgrind with ", shorter->executions.iterations,
                             " and ", longer->executions.iterations, " iterations: ", cancelled),
      .per = "iteration"};
}

}  // namespace slo::tools
