#include "bench/record/latency_recorder.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(LatencyRecorder, CountsLatenciesByLengthAndByTime) {
  LatencyRecorder first(0);
  first.RecordNanoseconds(300, 0);
  first.RecordNanoseconds(100, 1'024);
  LatencyRecorder second(0);
  second.RecordNanoseconds(200, 1'030);
  first.Merge(second);
  EXPECT_EQ(first.count(), 3);
  EXPECT_EQ(first.histogram().AtRank(2), absl::Nanoseconds(200));
  const stats::TimeSlots& slots = first.slots().slots();
  ASSERT_EQ(slots.slots(), 2U);
  EXPECT_EQ(slots.counts(0)[stats::LatencySlots::ColumnOf(300)], 1U);
  EXPECT_EQ(slots.counts(1)[stats::LatencySlots::ColumnOf(100)], 1U);
  EXPECT_EQ(slots.counts(1)[stats::LatencySlots::ColumnOf(200)], 1U);
}

TEST(LatencyRecorder, PutsTimesIntoUtc) {
  LatencyRecorder shifted(10 * 1'024);
  shifted.RecordNanoseconds(5, 3 * 1'024);
  EXPECT_EQ(shifted.slots().slots().first(), 13);
  LatencyRecorder monotonic;
  monotonic.RecordNanoseconds(5, 0);
  EXPECT_EQ(monotonic.slots().slots().first(), UtcOffsetNs() >> 10U);
}

}  // namespace
}  // namespace slo::bench
