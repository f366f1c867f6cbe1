// What bench_workflow is told beside Google Benchmark's own flags.

#ifndef SLO_BENCH_CLI_BENCH_OPTIONS_H_
#define SLO_BENCH_CLI_BENCH_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "bench/faults/fault.h"
#include "bench/faults/slowdown.h"
#include "bench/system/stored_stack.h"
#include "tools/lib/results/bound_options.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::trace {
class Trace;
}  // namespace slo::trace

namespace slo::bench {

struct BenchOptions {
  ApiOptions api;
  int64_t load_runs = 8'000;
  absl::Duration load_duration;  // not zero: instead of load_runs
  int64_t soak_runs = 2'000;
  int64_t steps_per_run = 3;
  int64_t soak_pace_ms = 3;
  absl::Duration soak_duration;  // not zero: instead of soak_runs
  int64_t open_rate = 5'000;
  int64_t open_runs = 10'000;
  int64_t open_workers = 2;
  absl::Duration capacity_p99;  // zero: there is no BM_Capacity
  double capacity_success_ratio = 0.99;
  int64_t seed = 1;
  int64_t shard = 1;   // this is the shard-th of
  int64_t shards = 1;  // so many programs that measure the same; see docs/SHARDS.md
  tools::BoundOptions bounds;
  int64_t process = 1;               // this is the process-th of bounds.processes
  std::optional<Slowdown> slowdown;  // no flag: see bench/cli/slowdown_variable.h
  std::vector<Fault> faults;
  std::string faults_text;              // as they were given
  std::string trace_file;               // empty: no trace is written
  std::shared_ptr<trace::Trace> trace;  // what scenarios are handed to; null: nothing. No flag

  bool version = false;  // --version was given

  bool is_sharded() const { return shards > 1; }

  // Whether a trace keeps latencies and trials over time: what pooling needs to see common phases.
  bool traces_slots() const { return is_sharded(); }

  // What decides the order of things: shards and processes are not to repeat one another.
  uint64_t own_seed() const {
    const auto given = static_cast<uint64_t>(seed);
    const int64_t part = shard + shards * (process - 1);
    return part == 1 ? given : stats::MixBits(given) + static_cast<uint64_t>(part);
  }

  // With the slowdown and the faults.
  StackOptions stack_options() const {
    return {.api = api, .slowdown = slowdown, .faults = faults, .fault_seed = own_seed()};
  }
};

// The sizes for a server that runs already: times, since nobody knows how fast it is.
BenchOptions TargetDefaults();

// Reads `arguments`, what Google Benchmark left of the command line without the program's name.
// InvalidArgument lists every unknown flag (with the nearest known one) and every value that is
// malformed or out of range (with the range), one a line.
absl::StatusOr<BenchOptions> ParseBenchOptions(absl::Span<const absl::string_view> arguments);

// Spells a flag of Google Benchmark as Google Benchmark does, with underscores; and -h as --help,
// which it prints. Leaves the others alone.
std::string ForGoogleBenchmark(absl::string_view argument);

// The flags with their meanings, ranges and defaults, for --help.
std::string BenchOptionsHelp();

}  // namespace slo::bench

#endif  // SLO_BENCH_CLI_BENCH_OPTIONS_H_
