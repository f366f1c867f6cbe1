#include "tools/lib/stats/log_buckets.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

using Coarse = LogBuckets<5>;
using Fine = LogBuckets<11>;

TEST(LogBuckets, EqualThoseOfHdrHistogram) {
  // HdrHistogram(1, .., 3).countsArrayIndex, by its own definition: 2048 sub-buckets, half of which
  // are used from the second bucket on.
  for (const uint64_t value : {0ULL, 1ULL, 2'047ULL, 2'048ULL, 2'049ULL, 4'095ULL, 4'096ULL,
                               1'000'000ULL, (1ULL << 42U) - 1}) {
    uint64_t bucket = 0;
    while (value >> bucket >= 2'048) ++bucket;
    const uint64_t sub_bucket = value >> bucket;
    EXPECT_EQ(Fine::Of(value), ((bucket + 1) << 10U) + sub_bucket - 1'024) << value;
  }
}

TEST(LogBuckets, HoldEveryNumberFromTheirFirstToTheirLast) {
  for (size_t bucket = 0; bucket < Coarse::CountFor(20); ++bucket) {
    const int64_t first = Coarse::FirstOf(bucket);
    const int64_t last = Coarse::LastOf(bucket);
    ASSERT_LE(first, last);
    for (const int64_t value : {first, (first + last) / 2, last}) {
      ASSERT_EQ(Coarse::Of(static_cast<uint64_t>(value)), bucket);
      ASSERT_EQ(Coarse::FirstLike(static_cast<uint64_t>(value)), first);
      ASSERT_EQ(Coarse::LastLike(static_cast<uint64_t>(value)), last);
    }
    ASSERT_EQ(Coarse::FirstOf(bucket + 1), last + 1) << "without a gap";
    ASSERT_LE(static_cast<double>(last - first), static_cast<double>(first) / 16);
  }
}

TEST(LogBuckets, AreAsManyAsTheNumbersNeed) {
  EXPECT_EQ(Coarse::Of((uint64_t{1} << 36U) - 1) + 1, Coarse::CountFor(36));
  EXPECT_EQ(Coarse::CountFor(36), 528U);
  EXPECT_EQ(Fine::Of((uint64_t{1} << 42U) - 1) + 1, Fine::CountFor(42));
}

}  // namespace
}  // namespace slo::stats
