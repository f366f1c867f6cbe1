#include "tools/lib/text/exact_pattern.h"

#include <regex>
#include <string>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(ExactPattern, EscapesWhatIsSpecial) {
  EXPECT_EQ(ExactPattern("BM_A/steps:3"), "^BM_A/steps:3$");
  EXPECT_EQ(ExactPattern("BM_A<int>(x)"), "^BM_A<int>\\(x\\)$");
}

TEST(ExactPattern, MatchesItsNameAlone) {
  const std::string name = R"(a.b*[c]{d}+?|^$(e)\f)";
  for (const auto grammar : {std::regex::extended, std::regex::ECMAScript}) {
    const std::regex pattern(ExactPattern(name), grammar);
    EXPECT_TRUE(std::regex_search(name, pattern));
    EXPECT_FALSE(std::regex_search(name + "x", pattern));
    EXPECT_FALSE(std::regex_search("x" + name, pattern));
  }
}

}  // namespace
}  // namespace slo::tools
