#include "tools/lib/results/throughput_counters.h"

#include <limits>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::Key;

Counters ThroughputOf(const std::vector<double>& seconds_per_run) {
  Counters counters;
  AddThroughputLimits(seconds_per_run, 0.95, counters);
  return counters;
}

TEST(ThroughputLimits, AreTheReciprocalsOfThoseOfTheTimes) {
  // Mean 10, t(0.95, 4) = 2.131847, standard error 0.7071068: from 8.49255 to 11.50745 seconds.
  const Counters counters = ThroughputOf({8, 9, 10, 11, 12});
  EXPECT_NEAR(counters.at("runs_per_second_lower"), 1 / 11.507443, 1e-7);
  EXPECT_NEAR(counters.at("runs_per_second_upper"), 1 / 8.492557, 1e-7);
}

TEST(ThroughputLimits, AreLeftOutWhereNothingBoundsThem) {
  EXPECT_TRUE(ThroughputOf({3}).empty());
  EXPECT_TRUE(ThroughputOf({3, std::numeric_limits<double>::infinity()}).empty());
  EXPECT_THAT(ThroughputOf({1, 100}), ElementsAre(Key("runs_per_second_lower")));
  EXPECT_TRUE(ThroughputOf({0, 0}).empty());
}

}  // namespace
}  // namespace slo::tools
