#include "bench/drive/arrival_schedule.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

// Computed to 60 digits, with the natural logarithm of another language's library.
TEST(PlanArrivals, AgreesWithAnExactComputation) {
  const auto slow = PlanArrivals({.rate_per_second = 1'000, .arrivals = 8, .seed = 1});
  const std::vector<int64_t> expected = {568'169,   861'491,   890'917,   1'702'039,
                                         2'513'374, 2'784'010, 2'914'860, 3'562'906};
  ASSERT_EQ(slow.size(), expected.size());
  for (size_t i = 0; i < slow.size(); ++i) EXPECT_LE(std::abs(slow[i] - expected[i]), 1) << i;
  EXPECT_NEAR(static_cast<double>(
                  PlanArrivals({.rate_per_second = 1'000, .arrivals = 1'000, .seed = 1}).back()),
              1'051'886'322.0, 2);
}

TEST(PlanArrivals, IsTheSameForTheSameSeedOnly) {
  const ArrivalPlan plan = {.rate_per_second = 35'000, .arrivals = 100, .seed = 42};
  ArrivalPlan other = plan;
  other.seed = 43;
  EXPECT_EQ(PlanArrivals(plan), PlanArrivals(plan));
  EXPECT_NE(PlanArrivals(plan), PlanArrivals(other));
}

TEST(PlanArrivals, KeepsItsRateWithoutRoundingErrorsThatAddUp) {
  // 1/3 ns a gap is lost to every one that is rounded.
  const auto planned = PlanArrivals(
      {.process = ArrivalProcess::kConstant, .rate_per_second = 3'000'000, .arrivals = 3'000'000});
  EXPECT_NEAR(static_cast<double>(planned.back()), 1e9, 3);
  EXPECT_EQ(planned.front(), 333);
}

TEST(PlanArrivals, IsAPoissonProcess) {
  constexpr int64_t kArrivals = 200'000;
  const auto planned = PlanArrivals({.rate_per_second = 1'000, .arrivals = kArrivals, .seed = 3});
  EXPECT_TRUE(std::is_sorted(planned.begin(), planned.end()));
  // The gaps' distance from the exponential distribution (Kolmogorov-Smirnov; 1.63 is its 99 %
  // point), and neighbours that know nothing of each other.
  std::vector<double> gaps;
  int64_t last = 0;
  for (const int64_t time : planned) {
    gaps.push_back(static_cast<double>(time - last) / 1e6);
    last = time;
  }
  double product = 0;
  for (size_t i = 1; i < gaps.size(); ++i) product += (gaps[i] - 1) * (gaps[i - 1] - 1);
  EXPECT_LT(std::abs(product / kArrivals), 3.3 / std::sqrt(kArrivals));
  std::sort(gaps.begin(), gaps.end());
  double distance = 0;
  for (size_t i = 0; i < gaps.size(); ++i) {
    const double expected = 1 - std::exp(-gaps[i]);
    distance = std::max(distance, std::abs(expected - (static_cast<double>(i) + 0.5) / kArrivals));
  }
  EXPECT_LT(distance * std::sqrt(kArrivals), 1.63);
}

TEST(PlanArrivals, CoversTheWholeRangeOfRates) {
  EXPECT_NEAR(
      static_cast<double>(PlanArrivals(
          {.process = ArrivalProcess::kConstant, .rate_per_second = 0.001, .arrivals = 2})[1]),
      2e12, 1);
  EXPECT_GT(PlanArrivals({.rate_per_second = 1e7, .arrivals = 1'000}).back(), 50'000);
}

// By another implementation in integers of any size. A gap of 1,000 s shows all of the 32 bits that
// the logarithm has.
TEST(PlanArrivals, IsBitIdenticalToItsDefinition) {
  EXPECT_EQ(PlanArrivals({.rate_per_second = 0.001, .arrivals = 6, .seed = 1}),
            (std::vector<int64_t>{568'169'510'457, 861'491'782'590, 890'917'757'526,
                                  1'702'039'753'785, 2'513'374'475'063, 2'784'010'143'950}));
  EXPECT_EQ(PlanArrivals({.rate_per_second = 0.001, .arrivals = 6, .seed = 2}),
            (std::vector<int64_t>{525'618'273'764, 814'434'744'184, 1'332'556'786'481,
                                  1'599'888'467'695, 2'765'959'738'986, 3'825'479'388'935}));
  EXPECT_EQ(PlanArrivals({.rate_per_second = 1e7, .arrivals = 12, .seed = 1}),
            (std::vector<int64_t>{56, 86, 89, 170, 251, 278, 291, 356, 481, 504, 595, 645}));
}

TEST(PlanArrivals, KeepsFractionsOfANanosecond) {
  EXPECT_EQ(
      PlanArrivals(
          {.process = ArrivalProcess::kConstant, .rate_per_second = 3'000'000, .arrivals = 6}),
      (std::vector<int64_t>{333, 666, 999, 1'333, 1'666, 1'999}));
}

TEST(PlanArrivals, IsOfOneRunAThousandASecondUnlessSaid) {
  EXPECT_EQ(PlanArrivals({}), (std::vector<int64_t>{568'169}));
}

TEST(ArrivalProcess, IsCalledByItsName) {
  EXPECT_EQ(Name(ArrivalProcess::kPoisson), "poisson");
  EXPECT_EQ(Name(ArrivalProcess::kConstant), "constant");
}

}  // namespace
}  // namespace slo::bench
