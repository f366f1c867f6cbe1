#include "tools/slo_gate/pool/pooled_row.h"

#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using testing::Eq;
using testing::Optional;

constexpr BoundOptions kBounds = {.confidence = 0.9, .disturbed_requests = 2};

ReportRow ShardRow(std::vector<std::pair<std::string, double>> metrics) {
  return {.name = "BM_LoadBurst/runs:2/iterations:1", .metrics = std::move(metrics)};
}

// As many latencies of each length as given, in this order, one every millisecond.
TraceHistogram MakeHistogram(const std::vector<std::pair<int64_t, int64_t>>& latencies_ns) {
  TraceHistogram histogram = {.prefix = "", .basis = "service_time", .min_ns = INT64_MAX};
  histogram.slots.emplace();
  int64_t now_ns = 0;
  for (const auto& [value, count] : latencies_ns) {
    histogram.buckets[value] += count;
    histogram.count += count;
    histogram.min_ns = std::min(histogram.min_ns, value);
    histogram.max_ns = std::max(histogram.max_ns, value);
    for (int64_t i = 0; i < count; ++i) histogram.slots->Record(now_ns += 1'000'000, value);
  }
  return histogram;
}

class PoolRowTest : public testing::Test {
 protected:
  ReportRow Pool(const ReportRow& a, const ReportRow& b) {
    return PoolRow({{"1/2", &a, &scenario_a_}, {"2/2", &b, &scenario_b_}}, kBounds);
  }

  TraceScenario scenario_a_ = {.row = "BM_LoadBurst/runs:2"};
  TraceScenario scenario_b_ = {.row = "BM_LoadBurst/runs:2"};
};

