#include "tests/calibration/disturbed_api.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tests/calibration/simulated_api.h"

namespace slo::calibration {
namespace {

double ShareOver(const std::vector<double>& latencies_ms, double limit_ms) {
  const auto over = std::count_if(latencies_ms.begin(), latencies_ms.end(),
                                  [&](double latency_ms) { return latency_ms > limit_ms; });
  return static_cast<double>(over) / static_cast<double>(latencies_ms.size());
}

// By the histogram, which rounds up by less than 0.1 %.
double ShareOver(const bench::LatencyRecorder& recorder, double limit_ms) {
  int64_t over = 0;
  recorder.histogram().ForEachBucket([&](size_t, int64_t highest_ns, int64_t count) {
    if (static_cast<double>(highest_ns) > limit_ms * 1.001e6) over += count;
  });
  return static_cast<double>(over) / static_cast<double>(recorder.count());
}

TEST(DisturbedRuns, AreOfThatLengthAndShare) {
  for (const int length : {1, 5, 100}) {
    std::mt19937_64 random(1);
    const std::vector<bool> disturbed = DisturbedRuns(length, 0.02, 1'000'000, random);
    const auto count = std::count(disturbed.begin(), disturbed.end(), true);
    EXPECT_NEAR(static_cast<double>(count) / 1e6, 0.02, 0.003) << length;
    auto from = std::find(disturbed.begin(), disturbed.end(), false);
    int runs = 0;
    while (true) {
      const auto begin = std::find(from, disturbed.end(), true);
      const auto end = std::find(begin, disturbed.end(), false);
      if (end == disturbed.end()) break;
      ASSERT_EQ(end - begin, length);
      ++runs;
      from = end;
    }
    EXPECT_GT(runs, 100);
  }
}

TEST(DisturbedRuns, BeginAtRandom) {
  int first = 0;
  for (unsigned seed = 1; seed <= 20'000; ++seed) {
    std::mt19937_64 random(seed);
    first += DisturbedRuns(20, 0.05, 1, random)[0] ? 1 : 0;
  }
  EXPECT_NEAR(first / 20'000.0, 0.05, 0.006);
}

TEST(DisturbedApi, ExceedsItsLimitsByThatShare) {
  std::mt19937_64 random(2);
  constexpr int kRequests = 400'000;
  for (const double share : {0.01, 0.05}) {
    EXPECT_NEAR(ShareOver(ParetoLatencies(kRequests, random), ParetoLimitExceededBy(share)), share,
                0.002);
    const Phases phases = {30, 90};
    EXPECT_NEAR(ShareOver(LatenciesOf(phases, kRequests, random), LimitExceededBy(phases, share)),
                share, 0.002);
    EXPECT_NEAR(
        ShareOver(CommonPhases(4, kRequests, random), LimitExceededBy(LatencyModel(), share)),
        share, 0.006);
    EXPECT_NEAR(ShareOver(Pauses(2'000, share, kRequests, random), kPausesLimitMs), share, 0.01);
  }
}

TEST(Outages, AreOnePercentOfTheTime) {
  std::mt19937_64 random(4);
  const bench::RunRecorder recorder = Outages(5'000, random);
  EXPECT_EQ(recorder.trials(), 500'000);
  EXPECT_EQ(recorder.failures(), 5'000);
}

}  // namespace
}  // namespace slo::calibration
