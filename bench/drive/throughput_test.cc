#include "bench/drive/throughput.h"

#include <numeric>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::DoubleNear;
using ::testing::Each;
using ::testing::ElementsAre;

double Sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// `runs` runs of `busy` each, that succeed.
RunMeter Steady(int runs, absl::Duration busy) {
  RunMeter meter;
  for (int i = 0; i < runs; ++i) meter.Add(busy, /*has_succeeded=*/true);
  return meter;
}

TEST(RunMeter, CountsRunsSuccessesAndTime) {
  RunMeter meter = Steady(3, absl::Microseconds(40));
  meter.Add(absl::Microseconds(7), /*has_succeeded=*/false);
  EXPECT_EQ(meter.runs(), 4);
  EXPECT_EQ(meter.succeeded(), 3);
  EXPECT_EQ(meter.busy(), absl::Microseconds(127));
}

TEST(RunMeter, CutsEqualTimeAndNotEqualRuns) {
  // Eight fast runs, then one that takes as long as they together.
  RunMeter meter = Steady(8, absl::Microseconds(10));
  meter.Add(absl::Microseconds(80), /*has_succeeded=*/true);
  EXPECT_THAT(meter.SucceededByWindow(2), ElementsAre(DoubleNear(8, 1e-9), DoubleNear(1, 1e-9)));
}

TEST(RunMeter, GivesAFailedRunItsTimeAndNoCount) {
  RunMeter meter = Steady(1, absl::Microseconds(10));
  meter.Add(absl::Microseconds(20), /*has_succeeded=*/false);
  EXPECT_THAT(meter.SucceededByWindow(3),
              ElementsAre(DoubleNear(1, 1e-9), DoubleNear(0, 1e-9), DoubleNear(0, 1e-9)));
}

