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

TEST(LatencyHistogram, EnclosesEveryOrderStatisticWithinATenthOfAPercent) {
  std::vector<int64_t> latencies = MakeLatenciesNs(20'000, 1);
  const LatencyHistogram histogram = MakeHistogram(latencies);
  std::sort(latencies.begin(), latencies.end());
  for (size_t rank = 1; rank <= latencies.size(); rank += 37) {
    const int64_t exact = latencies[rank - 1];
    const int64_t found = absl::ToInt64Nanoseconds(histogram.AtRank(static_cast<int64_t>(rank)));
    const int64_t lowest =
        absl::ToInt64Nanoseconds(histogram.LowestAtRank(static_cast<int64_t>(rank)));
    ASSERT_LE(lowest, exact) << "rank " << rank;
    ASSERT_GE(found, exact) << "rank " << rank;
    ASSERT_LE(static_cast<double>(exact - lowest), 0.001 * static_cast<double>(exact))
        << "rank " << rank;
    ASSERT_LE(static_cast<double>(found - exact), 0.001 * static_cast<double>(exact))
        << "rank " << rank;
  }
  EXPECT_EQ(histogram.LowestAtRank(1), histogram.min());
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

// The bucket of a value by definition: below 2048 its own, then 1024 for each power of two.
size_t BucketByDefinition(int64_t value) {
  size_t shift = 0;
  while ((value >> shift) >= 2'048) ++shift;
  return shift * 1'024 + static_cast<size_t>(value >> shift);
}

int64_t LastOfBucketByDefinition(int64_t value) {
  size_t shift = 0;
  while ((value >> shift) >= 2'048) ++shift;
  return (((value >> shift) + 1) << shift) - 1;
}

TEST(LatencyHistogram, HasTheBucketsOfItsDefinition) {
  for (int bit = 0; bit < 42; ++bit) {
    for (const int64_t offset : {-2, -1, 0, 1, 2}) {
      const int64_t value = (int64_t{1} << bit) + offset;
      if (value < 0) continue;
      LatencyHistogram histogram;
      histogram.RecordNanoseconds(value);
      histogram.RecordNanoseconds(value);
      int visits = 0;
      histogram.ForEachBucket([&](size_t bucket, int64_t highest_ns, int64_t count) {
        ++visits;
        EXPECT_EQ(bucket, BucketByDefinition(value)) << value;
        EXPECT_EQ(highest_ns, LastOfBucketByDefinition(value)) << value;
        EXPECT_EQ(count, 2);
      });
      EXPECT_EQ(visits, 1) << value;
    }
  }
}

TEST(LatencyHistogram, VisitsBucketsInAscendingOrder) {
  std::vector<int64_t> highest;
  MakeHistogram({70'000, 5, 1'000, 5}).ForEachBucket([&](size_t, int64_t highest_ns, int64_t) {
    highest.push_back(highest_ns);
  });
  EXPECT_EQ(highest, (std::vector<int64_t>{5, 1'000, 70'015}));
}

TEST(LatencyHistogram, NeverReportsMoreThanTheMaximum) {
  const LatencyHistogram histogram = MakeHistogram({70'000, 70'001});
  EXPECT_EQ(histogram.AtRank(1), absl::Nanoseconds(70'001)) << "of one bucket up to 70,015";
  EXPECT_EQ(MakeHistogram({70'000, 80'000}).AtRank(1), absl::Nanoseconds(70'015));
}

TEST(LatencyHistogram, SharesItsLastBucketFromItsRangeOn) {
  constexpr int64_t kLast = (int64_t{1} << 42U) - 1;
  EXPECT_EQ(LatencyHistogram::kLargestBucketedNs, kLast);
  EXPECT_EQ(LatencyHistogram::MemoryBytes(), 8 * 1'024 * 33U);
  const LatencyHistogram histogram = MakeHistogram({kLast, kLast + 1, 2 * kLast});
  int visits = 0;
  histogram.ForEachBucket([&](size_t bucket, int64_t highest_ns, int64_t count) {
    ++visits;
    EXPECT_EQ(bucket, 1'024 * 33U - 1);
    EXPECT_EQ(highest_ns, kLast);
    EXPECT_EQ(count, 3);
  });
  EXPECT_EQ(visits, 1);
  EXPECT_EQ(histogram.AtRank(1), absl::Nanoseconds(2 * kLast))
      << "all that is known is the maximum";
  // The last bucket begins where its power of two is in its last 1024th.
  const LatencyHistogram before = MakeHistogram({kLast - (int64_t{1} << 31U), kLast});
  EXPECT_EQ(before.AtRank(1), absl::Nanoseconds(kLast - (int64_t{1} << 31U)));
}

TEST(LatencyHistogram, HasNoTimesBeforeItHasSamples) {
  const LatencyHistogram histogram;
  EXPECT_EQ(histogram.count(), 0);
  EXPECT_EQ(histogram.min(), absl::ZeroDuration());
  EXPECT_EQ(histogram.max(), absl::ZeroDuration());
}

TEST(LatencyHistogram, KnowsItsLeastAndItsGreatest) {
  const LatencyHistogram histogram = MakeHistogram({70'000, 3'000'001, 69'999});
  EXPECT_EQ(histogram.min(), absl::Nanoseconds(69'999));
  EXPECT_EQ(histogram.max(), absl::Nanoseconds(3'000'001));
  EXPECT_EQ(histogram.count(), 3);
}

TEST(LatencyHistogram, IsUnchangedByAMergeWithAnEmptyOne) {
  LatencyHistogram histogram = MakeHistogram({5, 7});
  histogram.Merge(LatencyHistogram());
  EXPECT_EQ(histogram.min(), absl::Nanoseconds(5));
  EXPECT_EQ(histogram.max(), absl::Nanoseconds(7));
  EXPECT_EQ(histogram.count(), 2);
}

}  // namespace
}  // namespace slo::bench
