#include "bench/machine/precise_wait.h"

#include <sys/prctl.h>

#include <atomic>
#include <thread>

#include "bench/machine/monotonic_clock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(WaitUntil, DoesNotReturnBefore) {
  SetFineTimers();
  for (const int64_t wait_ns : {0, 1'000, 50'000, 200'000, 2'000'000}) {
    const int64_t time = MonotonicNs() + wait_ns;
    EXPECT_TRUE(WaitUntil(time, {}));
    EXPECT_GE(MonotonicNs(), time);
  }
}

TEST(WaitUntil, ReturnsAtOnceForThePast) {
  EXPECT_TRUE(WaitUntil(0, {}));
  EXPECT_TRUE(WaitUntil(MonotonicNs() - 1, {}));
}

TEST(WaitUntil, EndsWhenItIsCancelled) {
  std::atomic<int> asked = 0;
  const int64_t in_an_hour = MonotonicNs() + int64_t{3'600} * 1'000'000'000;
  EXPECT_FALSE(WaitUntil(in_an_hour, [&] { return ++asked == 3; }));
  EXPECT_EQ(asked, 3);
}

TEST(SleepUntil, DoesNotReturnBefore) {
  for (const int64_t wait_ns : {1'000'000, 30'000'000}) {
    const int64_t time = MonotonicNs() + wait_ns;
    SleepUntil(time);
    EXPECT_GE(MonotonicNs(), time);
  }
}

TEST(WaitUntil, AsksAtLeastEvery50Milliseconds) {
  int asked = 0;
  const int64_t time = MonotonicNs() + 130'000'000;
  EXPECT_TRUE(WaitUntil(time, [&] {
    ++asked;
    return false;
  }));
  EXPECT_GE(asked, 2);
  EXPECT_LE(asked, 4);
}

TEST(WaitUntil, AsksOnceForThePast) {
  int asked = 0;
  EXPECT_TRUE(WaitUntil(0, [&] {
    ++asked;
    return false;
  }));
  EXPECT_EQ(asked, 1);
  EXPECT_FALSE(WaitUntil(0, [] { return true; }));
}

TEST(SetFineTimers, AsksForANanosecond) {
  std::thread([] {
    SetFineTimers();
    EXPECT_EQ(prctl(PR_GET_TIMERSLACK, 0UL, 0UL, 0UL, 0UL), 1);
  }).join();
}

}  // namespace
}  // namespace slo::bench
