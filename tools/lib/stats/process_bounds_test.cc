#include "tools/lib/stats/process_bounds.h"

#include <cmath>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(ProcessBounds, AreStudentsOfTheLogarithms) {
  // Logarithms 0, ln 2, ln 4, ln 8: mean 1.5 ln 2, deviation 1.290994 ln 2, t(0.99, 3) = 4.540703.
  const auto bounds = ProcessBounds(std::vector<double>{4, 1, 8, 2}, 0.99);
  ASSERT_TRUE(bounds.has_value());
  EXPECT_NEAR(bounds->mean, std::pow(2, 1.5), 1e-9);
  EXPECT_NEAR(bounds->upper, std::pow(2, 1.5 + 4.540703 * 1.290994 / 2), 1e-3);
  EXPECT_NEAR(bounds->lower, std::pow(2, 1.5 - 4.540703 * 1.290994 / 2), 1e-6);
}

TEST(ProcessBounds, AreNeverWithinWhatFewProcessesShow) {
  const std::vector<double> values = {10, 10, 10, 10, 10, 10, 10, 30};
  const auto bounds = ProcessBounds(values, 0.5);
  ASSERT_TRUE(bounds.has_value());
  EXPECT_EQ(bounds->upper, 30) << "the process that met a slow phase";
  EXPECT_EQ(bounds->lower, 10);
}

TEST(ProcessBounds, LeaveASmallPartOutWhereThereAreMany) {
  std::vector<double> values(99, 10.0);
  values.push_back(1e6);
  const auto bounds = ProcessBounds(values, 0.5);
  ASSERT_TRUE(bounds.has_value());
  EXPECT_LT(bounds->upper, 20) << "one of a hundred";
}

TEST(ProcessBounds, TakeNoLogarithmWhereAValueIsNotAboveZero) {
  // Mean 1, deviation 1, t(0.95, 2) = 2.919986.
  const auto bounds = ProcessBounds(std::vector<double>{0, 1, 2}, 0.95);
  ASSERT_TRUE(bounds.has_value());
  EXPECT_NEAR(bounds->mean, 1, 1e-12);
  EXPECT_NEAR(bounds->upper, 1 + 2.919986 / std::sqrt(3), 1e-5);
  EXPECT_NEAR(bounds->lower, 1 - 2.919986 / std::sqrt(3), 1e-5);
}

TEST(ProcessBounds, OfEqualValuesAreThatValue) {
  const auto bounds = ProcessBounds(std::vector<double>{0, 0, 0}, 0.9995);
  ASSERT_TRUE(bounds.has_value());
  EXPECT_EQ(bounds->lower, 0);
  EXPECT_EQ(bounds->upper, 0);
}

TEST(ProcessBounds, NeedTwoProcesses) {
  EXPECT_FALSE(ProcessBounds({}, 0.95).has_value());
  EXPECT_FALSE(ProcessBounds(std::vector<double>{1}, 0.95).has_value());
}

// Whatever the share of slow processes is below kSlowProcesses and above it, the true mean of the
// logarithms lies beyond a bound in no more than the stated part of all gates.
TEST(ProcessBounds, HoldAtTheStatedLevel) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  constexpr int kGates = 4'000;
  int above = 0;
  int below = 0;
  for (int gate = 0; gate < kGates; ++gate) {
    std::vector<double> values;
    for (int process = 0; process < 8; ++process) values.push_back(std::exp(0.3 * normal(random)));
    const auto bounds = ProcessBounds(values, 0.95);
    ASSERT_TRUE(bounds.has_value());
    above += bounds->upper < 1 ? 1 : 0;
    below += bounds->lower > 1 ? 1 : 0;
  }
  const double most = kGates * (0.05 + 3 * std::sqrt(0.05 * 0.95 / kGates));
  EXPECT_LE(above, most);
  EXPECT_LE(below, most);
  EXPECT_GT(above + below, 0);
}

}  // namespace
}  // namespace slo::stats
