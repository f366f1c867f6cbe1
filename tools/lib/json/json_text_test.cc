#include "tools/lib/json/json_text.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string ProblemOf(const std::string& text) {
  return std::string(ParseJsonText("r.json", text).status().message());
}

TEST(ParseJsonText, ReadsJson) {
  EXPECT_EQ(ParseJsonText("r.json", "{\"a\":[1]}").value()["a"][0], 1);
}

TEST(ParseJsonText, SaysWhereATextBreaksOff) {
  EXPECT_THAT(ProblemOf("{\"a\":\n  [1,"),
              AllOf(HasSubstr("r.json: byte 12, in a[1]: "), HasSubstr("line 2")));
  EXPECT_THAT(ProblemOf("[] x"), HasSubstr("r.json: byte 4, in the document: "));
}

TEST(ParseJsonText, ExplainsNaNAndInfinity) {
  for (const char* word : {"NaN", "nan", "-nan", "Infinity", "-Infinity", "inf", "-inf"}) {
    EXPECT_THAT(ProblemOf(absl::StrCat("{\"a\": ", word, "}")),
                HasSubstr("JSON has neither NaN nor Infinity"))
        << word;
  }
  EXPECT_THAT(ProblemOf("{\"nan\": none}"), Not(HasSubstr("neither NaN nor Infinity")));
  // Wherever in the text it is.
  for (const char* text : {"NaN", "[NaN]", " NaN", "[1,NaN", "[ -inf"}) {
    EXPECT_THAT(ProblemOf(text), HasSubstr("JSON has neither NaN nor Infinity")) << text;
  }
}

TEST(ParseJsonText, ReadsNoMoreThanItSays) {
  std::string text(kMaxJsonBytes + 1, ' ');
  text.front() = '7';
  EXPECT_THAT(ProblemOf(text), HasSubstr("is too large; at most 268435456 bytes are read"));
}

TEST(ParseJsonText, NamesTheBenchmarkRowThatItStoppedIn) {
  EXPECT_THAT(ProblemOf(R"({"benchmarks": [{"name": "BM_A"}, {"name": "BM_B", "p99_us": NaN}]})"),
              HasSubstr("in benchmarks[1].p99_us (row \"BM_B\"): "));
}

TEST(ParseJsonText, RefusesNumbersThatNoDoubleHolds) {
  EXPECT_THAT(ProblemOf("[1, 1e400]"), HasSubstr("in [1]: number overflow parsing '1e400'"));
}

TEST(ParseJsonText, RefusesAnEmptyText) {
  EXPECT_EQ(ProblemOf(" \n"), "r.json: is empty; expected JSON");
}

TEST(ParseJsonText, RefusesDeepNestingWithoutFollowingIt) {
  EXPECT_EQ(ProblemOf(std::string(200, '[') + std::string(200, ']')),
            "r.json: nested deeper than 64 levels");
  EXPECT_EQ(ProblemOf(std::string(100'000, '[')), "r.json: nested deeper than 64 levels");
  EXPECT_EQ(ProblemOf(std::string(64, '[') + std::string(64, ']')), "");
}

TEST(ParseJsonText, NamesEveryKeyThatIsThereTwice) {
  EXPECT_EQ(ProblemOf(R"({"a": {"b": 1, "b": 2}, "c": [{"d": 1, "d": 2}]})"),
            "r.json: a.b: the key is there twice in one object\n"
            "r.json: c[0].d: the key is there twice in one object");
  EXPECT_EQ(ProblemOf(R"([{"a": 1}, {"a": 1}])"), "");
}

TEST(ParseJsonText, BlanksControlCharacters) {
  EXPECT_EQ(ParseJsonText("r.json", R"(["a\u001b[31m\nb"])").value()[0], "a [31m b");
}

TEST(ParseJsonText, KeepsEveryElementWhereNothingTakesThem) {
  const std::string text = R"({"":[1,[2],{"":[3]}],"a":[4]})";
  EXPECT_EQ(ParseJsonText("r.json", text).value().dump(), text);
}

TEST(ParseJsonText, HandsOutTheElementsOfTheSinksList) {
  std::vector<std::string> taken;
  const auto document = ParseJsonText(
      "r.json", R"({"other": [1], "rows": [{"a": [1, 2]}, 7, []], "deep": {"rows": [3]}})",
      {"rows", [&](size_t index, const nlohmann::json& element) {
         taken.push_back(absl::StrCat(index, ": ", element.dump()));
       }});
  EXPECT_THAT(taken, ElementsAre("0: {\"a\":[1,2]}", "1: 7", "2: []"));
  EXPECT_EQ(document.value().dump(),
            R"({"deep":{"rows":[3]},"other":[1],"rows":[null,null,null]})");
}

TEST(ParseJsonText, AsksTheSinkWhatBecomesOfAKeyThatIsThereTwice) {
  std::vector<std::string> taken;
  const ElementSink sink = {
      .list = "rows",
      .take = [&](size_t, const nlohmann::json& element) { taken.push_back(element.dump()); },
      .repeated =
          [](absl::string_view key) {
            return key == "null" ? RepeatedKey::kBecomesNull : RepeatedKey::kFirstCounts;
          }};
  EXPECT_TRUE(ParseJsonText("r.json",
                            R"({"rows": [{"null": 1, "first": [2], "null": {"a": [3]}, "first": [4],
                                          "last": 5, "null": 6}, {"null": 7}]})",
                            sink)
                  .ok());
  EXPECT_THAT(taken, ElementsAre(R"({"first":[2],"last":5,"null":null})", R"({"null":7})"));
  // It is asked about the elements' own members only.
  for (const char* text : {R"({"rows": [{"a": {"b": 1, "b": 2}}]})", R"({"c": 1, "c": 2})",
                           R"({"others": [{"d": 1, "d": 2}]})"}) {
    EXPECT_THAT(std::string(ParseJsonText("r.json", text, sink).status().message()),
                HasSubstr("the key is there twice"))
        << text;
  }
}

TEST(ParseJsonText, BlanksControlCharactersInNamesAndProblems) {
  const auto document = ParseJsonText("r.json", R"({"a\u001b\u0007b": 1})").value();
  EXPECT_TRUE(document.contains("a  b"));
  for (const char* text : {"[\x1b]", "[\"\x1b\"]", "{\"\x1b\": 1}", "[\"a\n\"]"}) {
    const std::string problem = ProblemOf(text);
    EXPECT_FALSE(problem.empty());
    EXPECT_EQ(problem.find_first_of("\x1b\n\x07"), std::string::npos) << problem;
  }
}

TEST(ParseJsonText, SaysWhatIsWrongWithoutTheParsersTag) {
  EXPECT_THAT(ProblemOf("[1,"), AllOf(HasSubstr("in [1]: parse error at line 1, column 4"),
                                      Not(HasSubstr("json.exception"))));
}

TEST(ParseJsonText, KeepsEveryKindOfValue) {
  const std::string text = R"({"a":[null,true,false,-1,18446744073709551615,1.5,"x",{},[]]})";
  EXPECT_EQ(ParseJsonText("r.json", text).value().dump(), text);
}

}  // namespace
}  // namespace slo::tools
