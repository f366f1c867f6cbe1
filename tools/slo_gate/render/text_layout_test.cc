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

TEST(Columns, CountEveryByteThatContinuesNothingElse) {
  EXPECT_EQ(Columns(""), 0U);
  EXPECT_EQ(Columns("abc"), 3U);
  EXPECT_EQ(Columns("\xE2\x82\xAC"), 1U);
  EXPECT_EQ(Columns("\xF0\x9F\x98\x80z"), 2U);
  EXPECT_EQ(Columns("\xC3\xBF\xC3\x81\xC3\x82\xC3\xA4"), 4U);
  EXPECT_EQ(Columns("\x7F"), 1U);
}

TEST(FirstColumns, EndBetweenCodePoints) {
  EXPECT_EQ(FirstColumns("abc", 0), "");
  EXPECT_EQ(FirstColumns("abc", 2), "ab");
  EXPECT_EQ(FirstColumns("abc", 3), "abc");
  EXPECT_EQ(FirstColumns("abc", 9), "abc");
  EXPECT_EQ(FirstColumns("\xC2\xB5\xC2\xB5z", 1), "\xC2\xB5");
  EXPECT_EQ(FirstColumns("\xC2\xB5\xC2\xB5z", 2), "\xC2\xB5\xC2\xB5");
}

TEST(LastColumns, BeginBetweenCodePoints) {
  EXPECT_EQ(LastColumns("abc", 0), "");
  EXPECT_EQ(LastColumns("abc", 2), "bc");
  EXPECT_EQ(LastColumns("abc", 3), "abc");
  EXPECT_EQ(LastColumns("abc", 9), "abc");
  EXPECT_EQ(LastColumns("z\xC2\xB5\xC2\xB5", 1), "\xC2\xB5");
}

TEST(MiddleCut, GivesTheOddColumnToTheBeginning) {
  EXPECT_EQ(MiddleCut("abcdefghij", 10), "abcdefghij");
  EXPECT_EQ(MiddleCut("abcdefghij", 9), "abcd..hij");
  EXPECT_EQ(MiddleCut("abcdefghij", 8), "abc..hij");
  EXPECT_EQ(MiddleCut("abcdefghij", 3), "a..");
}

TEST(Wrapped, FillsALineOfAHundredColumns) {
  const std::string a(49, 'a');
  const std::string b(50, 'b');
  EXPECT_EQ(Wrapped(a + " " + b, "  "), a + " " + b + "\n");
  EXPECT_EQ(Wrapped(b + " " + b, "  "), b + "\n  " + b + "\n");
  // The indent of the lines that follow counts.
  const std::string c(47, 'c');
  EXPECT_EQ(Wrapped(b + " " + b + " " + c, "  "), b + "\n  " + b + " " + c + "\n");
  EXPECT_EQ(Wrapped(b + " " + b + " " + c + "c", "  "), b + "\n  " + b + "\n  " + c + "c\n");
  // Code points count, not bytes.
  std::string wide;
  for (int i = 0; i < 49; ++i) wide += "\xC2\xB5";
  EXPECT_EQ(Wrapped(wide + " " + b, ""), wide + " " + b + "\n");
}

}  // namespace
}  // namespace slo::tools
