// Every function against an independent reference; see testdata/reference.py.

#include <cmath>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/lib/stats/autocorrelation.h"
#include "tools/lib/stats/batch_means.h"
#include "tools/lib/stats/binomial_limits.h"
#include "tools/lib/stats/dependence.h"
#include "tools/lib/stats/dependent_mean.h"
#include "tools/lib/stats/hodges_lehmann.h"
#include "tools/lib/stats/holm.h"
#include "tools/lib/stats/order_statistics.h"
#include "tools/lib/stats/signed_rank.h"
#include "tools/lib/stats/trend.h"
#include "tools/lib/stats/welch.h"

namespace slo::stats {
namespace {

using nlohmann::json;
using ::testing::DoubleNear;
using ::testing::Pointwise;

constexpr double kTolerance = 1e-9;

const json& Cases(const char* function) {
  static const json kDocument = [] {
    std::ifstream file(std::string(SLO_TESTDATA_DIR) + "/reference.json");
    return json::parse(file);
  }();
  return kDocument.at(function);
}

std::optional<int64_t> OptionalInt(const json& value) {
  return value.is_null() ? std::nullopt : std::optional<int64_t>(value.get<int64_t>());
}

TEST(ReferenceTest, ClopperPearson) {
  for (const json& c : Cases("clopper_pearson")) {
    EXPECT_NEAR(ClopperPearsonLower(c["successes"], c["trials"], c["confidence"]), c["lower"],
                kTolerance)
        << c;
    EXPECT_NEAR(ClopperPearsonUpper(c["successes"], c["trials"], c["confidence"]), c["upper"],
                kTolerance)
        << c;
  }
}

TEST(ReferenceTest, QuantileRanks) {
  for (const json& c : Cases("quantile_ranks")) {
    EXPECT_EQ(QuantileUpperRank(c["samples"], c["quantile"], c["confidence"]),
              OptionalInt(c["upper"]))
        << c;
    EXPECT_EQ(QuantileLowerRank(c["samples"], c["quantile"], c["confidence"]),
              OptionalInt(c["lower"]))
        << c;
  }
}

TEST(ReferenceTest, QuantileTest) {
  for (const json& c : Cases("quantile_tests")) {
    const QuantileTest expected = c["result"] == "pass"   ? QuantileTest::kPass
                                  : c["result"] == "fail" ? QuantileTest::kFail
                                                          : QuantileTest::kInsufficient;
    EXPECT_EQ(TestQuantileLimit(c["samples"], c["over"], c["quantile"], 0.95), expected) << c;
  }
}

TEST(ReferenceTest, SmallestPassingSampleSize) {
  for (const json& c : Cases("smallest_sizes")) {
    EXPECT_EQ(SmallestPassingSampleSize(c["quantile"], c["confidence"], c["over"]), c["samples"])
        << c;
  }
}

TEST(ReferenceTest, BatchMeansInterval) {
  for (const json& c : Cases("batch_means")) {
    const auto interval =
        BatchMeansInterval(c["means"].get<std::vector<double>>(), c["confidence"]);
    ASSERT_TRUE(interval.has_value());
    const double scale = interval->upper - interval->lower;
    EXPECT_NEAR(interval->lower, c["lower"], kTolerance * scale) << c;
    EXPECT_NEAR(interval->upper, c["upper"], kTolerance * scale) << c;
  }
}

TEST(ReferenceTest, OverDispersion) {
  for (const json& c : Cases("over_dispersion")) {
    const auto series = c["series"].get<std::vector<uint32_t>>();
    EXPECT_NEAR(OverDispersion(series).AmongLargest(c["proportion"]), c["factor"], kTolerance) << c;
  }
}

TEST(ReferenceTest, EffectiveSampleSize) {
  for (const json& c : Cases("effective_sizes")) {
    EXPECT_EQ(EffectiveSampleSize(c["samples"], c["factor"], c["confidence"]), c["size"]) << c;
  }
}

TEST(ReferenceTest, HolmAdjusted) {
  for (const json& c : Cases("holm")) {
    EXPECT_THAT(HolmAdjusted(c["p_values"].get<std::vector<double>>()),
                Pointwise(DoubleNear(kTolerance), c["adjusted"].get<std::vector<double>>()))
        << c;
  }
}

TEST(ReferenceTest, TheilSenSlope) {
  for (const json& c : Cases("trends")) {
    EXPECT_NEAR(TheilSenSlope(c["series"].get<std::vector<double>>()), c["slope"], kTolerance) << c;
  }
}

TEST(ReferenceTest, DependentMean) {
  for (const json& c : Cases("dependent_means")) {
    const auto windows = c["windows"].get<std::vector<double>>();
    const auto interval = DependentMean(windows, c["confidence"]);
    ASSERT_TRUE(interval.has_value());
    std::vector<double> residuals;
    for (const double window : windows) residuals.push_back(window - interval->mean);
    EXPECT_NEAR(AllowedAutocorrelation(residuals, 1), c["autocorrelation"], kTolerance) << c;
    EXPECT_NEAR(interval->lower, c["lower"], kTolerance) << c;
    EXPECT_NEAR(interval->upper, c["upper"], kTolerance) << c;
  }
}

TEST(ReferenceTest, TrendOf) {
  for (const json& c : Cases("dependent_trends")) {
    const auto trend = TrendOf(c["series"].get<std::vector<double>>(), c["confidence"]);
    ASSERT_TRUE(trend.has_value());
    EXPECT_NEAR(trend->slope, c["slope"], kTolerance) << c;
    EXPECT_NEAR(trend->lower, c["lower"], kTolerance) << c;
    EXPECT_NEAR(trend->upper, c["upper"], kTolerance) << c;
    EXPECT_NEAR(trend->p_increase, c["p_increase"], kTolerance) << c;
  }
}

TEST(ReferenceTest, HodgesLehmann) {
  for (const json& c : Cases("locations")) {
    const auto interval = HodgesLehmann(c["sample"].get<std::vector<double>>(), c["confidence"]);
    ASSERT_TRUE(interval.has_value()) << c;
    EXPECT_NEAR(interval->location, c["location"], kTolerance) << c;
    EXPECT_NEAR(interval->lower, c["lower"], kTolerance) << c;
    EXPECT_NEAR(interval->upper, c["upper"], kTolerance) << c;
  }
}

TEST(ReferenceTest, SignedRanks) {
  for (const json& c : Cases("signed_ranks")) {
    const std::vector<double> sample = c["sample"];
    const int64_t statistic = SignedRankStatistic(sample);
    EXPECT_EQ(statistic, c["statistic"].get<int64_t>()) << c;
    EXPECT_NEAR(SignedRankDistribution(sample.size()).UpperTail(statistic), c["p"], kTolerance)
        << c;
  }
}

TEST(ReferenceTest, Welch) {
  for (const json& c : Cases("welch")) {
    const std::vector<double> a = c["a"];
    const std::vector<double> b = c["b"];
    const auto interval = WelchDifference(a, b, c["confidence"]);
    ASSERT_TRUE(interval.has_value()) << c;
    EXPECT_NEAR(interval->difference, c["difference"], kTolerance) << c;
    EXPECT_NEAR(interval->lower, c["lower"], kTolerance) << c;
    EXPECT_NEAR(interval->upper, c["upper"], kTolerance) << c;
    EXPECT_NEAR(interval->p_above, c["p"], kTolerance) << c;
  }
}

}  // namespace
}  // namespace slo::stats
