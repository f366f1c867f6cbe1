#include "tools/lib/text/duration.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

constexpr double kNs = 1e9;

TEST(ParseDurationIn, ReadsEachUnit) {
  EXPECT_EQ(ParseDurationIn(kNs, "7ns"), 7);
  EXPECT_EQ(ParseDurationIn(kNs, "7us"), 7e3);
  EXPECT_EQ(ParseDurationIn(kNs, "7\xC2\xB5s"), 7e3);
  EXPECT_EQ(ParseDurationIn(kNs, "7\xCE\xBCs"), 7e3);
  EXPECT_EQ(ParseDurationIn(kNs, "7ms"), 7e6);
  EXPECT_EQ(ParseDurationIn(kNs, "7s"), 7e9);
  EXPECT_EQ(ParseDurationIn(kNs, "2m"), 120e9);
  EXPECT_EQ(ParseDurationIn(kNs, "1h"), 3600e9);
  EXPECT_EQ(ParseDurationIn(1, "1h"), 3600);
}

TEST(ParseDurationIn, KeepsWhatWasWritten) {
  for (const double value : {0.1, 0.3, 1.1, 0.28, 123.456, 1e-3}) {
    char text[32];
    snprintf(text, sizeof(text), "%.17gns", value);
    EXPECT_EQ(ParseDurationIn(kNs, text), value) << text;
  }
  EXPECT_EQ(ParseDurationIn(1e6, "0.3us"), 0.3);
  EXPECT_EQ(ParseDurationIn(1e6, "250ms"), 250'000);
  EXPECT_DOUBLE_EQ(*ParseDurationIn(1e6, "1.1ns"), 0.0011);
}

TEST(ParseDurationIn, TakesBlanksExponentsAndSeveralParts) {
  EXPECT_EQ(ParseDurationIn(kNs, " 0.5 ms "), 500'000);
  EXPECT_EQ(ParseDurationIn(kNs, "1e3ns"), 1'000);
  EXPECT_EQ(ParseDurationIn(kNs, "1E-3us"), 1);
  EXPECT_EQ(ParseDurationIn(kNs, ".5us"), 500);
  EXPECT_EQ(ParseDurationIn(kNs, "1m30s"), 90e9);
  EXPECT_EQ(ParseDurationIn(kNs, "1h 2m 3s"), 3'723e9);
  EXPECT_EQ(ParseDurationIn(kNs, "0ns"), 0);
}

TEST(ParseDurationIn, TakesNothingElse) {
  for (const char* text :
       {"", " ", "ns", "5", "-5ns", "+5ns", "5 nanoseconds", "5d", "nan ns", "inf", "infs",
        "1e999s", "5ns,", "5msx", "0x10ns", "1..2ns", "ms5", "5 5ns"}) {
    EXPECT_EQ(ParseDurationIn(kNs, text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace slo::tools
