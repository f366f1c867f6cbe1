#include "tools/slo_gate/explain/benchmark_log.h"

#include <cstddef>
#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace slo::tools {

Executions ExecutionsOf(absl::string_view benchmark, absl::string_view log) {
  constexpr absl::string_view kHead = "-- LOG(2): Running ";
  constexpr absl::string_view kFor = " for ";
  Executions executions;
  for (absl::string_view line : absl::StrSplit(log, '\n', absl::SkipEmpty())) {
    // What was printed before may have left its line open, as a warning of version 1.9 does.
    const size_t head = line.rfind(kHead);
    if (head == absl::string_view::npos) continue;
    line.remove_prefix(head);
    int64_t iterations = 0;
    if (!absl::ConsumePrefix(&line, kHead) || !absl::ConsumePrefix(&line, benchmark) ||
        !absl::ConsumePrefix(&line, kFor) || !absl::SimpleAtoi(line, &iterations) ||
        iterations <= 0 ||
        iterations > std::numeric_limits<int64_t>::max() - executions.iterations) {
      continue;
    }
    ++executions.bodies;
    executions.iterations += iterations;
  }
  return executions;
}

}  // namespace slo::tools
