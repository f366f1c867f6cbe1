#include "tools/slo_gate/json_text.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string ProblemOf(const std::string& text) {
  return std::string(ParseJsonText("r.json", text, RepeatedKeys::kRefused).status().message());
}

TEST(ParseJsonText, ReadsJson) {
  EXPECT_EQ(ParseJsonText("r.json", "{\"a\":[1]}", RepeatedKeys::kRefused).value()["a"][0], 1);
}

TEST(ParseJsonText, SaysWhereATextBreaksOff) {
  EXPECT_THAT(ProblemOf("{\"a\":\n  [1,"), AllOf(HasSubstr("r.json: "), HasSubstr("line 2")));
}

TEST(ParseJsonText, ExplainsNaNAndInfinity) {
  EXPECT_THAT(ProblemOf("{\"a\": NaN}"), HasSubstr("a counter that is NaN or infinite"));
  EXPECT_THAT(ProblemOf("{\"a\": nan}"), HasSubstr("a counter that is NaN or infinite"));
  EXPECT_THAT(ProblemOf("{\"a\": Infinity}"), HasSubstr("a counter that is NaN or infinite"));
  EXPECT_THAT(ProblemOf("{\"a\": -Infinity}"), HasSubstr("a counter that is NaN or infinite"));
}

TEST(ParseJsonText, RefusesAnEmptyText) {
  EXPECT_EQ(ProblemOf(" \n"), "r.json: is empty; expected JSON");
}

TEST(ParseJsonText, RefusesDeepNestingWithoutFollowingIt) {
  EXPECT_THAT(ProblemOf(std::string(200, '[') + std::string(200, ']')),
              HasSubstr("nested deeper than 64 levels"));
  const std::string deep(100'000, '[');
  EXPECT_FALSE(ParseJsonText("r.json", deep, RepeatedKeys::kLastWins).ok());
}

TEST(ParseJsonText, RefusesAKeyThatIsThereTwice) {
  EXPECT_THAT(ProblemOf("{\"a\":{\"b\":1},\"c\":2,\"c\":3}"),
              HasSubstr("key \"c\" is there twice"));
  EXPECT_EQ(ProblemOf("[{\"a\":1},{\"a\":1}]"), "");
  EXPECT_EQ(ParseJsonText("r.json", "{\"c\":2,\"c\":3}", RepeatedKeys::kLastWins).value()["c"], 3);
}

}  // namespace
}  // namespace slo::tools
