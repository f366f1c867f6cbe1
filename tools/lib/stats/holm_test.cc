#include "tools/lib/stats/holm.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::stats {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(HolmAdjusted, MultipliesByTheHypothesesThatAreLeft) {
  EXPECT_THAT(HolmAdjusted(std::vector<double>{0.01, 0.04, 0.03}),
              ElementsAre(DoubleEq(0.03), DoubleEq(0.06), DoubleEq(0.06)));
}

TEST(HolmAdjusted, NeverFallsBelowAStricterOneNorExceedsOne) {
  EXPECT_THAT(HolmAdjusted(std::vector<double>{0.02, 0.021, 0.9}),
              ElementsAre(DoubleEq(0.06), DoubleEq(0.06), DoubleEq(0.9)));
  EXPECT_THAT(HolmAdjusted(std::vector<double>{0.6, 0.7}), ElementsAre(1.0, 1.0));
}

TEST(HolmAdjusted, LeavesASingleHypothesisAsItIs) {
  EXPECT_THAT(HolmAdjusted(std::vector<double>{0.04}), ElementsAre(0.04));
  EXPECT_THAT(HolmAdjusted({}), IsEmpty());
}

}  // namespace
}  // namespace slo::stats
