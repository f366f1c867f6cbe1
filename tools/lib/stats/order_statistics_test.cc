#include "tools/lib/stats/order_statistics.h"

#include <array>
#include <cmath>
#include <optional>

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

// P(Bin(n, p) <= k), summed term by term.
double SummedAtMost(int64_t n, double p, int64_t k) {
  double sum = 0;
  double term = std::pow(1 - p, static_cast<double>(n));
  for (int64_t i = 0; i <= k; ++i) {
    sum += term;
    term *= static_cast<double>(n - i) / static_cast<double>(i + 1) * p / (1 - p);
  }
  return sum;
}

TEST(QuantileRanks, EqualTheDefinitionSummedTermByTerm) {
  for (const double quantile : {0.5, 0.9, 0.99}) {
    for (const int64_t n : {5, 40, 299, 600}) {
      std::optional<int64_t> upper;
      std::optional<int64_t> lower;
      for (int64_t rank = n; rank >= 1; --rank) {
        // P(Bin(n, q) >= rank), by what lies over it: of many small terms the first would be zero.
        const double reaches = SummedAtMost(n, 1 - quantile, n - rank);
        if (1 - reaches >= 0.95) upper = rank;
        if (reaches >= 0.95 && !lower.has_value()) lower = rank;
      }
      EXPECT_EQ(QuantileUpperRank(n, quantile, 0.95), upper) << n << " " << quantile;
      EXPECT_EQ(QuantileLowerRank(n, quantile, 0.95), lower) << n << " " << quantile;
    }
  }
}

// A limit just above the order statistic of rank n - over has `over` samples over it.
void ExpectRanksAgreeWithTheTest(int64_t n, double quantile, double confidence) {
  const auto upper = QuantileUpperRank(n, quantile, confidence);
  const auto lower = QuantileLowerRank(n, quantile, confidence);
  for (int64_t over = 0; over <= n; ++over) {
    const QuantileTest test = TestQuantileLimit(n, over, quantile, confidence);
    const bool passes = upper.has_value() && n - over >= *upper;
    const bool fails = lower.has_value() && n - over < *lower;
    ASSERT_EQ(test == QuantileTest::kPass, passes) << n << " " << over << " " << quantile;
    ASSERT_EQ(test == QuantileTest::kFail, fails) << n << " " << over << " " << quantile;
  }
}

TEST(QuantileRanks, AgreeWithTheExactTestForEverySampleSize) {
  for (const double quantile : {0.5, 0.95, 0.99}) {
    for (int64_t n = 1; n <= 800; n += 7) {
      ExpectRanksAgreeWithTheTest(n, quantile, 0.95);
      ExpectRanksAgreeWithTheTest(n, quantile, 0.999);
    }
  }
}

TEST(QuantileUpperRank, ExistsFromTheSmallestPassingSampleSizeOn) {
  EXPECT_EQ(QuantileUpperRank(298, 0.99, 0.95), std::nullopt);
  EXPECT_EQ(QuantileUpperRank(299, 0.99, 0.95), 299);
  EXPECT_EQ(QuantileUpperRank(0, 0.5, 0.95), std::nullopt);
}

TEST(QuantileRanks, AreTheOutermostWhereThoseAreEnough) {
  // (1 - q)^n is 0.951 for q = 0.01 and n = 5: the smallest of five is over the p1 already.
  EXPECT_EQ(QuantileUpperRank(5, 0.01, 0.95), 1);
  EXPECT_EQ(QuantileUpperRank(6, 0.01, 0.95), 2);
  EXPECT_EQ(QuantileLowerRank(5, 0.99, 0.95), 5);
  EXPECT_EQ(QuantileLowerRank(6, 0.99, 0.95), 5);
  EXPECT_EQ(QuantileUpperRank(1, 0.01, 0.95), 1);
  EXPECT_EQ(QuantileLowerRank(1, 0.99, 0.95), 1);
  EXPECT_EQ(QuantileLowerRank(0, 0.99, 0.95), std::nullopt);
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
