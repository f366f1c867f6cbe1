#include "tools/lib/text/glob.h"

#include <string>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(GlobMatches, TakesPlainTextLiterally) {
  EXPECT_TRUE(GlobMatches("BM_A/x:1", "BM_A/x:1"));
  EXPECT_FALSE(GlobMatches("BM_A", "BM_A/x:1"));
  EXPECT_FALSE(GlobMatches("BM_A.x", "BM_A/x"));
}

TEST(GlobMatches, LetsAStarStandForAnyText) {
  EXPECT_TRUE(GlobMatches("BM_*", "BM_"));
  EXPECT_TRUE(GlobMatches("BM_*/steps:*", "BM_RunPath/shape:chain/steps:3/manual_time"));
  EXPECT_TRUE(GlobMatches("*b*c", "aabbbcc"));
  EXPECT_FALSE(GlobMatches("*b*d", "aabbbcc"));
  EXPECT_TRUE(GlobMatches("**", ""));
}

TEST(GlobMatches, LetsAQuestionMarkStandForOneCharacter) {
  EXPECT_TRUE(GlobMatches("p9?", "p99"));
  EXPECT_FALSE(GlobMatches("p9?", "p9"));
}

TEST(GlobMatches, StaysFastOnHostileGlobs) {
  EXPECT_FALSE(GlobMatches(std::string(200, '*') + "b", std::string(2'000, 'a')));
}

TEST(GlobMatches, GoesBackToTheLastStarAndNoFurther) {
  EXPECT_TRUE(GlobMatches("a*b?d", "aXbYbZd"));
  EXPECT_TRUE(GlobMatches("*aab", "aaaab"));
  EXPECT_TRUE(GlobMatches("a*a*a", "aaa"));
  EXPECT_FALSE(GlobMatches("a*a*a", "aa"));
  EXPECT_TRUE(GlobMatches("a*", "a"));
  EXPECT_FALSE(GlobMatches("a*c", "ab"));
  EXPECT_TRUE(GlobMatches("", ""));
  EXPECT_FALSE(GlobMatches("", "a"));
  EXPECT_FALSE(GlobMatches("a", ""));
  EXPECT_FALSE(GlobMatches("?", ""));
  EXPECT_TRUE(GlobMatches("*", ""));
  EXPECT_FALSE(GlobMatches("*a", ""));
  EXPECT_TRUE(GlobMatches("ab*", "ab"));
  EXPECT_FALSE(GlobMatches("ab*c*", "abd"));
}

TEST(GlobMatches, TakesTheMeaningFromWhatStandsBehindABackslash) {
  EXPECT_TRUE(GlobMatches(R"(BM_A<char\*>/\?)", "BM_A<char*>/?"));
  EXPECT_FALSE(GlobMatches(R"(BM_A<char\*>/\?)", "BM_A<char8>/?"));
  EXPECT_FALSE(GlobMatches(R"(BM_A<char\*>/\?)", "BM_A<char*>/1"));
  EXPECT_TRUE(GlobMatches(R"(a\\*)", R"(a\b)"));
  EXPECT_FALSE(GlobMatches(R"(a\\*)", "ab"));
  EXPECT_TRUE(GlobMatches(R"(\a)", "a"));
  EXPECT_TRUE(GlobMatches(R"(*\**)", "a*b"));
  EXPECT_FALSE(GlobMatches(R"(*\**)", "ab"));
  EXPECT_TRUE(GlobMatches(R"(a\)", R"(a\)")) << "at the end it stands for itself";
  EXPECT_FALSE(GlobMatches(R"(a\*)", "a"));
}

TEST(GlobOf, MatchesItsTextAlone) {
  for (const char* text :
       {"", "BM_A/8", "a*b", "a?b", R"(a\b)", R"(a\*)", R"(\)", "[a-c]", "\"q\" \xC3\xA4"}) {
    EXPECT_TRUE(GlobMatches(GlobOf(text), text)) << text;
    EXPECT_EQ(LiteralOf(GlobOf(text)), text);
    EXPECT_FALSE(GlobMatches(GlobOf(text), std::string(text) + "x")) << text;
  }
  EXPECT_FALSE(GlobMatches(GlobOf("a*b"), "axb"));
  EXPECT_FALSE(GlobMatches(GlobOf("a?b"), "axb"));
}

TEST(LiteralOf, IsNothingWhereSeveralTextsMatch) {
  EXPECT_EQ(LiteralOf("BM_*"), std::nullopt);
  EXPECT_EQ(LiteralOf("BM_?"), std::nullopt);
  EXPECT_EQ(LiteralOf(R"(BM_\*)"), "BM_*");
  EXPECT_EQ(LiteralOf(R"(a\)"), R"(a\)");
}

}  // namespace
}  // namespace slo::tools
