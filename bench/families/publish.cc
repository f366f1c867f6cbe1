#include "bench/families/publish.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "tools/lib/results/counter_names.h"

namespace slo::bench {

void PublishCounters(const Counters& counters, const tools::BoundOptions& bounds,
                     benchmark::State& state) {
  if (bounds.processes > 1) {
    state.counters[tools::kProcessesCount] = static_cast<double>(bounds.processes);
  }
  for (const auto& [name, value] : counters) {
    if (std::isfinite(value)) state.counters[name] = value;
  }
}

void Publish(const Counters& counters, const RunRecorder& recorder,
             const tools::BoundOptions& bounds, benchmark::State& state) {
  PublishCounters(counters, bounds, state);
  if (recorder.failures() > 0) {
    state.SetLabel(absl::StrCat("first failure: ", recorder.first_failure()));
  }
}

}  // namespace slo::bench
