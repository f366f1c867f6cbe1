// The two clocks of a measurement, in nanoseconds.

#ifndef SLO_BENCH_MACHINE_MONOTONIC_CLOCK_H_
#define SLO_BENCH_MACHINE_MONOTONIC_CLOCK_H_

#include <time.h>  // NOLINT(modernize-deprecated-headers): clock_gettime is POSIX

#include <cstdint>

namespace slo::bench {

inline int64_t ClockNs(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// Monotonic wall time; about 25 ns a read.
inline int64_t MonotonicNs() { return ClockNs(CLOCK_MONOTONIC); }

// CPU time of the calling thread; a system call, so read around batches only.
inline int64_t ThreadCpuNs() { return ClockNs(CLOCK_THREAD_CPUTIME_ID); }

}  // namespace slo::bench

#endif  // SLO_BENCH_MACHINE_MONOTONIC_CLOCK_H_
