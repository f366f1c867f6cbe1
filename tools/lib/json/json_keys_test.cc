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

}  // namespace
}  // namespace slo::tools
