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
#include "tools/lib/stats/quantile_limits.h"
#include "tools/lib/stats/signed_rank.h"
#include "tools/lib/stats/time_slots.h"
#include "tools/lib/stats/trend.h"
#include "tools/lib/stats/trial_slots.h"
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

// Slots of 1,024 ns, columns 0 to 99.
TimeSlots SlotsOf(const json& slots) {
  constexpr size_t kColumns = 100;
  TimeSlots counts(kColumns);
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    for (const json& value : slots[slot]) {
      counts.Add(static_cast<int64_t>(slot) * 1'024, value.get<size_t>());
    }
  }
  return counts;
}

TEST(ReferenceTest, OverDispersion) {
  for (const json& sample : Cases("over_dispersion")) {
    const OverDispersion dispersion(SlotsOf(sample["slots"]));
    for (const json& c : sample["cases"]) {
      const double factor =
          dispersion.AmongLargest(c["proportion"], dispersion.StudentCorrections(c["confidence"]));
      EXPECT_NEAR(factor, c["factor"], kTolerance * factor) << c;
    }
  }
}

TEST(ReferenceTest, DispersionOfFailures) {
  for (const json& c : Cases("failure_dispersion")) {
    TrialSlots trials;
    for (size_t slot = 0; slot < c["trials"].size(); ++slot) {
      const auto time_ns = static_cast<int64_t>(slot) * 1'024;
      trials.CountTrials(time_ns, c["trials"][slot]);
      trials.CountFailures(time_ns, c["failures"][slot]);
    }
    const auto dispersion = DispersionOfFailures(trials, c["confidence"]);
    ASSERT_TRUE(dispersion.has_value());
    EXPECT_EQ(dispersion->batches, c["batches"]);
    EXPECT_NEAR(dispersion->factor, c["factor"], kTolerance * dispersion->factor) << c;
    int64_t all = 0;
    for (const json& count : c["trials"]) all += count.get<int64_t>();
    EXPECT_EQ(EffectiveTrials(all, *dispersion, c["disturbed"], c["confidence"]), c["effective"]);
  }
}

TEST(ReferenceTest, EffectiveSampleSize) {
  for (const json& c : Cases("effective_sizes")) {
    EXPECT_EQ(EffectiveSampleSize(c["samples"], c["factor"], c["disturbed"]), c["size"]) << c;
  }
}

void ExpectLimit(const std::optional<RankLimit>& limit, const json& expected, const json& c) {
  ASSERT_EQ(limit.has_value(), !expected.is_null()) << c;
  if (!limit.has_value()) return;
  EXPECT_EQ(limit->rank, expected[0]) << c;
  EXPECT_EQ(limit->effective_samples, expected[1]) << c;
}

TEST(ReferenceTest, DependentQuantileLimits) {
  for (const json& sample : Cases("dependent_limits")) {
    const OverDispersion dispersion(SlotsOf(sample["slots"]));
    int64_t samples = 0;
    for (const json& slot : sample["slots"]) samples += static_cast<int64_t>(slot.size());
    for (const json& c : sample["cases"]) {
      const QuantileLimits limits = DependentQuantileLimits(samples, dispersion, c["quantile"],
                                                            {.confidence = c["confidence"],
                                                             .disturbed = c["disturbed"],
                                                             .processes = c["processes"]});
      ExpectLimit(limits.lower, c["lower"], c);
      ExpectLimit(limits.upper, c["upper"], c);
    }
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
