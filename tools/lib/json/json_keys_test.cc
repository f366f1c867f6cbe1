#include "tools/lib/json/json_keys.h"

#include <array>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

TEST(CheckKeys, NamesEachUnknownKeyWithTheNearestKnownOne) {
  constexpr std::array<absl::string_view, 2> kKnown = {"metric", "why"};
  ProblemList problems;
  CheckKeys({{"metirc", 1}, {"why", 2}}, "f.json: x[0]", kKnown, problems);
  EXPECT_EQ(problems.ToStatus().message(),
            "f.json: x[0]: unknown key \"metirc\"; did you mean metric? known keys: metric, why");
}

TEST(RequiredText, TakesNothingButAStringWithSomethingInIt) {
  ProblemList problems;
  EXPECT_EQ(RequiredText({{"a", "b"}}, "f", "a", problems), "b");
  EXPECT_TRUE(problems.ToStatus().ok());
  EXPECT_EQ(RequiredText({{"a", 1}}, "f", "a", problems), "");
  RequiredText({{"a", ""}}, "f", "a", problems);
  RequiredText(json::object(), "f", "a", problems);
  EXPECT_EQ(problems.ToStatus().message(),
            "f.a: expected a non-empty string, found 1\n"
            "f.a: expected a non-empty string, found \"\"\n"
            "f.a: expected a non-empty string, found nothing");
}

TEST(OptionalText, FallsBackOnlyWhenTheKeyIsAbsent) {
  ProblemList problems;
  EXPECT_EQ(OptionalText(json::object(), "f", "a", "cpu_time", problems), "cpu_time");
  EXPECT_TRUE(problems.ToStatus().ok());
  OptionalText({{"a", nullptr}}, "f", "a", "cpu_time", problems);
  EXPECT_THAT(std::string(problems.ToStatus().message()), HasSubstr("found null"));
}

TEST(ReadConfidence, TakesALevelAndSaysWhatElseItFound) {
  ProblemList problems;
  EXPECT_EQ(ReadConfidence({{"confidence", 0.99}}, "f", "confidence", 0.95, problems), 0.99);
  EXPECT_EQ(ReadConfidence(json::object(), "f", "confidence", 0.95, problems), 0.95);
  EXPECT_TRUE(problems.ToStatus().ok());
  ReadConfidence({{"confidence", 1}}, "f", "confidence", 0.95, problems);
  EXPECT_EQ(problems.ToStatus().message(),
            "f: confidence: expected a number from 0.5 to below 1, found 1");
}

TEST(CheckVersion, TakesOneOnly) {
  ProblemList problems;
  CheckVersion({{"version", 1}}, "f", problems);
  EXPECT_TRUE(problems.ToStatus().ok());
  CheckVersion({{"version", 2}}, "f", problems);
  EXPECT_EQ(problems.ToStatus().message(), "f: version: expected 1, found 2");
}

TEST(CheckId, TakesWhatCanStandInAFlag) {
  ProblemList problems;
  CheckId("run_path.p99-1", "f: x[0]", problems);
  EXPECT_TRUE(problems.ToStatus().ok());
  CheckId("a=b", "f: x[0]", problems);
  EXPECT_THAT(std::string(problems.ToStatus().message()), HasSubstr("f: x[0].id: expected"));
}

TEST(TextMember, IsEmptyWhereThereIsNoText) {
  EXPECT_EQ(TextMember({{"a", "b"}}, "a"), "b");
  EXPECT_EQ(TextMember({{"a", 1}}, "a"), "");
  EXPECT_EQ(TextMember({{"a", "b"}}, "b"), "");
  EXPECT_EQ(TextMember(json::object(), "a"), "");
}

TEST(ReadConfidence, FallsBackWithAProblem) {
  for (const json& value : {json(1), json(0.4999), json("0.99"), json(), json(-0.7)}) {
    ProblemList problems;
    EXPECT_EQ(ReadConfidence({{"c", value}}, "f", "c", 0.95, problems), 0.95) << value;
    EXPECT_FALSE(problems.ToStatus().ok()) << value;
  }
  ProblemList problems;
  EXPECT_EQ(ReadConfidence({{"c", 0.5}}, "f", "c", 0.95, problems), 0.5);
  EXPECT_TRUE(problems.ToStatus().ok());
}

TEST(CheckVersion, AsksForOne) {
  for (const json& document : {json::object(), json{{"version", "1"}}, json{{"version", 1.5}}}) {
    ProblemList problems;
    CheckVersion(document, "f", problems);
    EXPECT_FALSE(problems.ToStatus().ok()) << document;
  }
}

TEST(CheckId, RefusesEveryOtherCharacter) {
  for (const char* id : {"a b", "a/b", "a,b", "\xC3\xA4", "a:b", "^a", "a`"}) {
    ProblemList problems;
    CheckId(id, "f", problems);
    EXPECT_FALSE(problems.ToStatus().ok()) << id;
  }
  for (const char* id : {"a", "Z", "0", "_", "-", "."}) {
    ProblemList problems;
    CheckId(id, "f", problems);
    EXPECT_TRUE(problems.ToStatus().ok()) << id;
  }
}

}  // namespace
}  // namespace slo::tools
