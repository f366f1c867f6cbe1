#include "tools/lib/results/counter_names.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(BoundCounter, PutsTheSideBeforeTheUnit) {
  EXPECT_EQ(BoundCounter("latency_p99_us", BoundSide::kUpper), "latency_p99_upper_us");
  EXPECT_EQ(BoundCounter("retained_run_bytes", BoundSide::kUpper), "retained_run_upper_bytes");
  EXPECT_EQ(BoundCounter("runs_per_second", BoundSide::kLower), "runs_per_second_lower");
}

TEST(QuantileOf, FindsThePercentileInAName) {
  EXPECT_EQ(QuantileOf("latency_p99_us"), 0.99);
  EXPECT_EQ(QuantileOf("read_run_latency_p999_ms"), 0.999);
  EXPECT_EQ(QuantileOf("latency_max_us"), std::nullopt);
  EXPECT_EQ(QuantileOf("p"), std::nullopt);
  EXPECT_EQ(QuantileOf("pressure_p5x"), std::nullopt);
}

TEST(SamplesCounterOf, BelongsToLatenciesAndPercentiles) {
  EXPECT_EQ(SamplesCounterOf("p99_ms"), "samples_count");
  EXPECT_EQ(SamplesCounterOf("runs_per_second"), std::nullopt);
  EXPECT_EQ(SamplesCounterOf("stage_cpu_us"), std::nullopt);
}

TEST(SamplesCounterOf, KeepsThePrefixOfTheLatency) {
  EXPECT_EQ(SamplesCounterOf("latency_p99_us"), "samples_count");
  EXPECT_EQ(SamplesCounterOf("create_run_latency_p99_us"), "create_run_samples_count");
}

TEST(WithoutUnit, TakesOneUnitOff) {
  for (const char* unit :
       {"_ns", "_us", "_ms", "_s", "_bytes", "_count", "_percent", "_kib", "_mib"}) {
    EXPECT_EQ(WithoutUnit(std::string("growth_per") + unit), "growth_per") << unit;
    EXPECT_EQ(BoundCounter(std::string("growth") + unit, BoundSide::kLower),
              std::string("growth_lower") + unit);
  }
  EXPECT_EQ(WithoutUnit("a_count_bytes"), "a_count");
  EXPECT_EQ(WithoutUnit("runs_per_second"), "runs_per_second");
}

TEST(QuantileOf, TakesTwoToSixDigits) {
  EXPECT_EQ(QuantileOf("p5_us"), std::nullopt);
  EXPECT_EQ(QuantileOf("p05_us"), 0.05);
  EXPECT_EQ(QuantileOf("p999999_us"), 0.999999);
  EXPECT_EQ(QuantileOf("p9999999_us"), std::nullopt);
  EXPECT_EQ(QuantileOf("p00_us"), std::nullopt);
  EXPECT_EQ(QuantileOf("p5_p95_us"), 0.95);
}

TEST(SamplesCounterOf, IsOfALatencyWithoutAPercentileToo) {
  EXPECT_EQ(SamplesCounterOf("latency_max_us"), "samples_count");
  EXPECT_EQ(SamplesCounterOf("a_latency_max_us"), "a_samples_count");
}

TEST(EffectiveSamplesCounter, IsOfABoundWithoutItsUnit) {
  EXPECT_EQ(EffectiveSamplesCounter("latency_p99_us", BoundSide::kUpper),
            "latency_p99_upper_effective_samples_count");
  EXPECT_EQ(EffectiveSamplesCounter("runs_per_second", BoundSide::kLower),
            "runs_per_second_lower_effective_samples_count");
}

TEST(IsEffectiveSamples, IsWhatABoundIsWorth) {
  EXPECT_TRUE(IsEffectiveSamples(EffectiveSamplesCounter("latency_p99_us", BoundSide::kLower)));
  EXPECT_FALSE(IsEffectiveSamples("samples_count"));
  EXPECT_FALSE(IsEffectiveSamples("latency_p99_us"));
}

TEST(TrialsCounterOf, IsOfRatiosOnly) {
  EXPECT_EQ(TrialsCounterOf("success_ratio"), "success_trials_count");
  EXPECT_EQ(TrialsCounterOf(kSuccessRatio), kSuccessTrialsCount);
  EXPECT_EQ(TrialsCounterOf("ratio_of"), std::nullopt);
}

TEST(OverDispersionCounterOf, IsOfRatiosOnly) {
  EXPECT_EQ(OverDispersionCounterOf(kSuccessRatio), kSuccessOverDispersion);
  EXPECT_EQ(BatchesCounterOf(kSuccessRatio), kSuccessBatchesCount);
  EXPECT_EQ(OverDispersionCounterOf("success_count"), std::nullopt);
  EXPECT_EQ(BatchesCounterOf("ratio_of"), std::nullopt);
}

// What is composed is read as what it was composed of.
TEST(CounterNames, ComeBackWhole) {
  for (const char* prefix : {"", "run_", "create_run_", "generator_lateness_"}) {
    EXPECT_TRUE(IsOfLatencies(SamplesCounter(prefix), prefix));
    for (const char* statistic : {"p50", "p95", "p999", "max"}) {
      const std::string counter = LatencyCounter(prefix, statistic);
      EXPECT_EQ(counter, absl::StrCat(prefix, "latency_", statistic, "_us"));
      EXPECT_EQ(SamplesCounterOf(counter), SamplesCounter(prefix));
      EXPECT_EQ(QuantileOf(counter).has_value(), std::string(statistic) != "max");
      EXPECT_TRUE(IsOfLatencies(counter, prefix)) << counter;
      for (const BoundSide side : {BoundSide::kLower, BoundSide::kUpper}) {
        const std::string bound = BoundCounter(counter, side);
        EXPECT_EQ(SamplesCounterOf(bound), SamplesCounter(prefix));
        EXPECT_EQ(QuantileOf(bound), QuantileOf(counter));
        EXPECT_TRUE(IsOfLatencies(bound, prefix)) << bound;
        EXPECT_TRUE(IsOfLatencies(EffectiveSamplesCounter(counter, side), prefix)) << bound;
      }
    }
  }
}

TEST(IsOfLatencies, IsNothingElse) {
  for (const char* counter :
       {"latency_drift_factor", "latency_p99_drift_factor", "latency_p99_drift_factor_lower",
        "latency_us", "success_samples_count", "create_run_latency_p99_us", "runs_per_second",
        "latency_p99_middle_us", "latency_pp99_us", "latency_"}) {
    EXPECT_FALSE(IsOfLatencies(counter, "")) << counter;
  }
  EXPECT_FALSE(IsOfLatencies("latency_p99_us", "run_"));
}

}  // namespace
}  // namespace slo::tools
