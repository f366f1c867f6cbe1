#include "tools/lib/results/latency_counters.h"

#include <cmath>
#include <numeric>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/stats/order_statistics.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

// A sample whose value of rank r is r microseconds, or half of one less when rounded down, in an
// order without clusters; 389 must not divide the count.
Counters CountersOf(int64_t count, const std::string& prefix = "", double confidence = 0.95) {
  stats::LatencySlots slots;
  for (int64_t i = 0; i < count; ++i) slots.Record(i * 1'000'000, 1'000 * (1 + i * 389 % count));
  Counters counters;
  AddLatencyCounters(
      {.count = count,
       .at_rank_us = [](int64_t rank) { return static_cast<double>(rank); },
       .lowest_at_rank_us = [](int64_t rank) { return static_cast<double>(rank) - 0.5; },
       .max_us = 1e6,
       .slots = slots},
      prefix, {.confidence = confidence, .disturbed_requests = 1}, counters);
  return counters;
}

TEST(LatencyCounters, AreNearestRankPercentiles) {
  struct Row {
    int64_t count;
    double p50;
    double p95;
    double p99;
  };
  for (const Row& row : {Row{1, 1, 1, 1}, Row{2, 1, 2, 2}, Row{7, 4, 7, 7}, Row{100, 50, 95, 99},
                         Row{101, 51, 96, 100}, Row{1'000, 500, 950, 990}}) {
    Counters counters = CountersOf(row.count);
    EXPECT_EQ(counters.at("latency_p50_us"), row.p50) << row.count;
    EXPECT_EQ(counters.at("latency_p95_us"), row.p95) << row.count;
    EXPECT_EQ(counters.at("latency_p99_us"), row.p99) << row.count;
    EXPECT_EQ(counters.at("samples_count"), static_cast<double>(row.count));
    EXPECT_EQ(counters.at("latency_max_us"), 1e6);
  }
}

TEST(LatencyCounters, HaveTheLimitsOfIndependentObservationsWithoutClusters) {
  for (const double confidence : {0.95, 0.999}) {
    const Counters counters = CountersOf(10'000, "", confidence);
    for (const auto& [name, quantile] : {std::pair("latency_p95", 0.95), {"latency_p99", 0.99}}) {
      const auto upper = stats::QuantileUpperRank(10'000, quantile, confidence);
      const auto lower = stats::QuantileLowerRank(10'000, quantile, confidence);
      const std::string stem = name;
      EXPECT_EQ(counters.at(stem + "_upper_us"), static_cast<double>(*upper));
      EXPECT_EQ(counters.at(stem + "_lower_us"), static_cast<double>(*lower) - 0.5);
      EXPECT_EQ(counters.at(stem + "_upper_effective_samples_count"), 10'000);
      EXPECT_EQ(counters.at(stem + "_lower_effective_samples_count"), 10'000);
    }
    EXPECT_FALSE(counters.contains("latency_p50_upper_us"));
  }
}

TEST(LatencyCounters, LeaveOutALimitThatTheSampleIsTooSmallFor) {
  // 59 would do, but nothing is known about their dependence.
  EXPECT_FALSE(CountersOf(59).contains("latency_p95_upper_us"));
  EXPECT_FALSE(CountersOf(59).contains("latency_p95_lower_us"));
  EXPECT_TRUE(CountersOf(60).contains("latency_p95_lower_us"));
  EXPECT_TRUE(CountersOf(1'000).contains("latency_p95_upper_us"));
  EXPECT_FALSE(CountersOf(298).contains("latency_p99_upper_us"));
  EXPECT_TRUE(CountersOf(1'000).contains("latency_p99_upper_us"));
}

TEST(LatencyCounters, OfNoSamplesAreTheirCount) {
  EXPECT_THAT(CountersOf(0), ElementsAre(Pair("samples_count", 0)));
  EXPECT_THAT(CountersOf(0, "read_run_"), ElementsAre(Pair("read_run_samples_count", 0)));
}

TEST(LatencyCounters, AllBeginWithTheirPrefix) {
  for (const auto& [name, value] : CountersOf(1'000, "read_run_")) {
    EXPECT_EQ(name.substr(0, 9), "read_run_") << name;
  }
}

TEST(LatencyCounters, AreThreePercentilesTheLargestAndTwoLimitsOfTwo) {
  // Each limit with the sample that it is worth; and the size of the sample.
  EXPECT_EQ(CountersOf(1'000).size(), 3U + 1U + 2U * 2U * 2U + 1U);
}

TEST(LatencySampleDefaults, AreThoseOfNoLatency) {
  const auto at_rank = [](int64_t /*rank*/) { return 0.0; };
  const stats::LatencySlots slots;
  const LatencySample sample = {
      .at_rank_us = at_rank, .lowest_at_rank_us = at_rank, .slots = slots};
  EXPECT_EQ(sample.count, 0);
  EXPECT_EQ(sample.max_us, 0);
}

TEST(DisturbedArrivals, AreAllThatArePlannedMeanwhile) {
  const BoundOptions bounds = {.longest_disturbance = absl::Milliseconds(2),
                               .disturbed_requests = 4};
  EXPECT_EQ(DisturbedArrivals(bounds, 5'000), 10);
  EXPECT_EQ(DisturbedArrivals(bounds, 5'001), 11);
  EXPECT_EQ(DisturbedArrivals(bounds, 1'000), 4) << "at least those that it meets";
  EXPECT_EQ(DisturbedArrivals(bounds, 0), 4);
}

TEST(SuccessDispersion, IsPublishedWhereItIsKnown) {
  stats::TrialSlots trials;
  for (int64_t i = 0; i < 59; ++i) trials.CountTrials(i * 1'000'000);
  Counters counters;
  AddSuccessDispersion(trials, {}, counters);
  EXPECT_TRUE(counters.empty());
  trials.CountTrials(59'000'000);
  AddSuccessDispersion(trials, {}, counters);
  EXPECT_EQ(counters.at("success_over_dispersion_factor"), 1) << "without a failure";
  EXPECT_GE(counters.at("success_batches_count"), 30);
}

}  // namespace
}  // namespace slo::tools
