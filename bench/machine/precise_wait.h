// Waiting for a point in time without missing it by a scheduler's tick.

#ifndef SLO_BENCH_MACHINE_PRECISE_WAIT_H_
#define SLO_BENCH_MACHINE_PRECISE_WAIT_H_

#include <cstdint>
#include <functional>

namespace slo::bench {

// Lets the calling thread's sleeps end as soon as they may: by default Linux adds up to 50 us.
void SetFineTimers();

// Sleeps until `time_ns` of the monotonic clock, and longer if the scheduler has it so.
void SleepUntil(int64_t time_ns);

// Returns at `time_ns` of the monotonic clock or as soon after it as the scheduler lets: sleeps,
// and spins for the last few tens of microseconds. At once for a time that has passed. False,
// within 50 ms, when `is_cancelled` (may be empty) says so.
bool WaitUntil(int64_t time_ns, const std::function<bool()>& is_cancelled);

}  // namespace slo::bench

#endif  // SLO_BENCH_MACHINE_PRECISE_WAIT_H_
