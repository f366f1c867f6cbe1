#include "bench/record/latency_series.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LatencySeries, KeepsTheOrder) {
  LatencySeries series;
  EXPECT_THAT(series.values(), IsEmpty());
  for (const int64_t latency_ns : {30, 10, 20}) series.RecordNanoseconds(latency_ns);
  EXPECT_THAT(series.values(), ElementsAre(30, 10, 20));
}

TEST(LatencySeries, ClampsWhatDoesNotFit) {
  LatencySeries series;
  series.RecordNanoseconds(-1);
  series.RecordNanoseconds(int64_t{1} << 40);
  EXPECT_THAT(series.values(), ElementsAre(0, std::numeric_limits<uint32_t>::max()));
}

TEST(LatencySeries, ContinuesWithAnother) {
  LatencySeries series;
  LatencySeries other;
  series.RecordNanoseconds(1);
  other.RecordNanoseconds(2);
  series.Append(other);
  series.RecordNanoseconds(3);
  EXPECT_THAT(series.values(), ElementsAre(1, 2, 3));
}

TEST(LatencySeries, KeepsTheFirstThatItHasRoomFor) {
  LatencySeries series;
  for (size_t i = 0; i < LatencySeries::kCapacity - 1; ++i) series.RecordNanoseconds(1);
  LatencySeries other;
  other.RecordNanoseconds(2);
  other.RecordNanoseconds(3);
  series.Append(other);
  series.RecordNanoseconds(4);
  ASSERT_EQ(series.values().size(), LatencySeries::kCapacity);
  EXPECT_EQ(series.values().back(), 2);
}

TEST(LatencySeries, HasRoomFor131072) { EXPECT_EQ(LatencySeries::kCapacity, 131'072U); }

TEST(LatencySeries, KeepsTheLargestThatFits) {
  LatencySeries series;
  for (const int64_t latency_ns : {int64_t{0}, int64_t{1}, (int64_t{1} << 32) - 1}) {
    series.RecordNanoseconds(latency_ns);
  }
  EXPECT_THAT(series.values(), ElementsAre(0, 1, std::numeric_limits<uint32_t>::max()));
}

TEST(LatencySeries, TakesNothingWhenItIsFull) {
  LatencySeries full;
  for (size_t i = 0; i < LatencySeries::kCapacity; ++i) full.RecordNanoseconds(1);
  LatencySeries other;
  other.RecordNanoseconds(2);
  full.Append(other);
  EXPECT_EQ(full.values().size(), LatencySeries::kCapacity);
  EXPECT_EQ(full.values().back(), 1U);
}

}  // namespace
}  // namespace slo::bench
