#include "tools/lib/stats/latency_slots.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(LatencySlots, CountLatenciesByTimeAndLength) {
  LatencySlots slots;
  slots.Record(0, 1'000);
  slots.Record(500, 1'001);
  slots.Record(1'024, 5'000);
  ASSERT_EQ(slots.slots().slots(), 2U);
  EXPECT_EQ(slots.slots().counts(0)[LatencySlots::ColumnOf(1'000)], 2U);
  EXPECT_EQ(slots.slots().counts(1)[LatencySlots::ColumnOf(5'000)], 1U);
}

TEST(LatencySlots, OrderColumnsAsLatencies) {
  size_t before = 0;
  for (int64_t latency_ns = 1; latency_ns < int64_t{1} << 37U; latency_ns *= 2) {
    EXPECT_GE(LatencySlots::ColumnOf(latency_ns), before);
    before = LatencySlots::ColumnOf(latency_ns);
  }
  EXPECT_EQ(LatencySlots::ColumnOf(-5), 0U);
  EXPECT_EQ(LatencySlots::ColumnOf(std::numeric_limits<int64_t>::max()),
            LatencySlots::kColumns - 1);
  EXPECT_EQ(LatencySlots::ColumnOf(int64_t{1} << 36U), LatencySlots::kColumns - 1);
}

TEST(LatencySlots, MergeThoseOfTheSameTime) {
  LatencySlots first;
  LatencySlots second;
  LatencySlots both;
  for (int64_t i = 0; i < 1'000; ++i) {
    (i % 3 == 0 ? first : second).Record(i * 5'000, i * 17);
    both.Record(i * 5'000, i * 17);
  }
  first.Merge(second);
  EXPECT_EQ(first, both);
}

}  // namespace
}  // namespace slo::stats
