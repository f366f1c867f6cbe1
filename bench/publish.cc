#include "bench/publish.h"

#include "absl/strings/str_cat.h"

namespace slo::bench {

void Publish(const workload::Counters& counters, const workload::RunRecorder& recorder,
             benchmark::State& state) {
  for (const auto& [name, value] : counters) state.counters[name] = value;
  if (recorder.failures() > 0) {
    state.SetLabel(absl::StrCat("first failure: ", recorder.first_failure()));
  }
}

}  // namespace slo::bench
