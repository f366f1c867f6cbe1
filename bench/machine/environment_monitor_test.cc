#include "bench/machine/environment_monitor.h"

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(EnvironmentMonitor, WatchesAsLongAsItIsAskedTo) {
  EnvironmentMonitor monitor;
  absl::SleepFor(absl::Milliseconds(50));
  const Environment environment = monitor.Stop();
  EXPECT_GE(environment.length, absl::Milliseconds(50));
  EXPECT_GE(environment.wake_up_lateness.count(), 1);
  EXPECT_LE(environment.wake_up_lateness.count(), 52) << "one a millisecond at most";
  EXPECT_GE(environment.stall_share(), 0);
  EXPECT_LE(environment.stall_share(), 1);
  if (environment.steal_share.has_value()) {
    EXPECT_GE(*environment.steal_share, 0);
    EXPECT_LE(*environment.steal_share, 1);
  }
}

TEST(EnvironmentMonitor, EndsWithItsOwnerToo) { const EnvironmentMonitor monitor; }

TEST(Environment, StallShareIsTheShareOfTheTime) {
  Environment environment;
  EXPECT_EQ(environment.stall_share(), 0);
  environment.length = absl::Seconds(2);
  environment.stalled = absl::Milliseconds(100);
  EXPECT_DOUBLE_EQ(environment.stall_share(), 0.05);
  environment.stalled = absl::Seconds(3);
  EXPECT_EQ(environment.stall_share(), 1);
}

TEST(RunQueueWait, NeverGetsLess) {
  const auto before = RunQueueWait();
  if (!before.has_value()) GTEST_SKIP() << "the kernel does not say";
  absl::SleepFor(absl::Milliseconds(1));
  EXPECT_GE(*RunQueueWait(), *before);
}

TEST(AddEnvironmentCounters, NamesWhatWasSeen) {
  Environment environment = {.length = absl::Seconds(1),
                             .stalled = absl::Milliseconds(30),
                             .stalls = 2,
                             .steal_share = 0.25};
  environment.wake_up_lateness.RecordNanoseconds(50'000);
  environment.wake_up_lateness.RecordNanoseconds(51'000);
  environment.wake_up_lateness.RecordNanoseconds(20'000'000);
  stats::Counters counters;
  AddEnvironmentCounters(environment, counters);
  EXPECT_DOUBLE_EQ(counters["environment_stall_share"], 0.03);
  EXPECT_EQ(counters["environment_stalls_count"], 2);
  EXPECT_EQ(counters["environment_stall_max_us"], 20'000);
  EXPECT_NEAR(counters["environment_timer_floor_us"], 51, 0.1);
  EXPECT_EQ(counters["environment_steal_share"], 0.25);
}

}  // namespace
}  // namespace slo::bench
