#include "bench/record/utc_offset.h"

#include <chrono>
#include <cstdint>
#include <cstdlib>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(UtcOffset, LeadsFromOneClockToTheOther) {
  using std::chrono::duration_cast;
  using std::chrono::nanoseconds;
  // On Linux the steady clock is CLOCK_MONOTONIC.
  const auto steady = std::chrono::steady_clock::now().time_since_epoch();
  const auto utc = std::chrono::system_clock::now().time_since_epoch();
  const int64_t error_ns = duration_cast<nanoseconds>(utc).count() -
                           (duration_cast<nanoseconds>(steady).count() + UtcOffsetNs());
  constexpr int64_t kSecond = 1'000'000'000;
  EXPECT_LT(std::abs(error_ns), kSecond);
}

TEST(UtcOffset, IsTheSameForAsLongAsTheProcessLives) { EXPECT_EQ(UtcOffsetNs(), UtcOffsetNs()); }

}  // namespace
}  // namespace slo::bench
