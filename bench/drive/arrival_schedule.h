// When the requests of an open loop are planned to start: a list of times that depends on nothing
// but a rate and a seed.

#ifndef SLO_BENCH_DRIVE_ARRIVAL_SCHEDULE_H_
#define SLO_BENCH_DRIVE_ARRIVAL_SCHEDULE_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace slo::bench {

enum class ArrivalProcess {
  kPoisson,   // independent users: exponential times between two arrivals
  kConstant,  // a timer: equal times between two arrivals
};

// "poisson", "constant".
absl::string_view Name(ArrivalProcess process);

struct ArrivalPlan {
  ArrivalProcess process = ArrivalProcess::kPoisson;
  double rate_per_second = 1'000;  // from 0.001 to 1e7
  int64_t arrivals = 1;            // from 1 to 10,000,000
  uint64_t seed = 1;
};

// The planned starts in nanoseconds after the scenario's, ascending; the first one comes a gap
// after it. Bit-identical on every machine and standard library: integers only, a logarithm of
// 32 fractional bits included. Eight bytes and about a tenth of a microsecond each. A pure
// function.
std::vector<int64_t> PlanArrivals(const ArrivalPlan& plan);

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_ARRIVAL_SCHEDULE_H_
