// Programs for tests that answer as Google Benchmark binaries do: shell scripts, each in the test's
// own folder.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_SCRIPTED_BENCHMARK_TESTING_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_SCRIPTED_BENCHMARK_TESTING_H_

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"

namespace slo::paired {

inline constexpr absl::string_view kAnswers = R"sh(
all="$*"
for argument; do
  case "$argument" in
    --benchmark_out=*) out="${argument#*=}" ;;
    --benchmark_filter=*) filter="${argument#*=}" ;;
  esac
done
case "$all" in
  *--benchmark_list_tests=true*) printf '%s\n' $listed | grep -E "${filter:-.}"; exit 0 ;;
  *BM_A*) name=BM_A ;;
  *) name=BM_B ;;
esac
row() {
  printf '{"name": "%s", "run_type": "iteration", ' "$name"
  printf '"real_time": %s, "cpu_time": %s, "time_unit": "us"}' "$1" "$1"
}
printed() {
  printf '{"context": {"num_cpus": 1, "executable": "%s", ' "$0"
  printf '"arguments": "%s", ' "$(printf '%s' "$all" | tr -d '\\"')"
  printf '"cpus": "%s"' "$(sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status)"
  printf '%s' "${SLOW+, \"slow\": \"$SLOW\"}"
  printf '}, "benchmarks": [%s]}\n' "$1"
}
results() { printed "$1" > "$out"; }
measured() { results "$(row "$1")"; }
)sh";

class ScriptedBenchmarkTest : public ::testing::Test {
 protected:
  // A program that lists `listed` and runs the script to measure `$name`. In the script `row TIME`
  // is a row with that time in microseconds, `results ROWS` writes them where it is told to, with a
  // context that says what was run, with which arguments and on which CPUs, and $SLOW where it is
  // set; `measured TIME` is both.
  std::string Program(absl::string_view name, absl::string_view script,
                      absl::string_view listed = "BM_A BM_B") const {
    const std::filesystem::path path = folder_ / std::string(name);
    std::ofstream(path) << absl::StrCat("#!/bin/sh\nlisted='", listed, "'\n", kAnswers, script,
                                        "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
  }

  const tools::ScratchFolder scratch_;
  const std::filesystem::path& folder_ = scratch_.path();
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_SCRIPTED_BENCHMARK_TESTING_H_
