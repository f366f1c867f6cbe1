#include "tools/lib/results/metric.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(KindOf, ReadsTheUnitOffTheName) {
  EXPECT_EQ(KindOf("real_time"), MetricKind::kTime);
  EXPECT_EQ(KindOf("latency_p99_us"), MetricKind::kTime);
  EXPECT_EQ(KindOf("success_ratio"), MetricKind::kRatio);
  EXPECT_EQ(KindOf("runs_per_second"), MetricKind::kPlain);
  EXPECT_EQ(KindOf("bytes"), MetricKind::kPlain);
  EXPECT_EQ(KindOf("requests_per_s"), MetricKind::kPlain) << "a rate";
}

TEST(InUnitOf, ConvertsSeconds) {
  EXPECT_DOUBLE_EQ(InUnitOf("latency_p99_us", 0.25), 250'000);
  EXPECT_DOUBLE_EQ(InUnitOf("real_time", 1e-6), 1'000);
}

TEST(Pretty, ChoosesAUnitThatReadsWell) {
  EXPECT_EQ(Pretty("latency_p99_us", 1'250), "1.250 ms");
  EXPECT_EQ(Pretty("real_time", 59.7), "59.7 ns");
  EXPECT_EQ(Pretty("success_ratio", 0.99875), "0.99875");
  EXPECT_EQ(Pretty("runs_per_second", 72'100), "72.1k");
  EXPECT_EQ(Pretty("samples_count", 299), "299");
}

TEST(KindOf, KnowsTheUnitsOfTime) {
  for (const char* time : {"a_ns", "a_us", "a_ms", "a_s", "cpu_time"}) {
    EXPECT_EQ(KindOf(time), MetricKind::kTime) << time;
  }
  for (const char* rate : {"a_per_ns", "a_per_us", "a_per_ms", "a_per_s"}) {
    EXPECT_EQ(KindOf(rate), MetricKind::kPlain) << rate;
  }
}

TEST(InUnitOf, KnowsEachUnit) {
  EXPECT_DOUBLE_EQ(InUnitOf("a_ns", 2), 2e9);
  EXPECT_DOUBLE_EQ(InUnitOf("a_us", 2), 2e6);
  EXPECT_DOUBLE_EQ(InUnitOf("a_ms", 2), 2e3);
  EXPECT_DOUBLE_EQ(InUnitOf("a_s", 2), 2);
  EXPECT_DOUBLE_EQ(InUnitOf("cpu_time", 2), 2e9);
}

TEST(Pretty, ChangesTheUnitAtAThousand) {
  EXPECT_EQ(Pretty("real_time", 999.9), "999.9 ns");
  EXPECT_EQ(Pretty("real_time", 1'000), "1.000 us");
  EXPECT_EQ(Pretty("real_time", 999'999), "999.999 us");
  EXPECT_EQ(Pretty("real_time", 1e6), "1.000 ms");
  EXPECT_EQ(Pretty("real_time", 1e9), "1.000 s");
  EXPECT_EQ(Pretty("real_time", -1'000), "-1.000 us");
  EXPECT_EQ(Pretty("a_count", 9'999), "9999");
  EXPECT_EQ(Pretty("a_count", 10'000), "10k");
  EXPECT_EQ(Pretty("a_count", 999'900), "999.9k");
  EXPECT_EQ(Pretty("a_count", 1e6), "1M");
  EXPECT_EQ(Pretty("a_count", -10'000), "-10k");
  EXPECT_EQ(Pretty("a_count", -2e6), "-2M");
  EXPECT_EQ(Pretty("cpu_time change", 0.0125), "+1.25 %");
}

TEST(InUnitOf, CountsNanosecondsWhereTheNameHasNoUnit) {
  EXPECT_EQ(InUnitOf("real_time", 1), 1e9);
  EXPECT_EQ(InUnitOf("cpu_time", 2), 2e9);
  EXPECT_EQ(InUnitOf("latency_p99_ns", 1), 1e9);
  EXPECT_EQ(InUnitOf("latency_p99_us", 1), 1e6);
  EXPECT_EQ(InUnitOf("latency_p99_ms", 1), 1e3);
  EXPECT_EQ(InUnitOf("latency_p99_s", 1), 1);
}

}  // namespace
}  // namespace slo::tools
