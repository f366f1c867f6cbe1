#include "bench/families/publish.h"

#include <cmath>

#include "absl/strings/str_cat.h"

namespace slo::bench {

void PublishCounters(const Counters& counters, benchmark::State& state) {
  for (const auto& [name, value] : counters) {
    if (std::isfinite(value)) state.counters[name] = value;
  }
}

void Publish(const Counters& counters, const RunRecorder& recorder, benchmark::State& state) {
  PublishCounters(counters, state);
  if (recorder.failures() > 0) {
    state.SetLabel(absl::StrCat("first failure: ", recorder.first_failure()));
  }
}

}  // namespace slo::bench
