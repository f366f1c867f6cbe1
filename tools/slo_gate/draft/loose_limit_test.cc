#include "tools/slo_gate/draft/loose_limit.h"

#include <algorithm>
#include <string>

#include "gtest/gtest.h"
#include "tools/lib/text/duration.h"

namespace slo::tools {
namespace {

constexpr Looseness kMax = {.headroom = 3, .is_max = true};
constexpr Looseness kMin = {.headroom = 3, .is_max = false};

TEST(LooseNumber, IsTwoDigitsAwayFromTheValue) {
  EXPECT_EQ(LooseNumber(10, kMax), 30);
  EXPECT_EQ(LooseNumber(10.01, kMax), 31);
  EXPECT_EQ(LooseNumber(0.1, kMax), 0.3);
  EXPECT_EQ(LooseNumber(4.2e9, kMin), 1.4e9);
  EXPECT_EQ(LooseNumber(100, kMin), 33);
  EXPECT_EQ(LooseNumber(0, kMax), 0);
  EXPECT_EQ(LooseNumber(0, kMin), 0);
}

TEST(LooseNumber, IsLooseForNegativeValues) {
  EXPECT_EQ(LooseNumber(-60, kMax), -20);
  EXPECT_EQ(LooseNumber(-10, kMax), -3.3);
  EXPECT_EQ(LooseNumber(-10, kMin), -30);
  EXPECT_EQ(LooseNumber(-10.01, kMin), -31);
}

TEST(LooseDuration, HasTheUnitThatReadsWell) {
  EXPECT_EQ(LooseDuration(500, 1e9, kMax), "1.5us");
  EXPECT_EQ(LooseDuration(812, 1e9, kMax), "2.5us");
  EXPECT_EQ(LooseDuration(51'000, 1e9, kMax), "160us");
  EXPECT_EQ(LooseDuration(0.28, 1e9, kMax), "0.84ns");
  EXPECT_EQ(LooseDuration(80.1, 1e6, kMax), "250us");
  EXPECT_EQ(LooseDuration(100, 1, kMax), "300s");
  EXPECT_EQ(LooseDuration(500, 1e9, kMin), "160ns");
}

TEST(LooseDuration, IsNeverWithinTheValue) {
  double value = 1e-7;
  for (int i = 0; i < 2'000; ++i, value *= 1.021) {
    for (const double headroom : {1.0, 1.1, 3.0}) {
      const std::string max = LooseDuration(value, 1e9, {headroom, true});
      const std::string min = LooseDuration(value, 1e9, {headroom, false});
      EXPECT_GE(ParseDurationIn(1e9, max).value_or(0),
                std::max(value, value * headroom * (1 - 1e-9)))
          << max;
      EXPECT_LE(ParseDurationIn(1e9, max).value_or(0), value * headroom * 1.11) << max;
      EXPECT_LE(ParseDurationIn(1e9, min).value_or(0),
                std::min(value, value / headroom * (1 + 1e-9)))
          << min;
      EXPECT_GE(ParseDurationIn(1e9, min).value_or(0), value / headroom * 0.89) << min;
    }
  }
}

TEST(LooseRatio, LeavesThreeTimesWhatMayMiss) {
  const double min = LooseRatio(1, 100'000, kMin);
  EXPECT_LT(min, 1);
  EXPECT_GT(min, 0.999);
  EXPECT_LT(LooseRatio(1, 10, kMin), 0) << "so few trials show nothing";
  EXPECT_NEAR(LooseRatio(0.01, 1'000'000, kMax), 0.031, 0.0015);
}

}  // namespace
}  // namespace slo::tools
