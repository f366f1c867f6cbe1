#include "bench/families/families.h"

namespace slo::bench {

// The rows with 100,000 stored runs come last: filling the store leaves a large heap behind.
void RegisterFamilies(const BenchOptions& options) {
  RegisterHarnessFloor(options);
  RegisterRunPath(options);
  RegisterRetainedRun(options);
  RegisterLoadBurst(options);
  RegisterOpenLoad(options);
  RegisterSustainedSoak(options);
  RegisterStages(options);
  RegisterCapacity(options);
}

}  // namespace slo::bench
