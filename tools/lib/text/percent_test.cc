#include "tools/lib/text/percent.h"

#include <limits>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(ParsePercent, ReadsANumberWithItsSign) {
  EXPECT_DOUBLE_EQ(ParsePercent("3%").value(), 0.03);
  EXPECT_DOUBLE_EQ(ParsePercent("0.1%").value(), 0.001);
  EXPECT_DOUBLE_EQ(ParsePercent("0%").value(), 0);
  EXPECT_DOUBLE_EQ(ParsePercent("1000%").value(), 10);
}

TEST(ParsePercent, RefusesWhatIsNoPercentage) {
  for (const char* text :
       {"3", "", "%", "-1%", "-0.001%", "nan%", "inf%", "1000.001%", "3%%", "three%"}) {
    EXPECT_FALSE(ParsePercent(text).ok()) << text;
  }
  EXPECT_EQ(ParsePercent("3").status().message(),
            "expected a percentage from 0 to 1000, for example \"3%\", found \"3\"");
}

TEST(ChangeText, ShowsTheSignAndAsManyDecimalsAsMeanSomething) {
  EXPECT_EQ(ChangeText(0.0125), "+1.25 %");
  EXPECT_EQ(ChangeText(-0.5), "-50.00 %");
  EXPECT_EQ(ChangeText(0), "+0.00 %");
  EXPECT_EQ(ChangeText(2.5), "+250 %");
  EXPECT_EQ(ChangeText(0.9999), "+99.99 %");
  EXPECT_EQ(ChangeText(0.99996), "+100 %");
  EXPECT_EQ(ChangeText(-0.99996), "-100 %");
  EXPECT_EQ(ChangeText(std::numeric_limits<double>::infinity()), "-");
}

}  // namespace
}  // namespace slo::tools
