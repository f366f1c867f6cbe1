#include "tools/stats/order_statistics.h"

#include <array>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(SmallestPassingSampleSize, EqualsTheKnownTable) {
  struct Row {
    const char* name;
    double quantile;
    double confidence;
    std::array<int64_t, 5> sizes;  // for 0, 1, 2, 3 and 5 over
  };
  constexpr std::array<int64_t, 5> kOver = {0, 1, 2, 3, 5};
  const std::array<Row, 4> rows = {{
      {"p95 at 95 %", 0.95, 0.95, {59, 93, 124, 153, 208}},
      {"p99 at 95 %", 0.99, 0.95, {299, 473, 628, 773, 1'049}},
      {"p99.9 at 95 %", 0.999, 0.95, {2'995, 4'742, 6'294, 7'752, 10'511}},
      {"p99 at 99 %", 0.99, 0.99, {459, 662, 838, 1'001, 1'307}},
  }};
  for (const Row& row : rows) {
    for (size_t i = 0; i < kOver.size(); ++i) {
      EXPECT_EQ(SmallestPassingSampleSize(row.quantile, row.confidence, kOver[i]), row.sizes[i])
          << row.name << ", " << kOver[i] << " over";
    }
  }
}

TEST(QuantileRanks, AgreeWithTheExactTestForEverySampleSize) {
  for (const double quantile : {0.5, 0.95, 0.99}) {
    for (const double confidence : {0.95, 0.999}) {
      for (int64_t n = 1; n <= 800; n += 7) {
        const auto upper = QuantileUpperRank(n, quantile, confidence);
        const auto lower = QuantileLowerRank(n, quantile, confidence);
        for (int64_t over = 0; over <= n; ++over) {
          // A limit just above the order statistic of rank n - over has `over` samples over it.
          const QuantileTest test = TestQuantileLimit(n, over, quantile, confidence);
          const bool passes = upper.has_value() && n - over >= *upper;
          const bool fails = lower.has_value() && n - over < *lower;
          ASSERT_EQ(test == QuantileTest::kPass, passes) << n << " " << over << " " << quantile;
          ASSERT_EQ(test == QuantileTest::kFail, fails) << n << " " << over << " " << quantile;
        }
      }
    }
  }
}

TEST(QuantileUpperRank, ExistsFromTheSmallestPassingSampleSizeOn) {
  EXPECT_EQ(QuantileUpperRank(298, 0.99, 0.95), std::nullopt);
  EXPECT_EQ(QuantileUpperRank(299, 0.99, 0.95), 299);
  EXPECT_EQ(QuantileUpperRank(0, 0.5, 0.95), std::nullopt);
}

TEST(QuantileLowerRank, IsTheKnownRankOfAMedian) {
  // n = 10, median: P(Bin(10, 0.5) >= 2) = 0.989, P(>= 3) = 0.945.
  EXPECT_EQ(QuantileLowerRank(10, 0.5, 0.95), 2);
  EXPECT_EQ(QuantileUpperRank(10, 0.5, 0.95), 9);
}

TEST(QuantileRanks, EncloseTheQuantileInALargeSample) {
  constexpr int64_t kSamples = 100'000'000;
  EXPECT_NEAR(static_cast<double>(*QuantileUpperRank(kSamples, 0.99, 0.95)), 0.99 * kSamples + 1637,
              2.0);
  EXPECT_NEAR(static_cast<double>(*QuantileLowerRank(kSamples, 0.99, 0.95)), 0.99 * kSamples - 1636,
              2.0);
}

TEST(TestQuantileLimit, ProvesNothingWithTheSampleOfOneHundredAndTwentyEight) {
  EXPECT_EQ(TestQuantileLimit(128, 0, 0.99, 0.95), QuantileTest::kInsufficient);
  EXPECT_EQ(TestQuantileLimit(128, 0, 0.95, 0.95), QuantileTest::kPass);
  EXPECT_EQ(TestQuantileLimit(128, 20, 0.95, 0.95), QuantileTest::kFail);
}

}  // namespace
}  // namespace slo::stats
