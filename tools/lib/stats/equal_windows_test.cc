#include "tools/lib/stats/equal_windows.h"

#include <numeric>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::stats {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;

TEST(EqualWindows, SharesAStretchOutAmongTheWindowsThatItReachesInto) {
  // From 0 to 3 six, from 3 to 4 four: half of the time is 2.
  const std::vector<Stretch> stretches = {{.length = 3, .count = 6}, {.length = 1, .count = 4}};
  EXPECT_THAT(EqualWindows(stretches, 2), ElementsAre(DoubleEq(4), DoubleEq(6)));
  EXPECT_THAT(EqualWindows(stretches, 4),
              ElementsAre(DoubleEq(2), DoubleEq(2), DoubleEq(2), DoubleEq(4)));
  EXPECT_THAT(EqualWindows(stretches, 1), ElementsAre(DoubleEq(10)));
}

TEST(EqualWindows, MergesStretchesThatEndWithAWindow) {
  const std::vector<Stretch> stretches(6, {.length = 1, .count = 1});
  EXPECT_THAT(EqualWindows(stretches, 3), ElementsAre(DoubleEq(2), DoubleEq(2), DoubleEq(2)));
}

TEST(EqualWindows, KeepsTheSum) {
  std::vector<Stretch> stretches;
  for (int i = 1; i <= 97; ++i) stretches.push_back({.length = 1.0 / i, .count = i % 5 * 0.7});
  double sum = 0;
  for (const Stretch& stretch : stretches) sum += stretch.count;
  for (const size_t windows : {1U, 7U, 24U, 97U, 500U}) {
    const std::vector<double> counts = EqualWindows(stretches, windows);
    ASSERT_EQ(counts.size(), windows);
    EXPECT_NEAR(std::accumulate(counts.begin(), counts.end(), 0.0), sum, 1e-9) << windows;
    for (const double count : counts) EXPECT_GE(count, 0);
  }
}

TEST(EqualWindows, AreEmptyWithoutStretches) {
  EXPECT_THAT(EqualWindows({}, 2), ElementsAre(0, 0));
}

TEST(EqualWindows, HaveStretchesOfNothingByDefault) {
  EXPECT_EQ(Stretch().length, 0);
  EXPECT_EQ(Stretch().count, 0);
}

}  // namespace
}  // namespace slo::stats
