#include "bench/machine/environment_monitor.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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
  tools::Counters counters;
  AddEnvironmentCounters(environment, counters);
  EXPECT_DOUBLE_EQ(counters["environment_stall_share"], 0.03);
  EXPECT_EQ(counters["environment_stalls_count"], 2);
  EXPECT_EQ(counters["environment_stall_max_us"], 20'000);
  EXPECT_NEAR(counters["environment_timer_floor_us"], 51, 0.1);
  EXPECT_EQ(counters["environment_steal_share"], 0.25);
}

TEST(EnvironmentMonitor, CountsAStallForEachWakeUpThatWasLateByAMillisecond) {
  EnvironmentMonitor monitor;
  absl::SleepFor(absl::Milliseconds(60));
  const Environment environment = monitor.Stop();
  EXPECT_LE(environment.stalls, environment.wake_up_lateness.count());
  EXPECT_GE(environment.stalled, environment.stalls * Environment::kStall);
  // The lateness of each wake-up is one of the samples.
  int64_t late = 0;
  for (int64_t rank = 1; rank <= environment.wake_up_lateness.count(); ++rank) {
    late += environment.wake_up_lateness.AtRank(rank) >= absl::Microseconds(1'001) ? 1 : 0;
  }
  EXPECT_GE(environment.stalls, late);
  EXPECT_LT(environment.length, absl::Seconds(60));
}

TEST(Environment, HasNoStallShareOfNoTime) {
  EXPECT_EQ(
      (Environment{.length = absl::ZeroDuration(), .stalled = absl::Seconds(1)}.stall_share()), 0);
  EXPECT_EQ((Environment{.length = -absl::Seconds(1), .stalled = absl::Seconds(1)}.stall_share()),
            0);
  EXPECT_EQ((Environment{.length = absl::Seconds(1), .stalled = -absl::Seconds(1)}.stall_share()),
            0);
  EXPECT_EQ(
      (Environment{.length = absl::Nanoseconds(1), .stalled = absl::Nanoseconds(1)}.stall_share()),
      1);
  EXPECT_EQ(Environment::kStall, absl::Milliseconds(1));
  EXPECT_EQ(Environment().stalls, 0);
}

TEST(RunQueueWait, IsThatOfTheThread) {
  const auto wait = RunQueueWait();
  if (!wait.has_value()) GTEST_SKIP() << "the kernel does not say";
  EXPECT_GE(*wait, absl::ZeroDuration());
}

TEST(AddWaitCounter, IsTheShareOfTheTimeOfEachThread) {
  tools::Counters counters;
  AddWaitCounter(absl::Seconds(3), absl::Seconds(4), 2, counters);
  EXPECT_EQ(counters, (tools::Counters{{"environment_wait_share", 0.375}}));
  counters.clear();
  AddWaitCounter(absl::Seconds(3), absl::Seconds(4), 1, counters);
  EXPECT_EQ(counters, (tools::Counters{{"environment_wait_share", 0.75}}));
}

TEST(AddWaitCounter, IsLeftOutWhereItMeansNothing) {
  tools::Counters counters;
  AddWaitCounter(std::nullopt, absl::Seconds(4), 2, counters);
  AddWaitCounter(absl::Seconds(3), absl::ZeroDuration(), 2, counters);
  AddWaitCounter(absl::Seconds(3), -absl::Seconds(1), 2, counters);
  AddWaitCounter(absl::Seconds(3), absl::Seconds(4), 0, counters);
  EXPECT_TRUE(counters.empty());
}

TEST(AddEnvironmentCounters, LeavesOutWhatIsNotKnown) {
  tools::Counters counters;
  AddEnvironmentCounters(Environment(), counters);
  EXPECT_EQ(counters,
            (tools::Counters{{"environment_stall_share", 0}, {"environment_stalls_count", 0}}));
}

TEST(AddEnvironmentCounters, TakesTheLowerMedianOfTheLateness) {
  for (const auto& [samples, median] : {std::pair(1, 1), {2, 1}, {3, 2}, {4, 2}, {5, 3}}) {
    Environment environment;
    for (int i = 1; i <= samples; ++i) environment.wake_up_lateness.RecordNanoseconds(100 * i);
    tools::Counters counters;
    AddEnvironmentCounters(environment, counters);
    EXPECT_DOUBLE_EQ(counters.at("environment_timer_floor_us"), median / 10.0) << samples;
    EXPECT_DOUBLE_EQ(counters.at("environment_stall_max_us"), samples / 10.0);
  }
}

// proc(5), stat: the first eight times of all cores, in ticks; the last of them is stolen.
std::vector<int64_t> TicksOfTheMachine() {
  std::ifstream stat("/proc/stat");
  std::string label;
  stat >> label;
  std::vector<int64_t> ticks(8);
  for (int64_t& one : ticks) stat >> one;
  return ticks;
}

int64_t AllTicksOfTheMachine() {
  const std::vector<int64_t> ticks = TicksOfTheMachine();
  return std::accumulate(ticks.begin(), ticks.end(), int64_t{0});
}

TEST(EnvironmentMonitor, KnowsTheStolenShareOfTheTicksThatPassed) {
  if (AllTicksOfTheMachine() == 0) GTEST_SKIP() << "the kernel does not say";
  const int64_t stolen_before = TicksOfTheMachine().back();
  EnvironmentMonitor monitor;
  const int64_t before = AllTicksOfTheMachine();
  while (AllTicksOfTheMachine() < before + 4) absl::SleepFor(absl::Milliseconds(5));
  const Environment environment = monitor.Stop();
  ASSERT_TRUE(environment.steal_share.has_value());
  EXPECT_GE(*environment.steal_share, 0);
  EXPECT_LE(*environment.steal_share, 1);
  if (TicksOfTheMachine().back() == stolen_before) {
    EXPECT_EQ(*environment.steal_share, 0);
  }
}

// A process that is stopped for a while is what a machine looks like on which nobody runs.
TEST(EnvironmentMonitor, CountsTheTimeInWhichNobodyRan) {
  std::array<int, 2> is_watching = {};
  std::array<int, 2> is_enough = {};
  ASSERT_EQ(pipe(is_watching.data()), 0);
  ASSERT_EQ(pipe(is_enough.data()), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  char byte = 0;
  if (child == 0) {
    EnvironmentMonitor monitor;
    if (write(is_watching[1], "x", 1) != 1 || read(is_enough[0], &byte, 1) != 1) _exit(1);
    const Environment environment = monitor.Stop();
    if (environment.stalls < 1) _exit(2);
    if (environment.stalled < absl::Milliseconds(25)) _exit(3);
    _exit(environment.stall_share() > 0 ? 0 : 4);
  }
  int status = -1;
  ASSERT_EQ(read(is_watching[0], &byte, 1), 1);
  // The watcher may not have begun to sleep before the first time.
  for (int i = 0; i < 3; ++i) {
    absl::SleepFor(absl::Milliseconds(5));
    kill(child, SIGSTOP);
    ASSERT_EQ(waitpid(child, &status, WUNTRACED), child);
    absl::SleepFor(absl::Milliseconds(30));
    kill(child, SIGCONT);
  }
  absl::SleepFor(absl::Milliseconds(5));
  ASSERT_EQ(write(is_enough[1], "x", 1), 1);
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  for (const auto& ends : {is_watching, is_enough}) {
    for (const int end : ends) close(end);
  }
}

}  // namespace
}  // namespace slo::bench