TEST_F(PoolRowTest, TakesPercentilesFromTheHistogramsTogether) {
  scenario_a_.histograms = {MakeHistogram({{1'000, 90}})};
  scenario_b_.histograms = {MakeHistogram({{1'000, 5}, {9'000, 5}})};
  // Neither the mean nor the larger of the shards' own percentiles.
  const ReportRow pooled = Pool(ShardRow({{"latency_p95_us", 1}, {"samples_count", 90}}),
                                ShardRow({{"latency_p95_us", 9}, {"samples_count", 10}}));
  EXPECT_THAT(pooled.Find("latency_p95_us"), Optional(Eq(1)));
  EXPECT_THAT(pooled.Find("latency_p99_us"), Optional(Eq(9)));
  EXPECT_THAT(pooled.Find("latency_max_us"), Optional(Eq(9)));
  EXPECT_THAT(pooled.Find("samples_count"), Optional(Eq(100)));
}

// Each shard has a slow phase of a tenth of the time: at the same time it is worth less than at
// different ones.
TEST_F(PoolRowTest, SeesThePhasesThatShardsHaveInCommon) {
  const auto phases = [](int64_t before) {
    return MakeHistogram({{1'000, before}, {9'000, 200}, {1'000, 1'800 - before}});
  };
  const auto worth = [&] {
    return *Pool(ShardRow({}), ShardRow({})).Find("latency_p95_lower_effective_samples_count");
  };
  scenario_a_.histograms = {phases(500)};
  scenario_b_.histograms = {phases(500)};
  const double together = worth();
  scenario_b_.histograms = {phases(1'300)};
  EXPECT_LT(together, 0.7 * worth());
}

TEST_F(PoolRowTest, HasNoBoundsWithoutTheSlotsOfAll) {
  scenario_a_.histograms = {MakeHistogram({{1'000, 500}, {9'000, 500}})};
  scenario_b_.histograms = scenario_a_.histograms;
  EXPECT_TRUE(Pool(ShardRow({}), ShardRow({})).Find("latency_p95_lower_us").has_value());
  scenario_b_.histograms[0].slots.reset();
  EXPECT_FALSE(Pool(ShardRow({}), ShardRow({})).Find("latency_p95_lower_us").has_value());
}

TEST_F(PoolRowTest, AllowsForAllThatArePlannedDuringADisturbance) {
  TraceHistogram spread = MakeHistogram({});
  for (int64_t i = 0; i < 2'000; ++i) {
    const int64_t value = 1'000 + i * 619 % 1'000;
    ++spread.buckets[value];
    spread.slots->Record(i * 1'000'000, value);
  }
  spread.count = 2'000;
  spread.min_ns = 1'000;
  spread.max_ns = 1'999;
  scenario_a_.histograms = {spread};
  scenario_b_.histograms = {spread};
  const char* const worth = "latency_p95_upper_effective_samples_count";
  EXPECT_THAT(Pool(ShardRow({}), ShardRow({})).Find(worth), Optional(Eq(2'000)));
  const ReportRow planned =
      Pool(ShardRow({{"disturbed_runs_count", 10}}), ShardRow({{"disturbed_runs_count", 10}}));
  EXPECT_THAT(planned.Find("disturbed_runs_count"), Optional(Eq(20)));
  EXPECT_THAT(planned.Find(worth), Optional(Eq(200)));
}

TEST_F(PoolRowTest, ComputesTheDispersionOfFailuresAgain) {
  const auto trials = [](int64_t from) {
    stats::TrialSlots slots;
    for (int64_t i = 0; i < 4'000; ++i) {
      slots.CountTrials(i * 1'000'000);
      if (i >= from && i < from + 100) slots.CountFailures(i * 1'000'000);
    }
    return slots;
  };
  const ReportRow row =
      ShardRow({{"success_over_dispersion_factor", 50.0}, {"success_batches_count", 50.0}});
  EXPECT_FALSE(Pool(row, row).Find("success_over_dispersion_factor").has_value());
  scenario_a_.trials = trials(1'000);
  scenario_b_.trials = trials(1'000);
  const double together = *Pool(row, row).Find("success_over_dispersion_factor");
  scenario_b_.trials = trials(3'000);
  EXPECT_GT(together, 1.3 * *Pool(row, row).Find("success_over_dispersion_factor"));
  EXPECT_LE(*Pool(row, row).Find("success_batches_count"), 64);
}

TEST_F(PoolRowTest, AddsCountsAndRatesUpAndDerivesTheRatio) {
  const ReportRow pooled =
      Pool(ShardRow({{"failed_count", 1}, {"runs_per_second", 10}, {"success_trials_count", 4}}),
           ShardRow({{"failed_count", 2},
                     {"failed_status_count", 2},
                     {"runs_per_second", 30},
                     {"success_ratio", 0.75},
                     {"success_trials_count", 8}}));
  EXPECT_THAT(pooled.Find("failed_count"), Optional(Eq(3)));
  EXPECT_THAT(pooled.Find("failed_status_count"), Optional(Eq(2)));
  EXPECT_THAT(pooled.Find("runs_per_second"), Optional(Eq(40)));
  EXPECT_THAT(pooled.Find("success_ratio"), Optional(Eq(0.75)));
}

TEST_F(PoolRowTest, CountsWhatAnOpenLoopDroppedAsNoSuccess) {
  const auto row = [] {
    return ShardRow({{"completed_count", 6},
                     {"dropped_count", 3},
                     {"failed_count", 1},
                     {"planned_count", 10},
                     {"success_trials_count", 10}});
  };
  EXPECT_THAT(Pool(row(), row()).Find("success_ratio"), Optional(Eq(0.6)));
}

TEST_F(PoolRowTest, KeepsTheWorstOfWhatBelongsToAProcess) {
  const ReportRow pooled =
      Pool(ShardRow({{"latency_drift_factor", 1.1}, {"thread_growth_count", 2}}),
           ShardRow({{"latency_drift_factor", 2.5}, {"thread_growth_count", 0}}));
  EXPECT_THAT(pooled.Find("latency_drift_factor"), Optional(Eq(2.5)));
  EXPECT_THAT(pooled.Find("thread_growth_count"), Optional(Eq(2)));
}

// A window of ten seconds, which is long beside the disturbances that are allowed for.
TraceWindow WindowOf(double rate) {
  return {.succeeded = static_cast<int64_t>(10 * rate), .runs_per_second = rate};
}

TEST_F(PoolRowTest, BoundsTheRateByTheWindowsTogether) {
  for (int i = 0; i < 12; ++i) {
    scenario_a_.windows.push_back(WindowOf(100 + 5 * (i % 3)));
    scenario_b_.windows.push_back(WindowOf(100 - 5 * (i % 3)));
  }
  // Window by window the two make 200 a second: the limits are that close.
  const ReportRow pooled =
      Pool(ShardRow({{"runs_per_second", 100}}), ShardRow({{"runs_per_second", 100}}));
  EXPECT_NEAR(*pooled.Find("runs_per_second_lower"), 200, 0.1);
  EXPECT_NEAR(*pooled.Find("runs_per_second_upper"), 200, 0.1);
}

TEST_F(PoolRowTest, CutsTheShardsTimeIntoWindowsOfEqualLength) {
  // Equally many runs a window: the slow half of a shard's windows takes most of its time.
  for (int i = 0; i < 12; ++i) {
    scenario_a_.windows.push_back({.succeeded = 1'000, .runs_per_second = i < 6 ? 100.0 : 300.0});
    scenario_b_.windows.push_back({.succeeded = 1'000, .runs_per_second = i < 6 ? 300.0 : 100.0});
  }
  // Each has 12,000 runs in 80 s: together 300 a second, and not 400 as in each pair of windows.
  const ReportRow pooled = Pool(ShardRow({}), ShardRow({}));
  EXPECT_LT(*pooled.Find("runs_per_second_lower"), 300);
  EXPECT_GT(*pooled.Find("runs_per_second_upper"), 300);
}

TEST_F(PoolRowTest, LeavesOutWhatHasNoSum) {
  const ReportRow pooled = Pool(ShardRow({{"response_digest", 7}, {"run_time_trend_p_value", 1}}),
                                ShardRow({{"response_digest", 8}, {"run_time_trend_p_value", 0}}));
  EXPECT_TRUE(pooled.metrics.empty());
}

TEST_F(PoolRowTest, HasFailedWhereAShardHas) {
  ReportRow failed = ShardRow({});
  failed.error = "gone";
  EXPECT_EQ(Pool(ShardRow({}), failed).error, "shard 2/2: gone");
}

TEST_F(PoolRowTest, DoesNotBoundTheRateWhenAWindowDoesNotSayHowLongItWas) {
  for (int i = 0; i < 12; ++i) {
    scenario_a_.windows.push_back(WindowOf(100));
    scenario_b_.windows.push_back(WindowOf(100));
  }
  EXPECT_TRUE(Pool(ShardRow({}), ShardRow({})).Find("runs_per_second_lower").has_value());
  const TraceWindow whole = scenario_b_.windows[3];
  for (const TraceWindow& lacking :
       {TraceWindow{.succeeded = 0, .runs_per_second = 0.0}, TraceWindow{.succeeded = 1'000},
        TraceWindow{.runs_per_second = 100.0}}) {
    scenario_b_.windows[3] = lacking;
    EXPECT_FALSE(Pool(ShardRow({}), ShardRow({})).Find("runs_per_second_lower").has_value());
    EXPECT_FALSE(Pool(ShardRow({}), ShardRow({})).Find("runs_per_second_upper").has_value());
  }
  scenario_b_.windows[3] = whole;
  EXPECT_TRUE(Pool(ShardRow({}), ShardRow({})).Find("runs_per_second_lower").has_value());
}

TEST_F(PoolRowTest, HasAsManyWindowsAsTheShardWithTheFewest) {
  for (int i = 0; i < 24; ++i) scenario_a_.windows.push_back(WindowOf(100));
  for (int i = 0; i < 11; ++i) scenario_b_.windows.push_back(WindowOf(100));
  EXPECT_FALSE(Pool(ShardRow({}), ShardRow({})).Find("runs_per_second_lower").has_value());
  scenario_b_.windows.push_back(WindowOf(100));
  EXPECT_NEAR(*Pool(ShardRow({}), ShardRow({})).Find("runs_per_second_upper"), 200, 1e-9);
}

TEST_F(PoolRowTest, TakesEachMetricByItsRule) {
  struct Row {
    const char* metric;
    std::optional<double> pooled;  // of 3 and 4
  };
  for (const Row& row :
       {Row{"requests_per_second", 7.0}, Row{"runs_per_second", 7.0}, Row{"dropped_count", 7.0},
        Row{"windows_count", 4.0}, Row{"descriptor_growth_count", 4.0}, Row{"unsteady_count", 4.0},
        Row{"thread_growth_count", 4.0}, Row{"real_time", 4.0}, Row{"", 4.0},
        Row{"heap_growth_per_run_bytes", 4.0}, Row{"response_digest", std::nullopt},
        Row{"response_digest_runs_count", std::nullopt}, Row{"success_ratio", std::nullopt},
        Row{"runs_per_second_lower", std::nullopt}, Row{"runs_per_second_upper", std::nullopt}}) {
    for (const auto& [a, b] : {std::pair(3, 4), {4, 3}}) {
      EXPECT_EQ(Pool(ShardRow({{row.metric, a}}), ShardRow({{row.metric, b}})).Find(row.metric),
                row.pooled)
          << row.metric;
    }
  }
}

TEST_F(PoolRowTest, DerivesTheRatioOfTrialsOnly) {
  EXPECT_EQ(Pool(ShardRow({{"failed_count", 1}}), ShardRow({})).Find("success_ratio"),
            std::nullopt);
  EXPECT_EQ(Pool(ShardRow({{"success_trials_count", 0}}), ShardRow({})).Find("success_ratio"),
            std::nullopt);
  EXPECT_THAT(Pool(ShardRow({{"success_trials_count", 1}}), ShardRow({})).Find("success_ratio"),
              Optional(Eq(1)));
}

TEST_F(PoolRowTest, KeepsTheFirstLabelAndEveryError) {
  ReportRow a = ShardRow({{"x", 1}});
  ReportRow b = ShardRow({{"x", 2}});
  b.label = "second";
  EXPECT_EQ(Pool(a, b).label, "second");
  a.label = "first";
  EXPECT_EQ(Pool(a, b).label, "first");
  a.error = "one";
  b.error = "two";
  EXPECT_EQ(Pool(a, b).error, "shard 1/2: one; shard 2/2: two");
  EXPECT_TRUE(Pool(a, b).metrics.empty());
  EXPECT_EQ(Pool(a, b).name, a.name);
}

}  // namespace
}  // namespace slo::tools
