#include "bench/record/latency_recorder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::ElementsAre;

TEST(LatencyRecorder, CountsAndKeepsTheOrder) {
  LatencyRecorder first;
  first.RecordNanoseconds(300);
  first.RecordNanoseconds(100);
  LatencyRecorder second;
  second.RecordNanoseconds(200);
  first.Merge(second);
  EXPECT_EQ(first.count(), 3);
  EXPECT_EQ(first.histogram().AtRank(2), absl::Nanoseconds(200));
  EXPECT_THAT(first.series().values(), ElementsAre(300, 100, 200));
}

}  // namespace
}  // namespace slo::bench