TEST(RunMeter, KeepsEveryCountHoweverLongItRuns) {
  // From 64 slots of a microsecond on, each length is some full slots and a part of one.
  for (const int runs : {1, 63, 64, 65, 127, 128, 129, 1'000, 54'321}) {
    const RunMeter meter = Steady(runs, absl::Nanoseconds(1'237));
    for (const size_t windows : {1U, 12U, 32U}) {
      const std::vector<double> counts = meter.SucceededByWindow(windows);
      EXPECT_NEAR(Sum(counts), runs, 1e-6 * runs) << runs;
      EXPECT_THAT(counts, Each(DoubleNear(1.0 * runs / static_cast<double>(windows), 1e-6 * runs)))
          << runs;
    }
  }
}

TEST(RunMeter, SharesARunOutThatIsMuchLongerThanTheOthers) {
  RunMeter meter = Steady(1'000, absl::Milliseconds(1));
  meter.Add(absl::Seconds(1), /*has_succeeded=*/true);
  const std::vector<double> counts = meter.SucceededByWindow(4);
  EXPECT_THAT(counts, ElementsAre(DoubleNear(500, 10), DoubleNear(500, 10), DoubleNear(0.5, 10),
                                  DoubleNear(0.5, 0.1)));
  EXPECT_NEAR(Sum(counts), 1'001, 1e-6);
}

TEST(RunMeter, CountsARunThatTookNoTime) {
  RunMeter meter;
  meter.Add(absl::ZeroDuration(), /*has_succeeded=*/true);
  EXPECT_THAT(meter.SucceededByWindow(2), ElementsAre(0, 0)) << "no time to be cut";
  meter.Add(absl::Microseconds(2), /*has_succeeded=*/true);
  meter.Add(absl::ZeroDuration(), /*has_succeeded=*/true);
  EXPECT_NEAR(Sum(meter.SucceededByWindow(2)), 3, 1e-9);
  EXPECT_EQ(meter.succeeded(), 3);
}

TEST(RunMeter, IsEmptyAtFirst) {
  EXPECT_EQ(RunMeter().runs(), 0);
  EXPECT_EQ(RunMeter().busy(), absl::ZeroDuration());
  EXPECT_THAT(RunMeter().SucceededByWindow(3), ElementsAre(0, 0, 0));
}

TEST(ThroughputOf, HasTheRateOverallForTheMeanOfItsWindows) {
  RunMeter meter;
  for (int i = 0; i < 2'000; ++i) {
    meter.Add(absl::Microseconds(10 + i % 7 * 20), /*has_succeeded=*/i % 3 != 0);
  }
  const Throughput throughput = ThroughputOf({{.runs = &meter, .requests = 16'000}});
  const double seconds = absl::ToDoubleSeconds(meter.busy());
  EXPECT_NEAR(throughput.runs_per_second, static_cast<double>(meter.succeeded()) / seconds, 1e-6);
  EXPECT_NEAR(throughput.requests_per_second, 16'000 / seconds, 1e-6);
  ASSERT_EQ(throughput.window_runs_per_second.size(), 32U);
  EXPECT_NEAR(Sum(throughput.window_runs_per_second) / 32, throughput.runs_per_second, 1e-6);
  EXPECT_NEAR(absl::ToDoubleSeconds(throughput.window_length), seconds / 32, 1e-9);
}

TEST(ThroughputOf, AddsTheRatesOfClientsUpWindowByWindow) {
  const RunMeter slow = Steady(100, absl::Microseconds(200));
  const RunMeter fast = Steady(100, absl::Microseconds(50));
  const Throughput throughput =
      ThroughputOf({{.runs = &slow, .requests = 100}, {.runs = &fast, .requests = 800}});
  EXPECT_NEAR(throughput.runs_per_second, 25'000, 1e-6);
  EXPECT_NEAR(throughput.requests_per_second, 165'000, 1e-6);
  EXPECT_THAT(throughput.window_runs_per_second, Each(DoubleNear(25'000, 1e-3)));
  EXPECT_EQ(throughput.window_length, absl::Milliseconds(5) / 32) << "that of the shorter time";
}

TEST(ThroughputOf, HasWindowsOfTwoRunsOrMore) {
  for (const auto& [runs, windows] :
       {std::pair(1, 0U), {2, 1U}, {3, 1U}, {63, 31U}, {64, 32U}, {65, 32U}, {1'000, 32U}}) {
    const RunMeter meter = Steady(runs, absl::Milliseconds(1));
    const Throughput throughput = ThroughputOf({{.runs = &meter, .requests = 0}});
    EXPECT_EQ(throughput.window_runs_per_second.size(), windows) << runs;
    EXPECT_NEAR(throughput.runs_per_second, 1'000, 1e-6);
  }
  const RunMeter few = Steady(20, absl::Milliseconds(1));
  const RunMeter many = Steady(200, absl::Milliseconds(1));
  EXPECT_EQ(ThroughputOf({{.runs = &many}, {.runs = &few}}).window_runs_per_second.size(), 10U);
}

TEST(ThroughputOf, IsNothingWithoutTime) {
  const RunMeter idle;
  const RunMeter busy = Steady(4, absl::Milliseconds(1));
  EXPECT_EQ(ThroughputOf({}).runs_per_second, 0);
  EXPECT_EQ(ThroughputOf({{.runs = &idle}}).runs_per_second, 0);
  EXPECT_TRUE(ThroughputOf({{.runs = &idle}}).window_runs_per_second.empty());
  const Throughput throughput = ThroughputOf({{.runs = &idle}, {.runs = &busy}});
  EXPECT_NEAR(throughput.runs_per_second, 1'000, 1e-6);
  EXPECT_EQ(throughput.window_runs_per_second.size(), 2U);
}

TEST(Throughput, IsNothingUntilItIsMeasured) {
  EXPECT_EQ(Throughput().runs_per_second, 0);
  EXPECT_EQ(Throughput().requests_per_second, 0);
  EXPECT_EQ(Throughput().window_length, absl::ZeroDuration());
  EXPECT_EQ(ClientLoad().requests, 0);
}

}  // namespace
}  // namespace slo::bench
