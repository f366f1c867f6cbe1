#include "tools/slo_gate/render/text_layout.h"

#include <string>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(Columns, CountCodePoints) { EXPECT_EQ(Columns("\xC2\xB5s"), 2U); }

TEST(MiddleCut, KeepsBothEnds) {
  EXPECT_EQ(MiddleCut("latency_p99_us", 14), "latency_p99_us");
  EXPECT_EQ(MiddleCut("environment_stall_share", 12), "envir..share");
}

TEST(MiddleCut, LeavesCodePointsWhole) {
  EXPECT_EQ(MiddleCut("\xC2\xB5\xC2\xB5\xC2\xB5\xC2\xB5\xC2\xB5", 4), "\xC2\xB5..\xC2\xB5");
}

TEST(Wrapped, BreaksBetweenWords) {
  const std::string word(60, 'x');
  EXPECT_EQ(Wrapped("a b", "  "), "a b\n");
  EXPECT_EQ(Wrapped(word + " " + word, "  "), word + "\n  " + word + "\n");
}

TEST(Wrapped, LeavesALongWordWhole) {
  const std::string word(200, 'x');
  EXPECT_EQ(Wrapped("a " + word + " b", "  "), "a\n  " + word + "\n  b\n");
}

TEST(OneLine, ReplacesControlCharacters) { EXPECT_EQ(OneLine("a\n\x1b[b"), "a??[b"); }

}  // namespace
}  // namespace slo::tools
