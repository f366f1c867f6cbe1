#include "tools/stats/binomial_limits.h"

#include <cmath>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

TEST(ClopperPearsonLower, HasAClosedFormWhenAllSucceeded) {
  for (const int64_t n : {1, 16, 299, 10'000}) {
    EXPECT_NEAR(ClopperPearsonLower(n, n, 0.95), std::pow(0.05, 1.0 / static_cast<double>(n)),
                1e-12);
    EXPECT_EQ(ClopperPearsonUpper(n, n, 0.95), 1.0);
  }
  EXPECT_NEAR(ClopperPearsonLower(16, 16, 0.95), 0.829, 0.0005);
}

TEST(ClopperPearson, EqualsPublishedTwoSidedLimits) {
  // 81 of 263 at two-sided 95 %: 0.2527 to 0.3676 (A. Agresti, "Categorical Data Analysis").
  EXPECT_NEAR(ClopperPearsonLower(81, 263, 0.975), 0.2527, 0.0001);
  EXPECT_NEAR(ClopperPearsonUpper(81, 263, 0.975), 0.3676, 0.0001);
}

TEST(ClopperPearson, IsSymmetricInSuccessAndFailure) {
  EXPECT_NEAR(ClopperPearsonLower(3, 40, 0.99), 1 - ClopperPearsonUpper(37, 40, 0.99), 1e-12);
}

TEST(ClopperPearson, ReachesTheEndsWithoutSuccessOrFailure) {
  EXPECT_EQ(ClopperPearsonLower(0, 5, 0.95), 0.0);
  EXPECT_LT(ClopperPearsonLower(298, 298, 0.95), 0.99);
  EXPECT_GE(ClopperPearsonLower(299, 299, 0.95), 0.99);
}

}  // namespace
}  // namespace slo::stats
