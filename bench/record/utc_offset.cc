#include "bench/record/utc_offset.h"

#include <time.h>  // NOLINT(modernize-deprecated-headers): clock_gettime is POSIX

namespace slo::bench {
namespace {

int64_t ReadNs(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// The time in UTC lies between two readings of the other clock; the middle is off by half of what
// is between them.
int64_t ReadOffsetNs() {
  const int64_t before_ns = ReadNs(CLOCK_MONOTONIC);
  const int64_t utc_ns = ReadNs(CLOCK_REALTIME);
  const int64_t after_ns = ReadNs(CLOCK_MONOTONIC);
  return utc_ns - (before_ns + (after_ns - before_ns) / 2);
}

}  // namespace

int64_t UtcOffsetNs() {
  static const int64_t offset_ns = ReadOffsetNs();
  return offset_ns;
}

}  // namespace slo::bench
