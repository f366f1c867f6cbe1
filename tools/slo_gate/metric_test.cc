#include "tools/slo_gate/metric.h"

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

TEST(LimitMetric, PutsTheSideBeforeTheUnit) {
  EXPECT_EQ(LimitMetric("latency_p99_us", "upper"), "latency_p99_upper_us");
  EXPECT_EQ(LimitMetric("retained_run_bytes", "upper"), "retained_run_upper_bytes");
  EXPECT_EQ(LimitMetric("runs_per_second", "lower"), "runs_per_second_lower");
}

TEST(QuantileOf, FindsThePercentileInAName) {
  EXPECT_EQ(QuantileOf("latency_p99_us"), 0.99);
  EXPECT_EQ(QuantileOf("read_run_latency_p999_ms"), 0.999);
  EXPECT_EQ(QuantileOf("latency_max_us"), std::nullopt);
  EXPECT_EQ(QuantileOf("p"), std::nullopt);
  EXPECT_EQ(QuantileOf("pressure_p5x"), std::nullopt);
}

TEST(SamplesMetric, BelongsToLatenciesAndPercentiles) {
  EXPECT_EQ(SamplesMetric("p99_ms"), "samples_count");
  EXPECT_EQ(SamplesMetric("runs_per_second"), std::nullopt);
  EXPECT_EQ(SamplesMetric("stage_cpu_us"), std::nullopt);
}

TEST(SamplesMetric, KeepsThePrefixOfTheLatency) {
  EXPECT_EQ(SamplesMetric("latency_p99_us"), "samples_count");
  EXPECT_EQ(SamplesMetric("create_run_latency_p99_us"), "create_run_samples_count");
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

}  // namespace
}  // namespace slo::tools
