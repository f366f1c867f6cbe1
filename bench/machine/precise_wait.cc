#include "bench/machine/precise_wait.h"

#include <sys/prctl.h>
#include <time.h>  // NOLINT(modernize-deprecated-headers): clock_nanosleep is POSIX

#include <algorithm>

#include "bench/machine/monotonic_clock.h"

namespace slo::bench {
namespace {

constexpr int64_t kSpinNs = 60'000;  // a sleep wakes up so much too late, now and then
constexpr int64_t kMaxSleepNs = 50'000'000;

}  // namespace

void SleepUntil(int64_t time_ns) {
  constexpr int64_t kSecond = 1'000'000'000;
  const timespec time = {.tv_sec = static_cast<time_t>(time_ns / kSecond),
                         .tv_nsec = static_cast<long>(time_ns % kSecond)};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr);
}

void SetFineTimers() { prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); }

bool WaitUntil(int64_t time_ns, const std::function<bool()>& is_cancelled) {
  while (true) {
    if (is_cancelled && is_cancelled()) return false;
    const int64_t now = MonotonicNs();
    if (now >= time_ns - kSpinNs) break;
    SleepUntil(std::min(time_ns - kSpinNs, now + kMaxSleepNs));
  }
  while (MonotonicNs() < time_ns) {
  }
  return true;
}

}  // namespace slo::bench
