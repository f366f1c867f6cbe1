#include "bench/record/latency_histogram.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

std::vector<int64_t> MakeLatenciesNs(size_t count, uint32_t seed) {
  std::mt19937_64 random(seed);
  std::vector<int64_t> latencies;
  for (size_t i = 0; i < count; ++i) {
    // Log-uniform over 1 ns .. 2^40 ns: every octave of the histogram is used.
    const double exponent = 40.0 * static_cast<double>(random() >> 11U) / 9007199254740992.0;
    latencies.push_back(static_cast<int64_t>(std::exp2(exponent)));
  }
  return latencies;
}

LatencyHistogram MakeHistogram(const std::vector<int64_t>& latencies_ns) {
  LatencyHistogram histogram;
  for (const int64_t latency_ns : latencies_ns) histogram.RecordNanoseconds(latency_ns);
  return histogram;
}

TEST(LatencyHistogram, ReportsEveryOrderStatisticWithinATenthOfAPercentAndNeverBelowIt) {
  std::vector<int64_t> latencies = MakeLatenciesNs(20'000, 1);
  const LatencyHistogram histogram = MakeHistogram(latencies);
  std::sort(latencies.begin(), latencies.end());
  for (size_t rank = 1; rank <= latencies.size(); rank += 37) {
    const int64_t exact = latencies[rank - 1];
    const int64_t found = absl::ToInt64Nanoseconds(histogram.AtRank(static_cast<int64_t>(rank)));
    ASSERT_GE(found, exact) << "rank " << rank;
    ASSERT_LE(static_cast<double>(found - exact), 0.001 * static_cast<double>(exact))
        << "rank " << rank;
  }
}

TEST(LatencyHistogram, KeepsSmallValuesExact) {
  LatencyHistogram histogram;
  for (int64_t ns = 0; ns < 2048; ++ns) histogram.RecordNanoseconds(ns);
  for (int64_t rank = 1; rank <= 2048; ++rank) {
    ASSERT_EQ(histogram.AtRank(rank), absl::Nanoseconds(rank - 1));
  }
}

TEST(LatencyHistogram, MergesWithoutLossInAnyOrder) {
  const std::vector<int64_t> first = MakeLatenciesNs(5'000, 2);
  const std::vector<int64_t> second = MakeLatenciesNs(3'000, 3);
  std::vector<int64_t> both = first;
  both.insert(both.end(), second.begin(), second.end());
  const LatencyHistogram whole = MakeHistogram(both);
  LatencyHistogram forward = MakeHistogram(first);
  forward.Merge(MakeHistogram(second));
  LatencyHistogram backward = MakeHistogram(second);
  backward.Merge(MakeHistogram(first));
  ASSERT_EQ(forward.count(), whole.count());
  EXPECT_EQ(forward.min(), whole.min());
  EXPECT_EQ(forward.max(), whole.max());
  for (int64_t rank = 1; rank <= whole.count(); rank += 13) {
    ASSERT_EQ(forward.AtRank(rank), whole.AtRank(rank));
    ASSERT_EQ(backward.AtRank(rank), whole.AtRank(rank));
  }
}

TEST(LatencyHistogram, KeepsTheMaximumExactBeyondItsRange) {
  LatencyHistogram histogram;
  histogram.RecordNanoseconds(1);
  histogram.RecordNanoseconds(int64_t{1} << 50U);
  EXPECT_EQ(histogram.max(), absl::Nanoseconds(int64_t{1} << 50U));
  EXPECT_EQ(histogram.AtRank(2), histogram.max());
}

TEST(LatencyHistogram, CountsANegativeLatencyAsZero) {
  LatencyHistogram histogram;
  histogram.RecordNanoseconds(-5);
  EXPECT_EQ(histogram.AtRank(1), absl::ZeroDuration());
  EXPECT_EQ(histogram.min(), absl::ZeroDuration());
}

TEST(LatencyHistogram, HoldsTheSameMemoryForAnyNumberOfSamples) {
  EXPECT_LE(LatencyHistogram::MemoryBytes(), 300u * 1024u);
}

TEST(LatencyHistogramDeathTest, RefusesARankThatDoesNotExist) {
  const LatencyHistogram histogram = MakeHistogram({1});
  EXPECT_DEATH(static_cast<void>(histogram.AtRank(0)), "");
  EXPECT_DEATH(static_cast<void>(histogram.AtRank(2)), "");
}

}  // namespace
}  // namespace slo::bench
