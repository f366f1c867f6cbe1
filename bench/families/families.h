// The benchmark families, one registration function each. A row is named
// BM_Family/arg:value/...; sizes come from the flags, so rows are registered after they are read.

#ifndef SLO_BENCH_FAMILIES_FAMILIES_H_
#define SLO_BENCH_FAMILIES_FAMILIES_H_

#include "bench/cli/bench_options.h"

namespace slo::bench {

void RegisterHarnessFloor(const BenchOptions& options);
void RegisterStages(const BenchOptions& options);
void RegisterRunPath(const BenchOptions& options);
void RegisterRetainedRun(const BenchOptions& options);
void RegisterLoadBurst(const BenchOptions& options);
void RegisterOpenLoad(const BenchOptions& options);
void RegisterSustainedSoak(const BenchOptions& options);
void RegisterCapacity(const BenchOptions& options);

// All of the above, in the order in which they run.
void RegisterFamilies(const BenchOptions& options);

}  // namespace slo::bench

#endif  // SLO_BENCH_FAMILIES_FAMILIES_H_
