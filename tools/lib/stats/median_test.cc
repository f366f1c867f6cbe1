#include "tools/lib/stats/median.h"

#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(MedianOfSorted, IsTheMiddleOrTheMeanOfTheTwoThere) {
  EXPECT_EQ(MedianOfSorted(std::vector<double>{7}), 7);
  EXPECT_EQ(MedianOfSorted(std::vector<double>{1, 2, 9}), 2);
  EXPECT_EQ(MedianOfSorted(std::vector<double>{1, 2, 4, 9}), 3);
}

}  // namespace
}  // namespace slo::stats
