// From the monotonic clock to UTC, so that programs on several machines can be put side by side.

#ifndef SLO_BENCH_RECORD_UTC_OFFSET_H_
#define SLO_BENCH_RECORD_UTC_OFFSET_H_

#include <cstdint>

namespace slo::bench {

// What to add to a time of CLOCK_MONOTONIC for nanoseconds since 1970 in UTC. Read once a process,
// so that its times stay in order whatever happens to the system's clock. Thread-safe.
int64_t UtcOffsetNs();

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_UTC_OFFSET_H_
