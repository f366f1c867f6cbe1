#include "tools/slo_gate/objectives/thresholds.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string File(const std::string& objectives) {
  return absl::StrCat(R"({"version": 1, "objectives": [)", objectives, "]}");
}

std::string MakeObjective(const std::string& id, const std::string& metric,
                          const std::string& limits) {
  return absl::StrCat(R"({"id": ")", id, R"(", "benchmark": "BM_*", "metric": ")", metric, "\", ",
                      limits, R"(, "why": "w", "source": "s"})");
}

std::string ProblemOf(const std::string& objectives) {
  return std::string(ParseThresholds("t.json", File(objectives)).status().message());
}

TEST(ParseThresholds, ReadsLimitsInTheMetricsUnit) {
  const auto thresholds =
      ParseThresholds("t.json", File(MakeObjective("a", "latency_p99_us", R"("max": "250ms")") +
                                     "," + MakeObjective("b", "success_ratio", R"("min": 0.99)")));
  ASSERT_TRUE(thresholds.ok()) << thresholds.status();
  EXPECT_EQ(thresholds->objectives[0].max->value, 250'000);
  EXPECT_EQ(thresholds->objectives[0].max->text, "250ms");
  EXPECT_EQ(thresholds->objectives[1].min->value, 0.99);
}

TEST(ParseThresholds, ReportsEveryProblemAtOnce) {
  const auto thresholds =
      ParseThresholds("t.json", R"({"version": 2, "objctives": [], "objectives": [
    {"id": "a", "benchmark": "BM_*", "metric": "latency_p99_us", "max": 5, "whi": "w"},
    {"id": "a", "benchmark": "BM_*", "metric": "x_count", "min": 3, "max": 2, "why": "w",
     "source": "s"}, 7]})");
  const std::string message(thresholds.status().message());
  EXPECT_THAT(message,
              AllOf(HasSubstr("t.json: version: expected 1, found 2"),
                    HasSubstr("unknown key \"objctives\"; did you mean objectives?"),
                    HasSubstr("objectives[0]: unknown key \"whi\"; did you mean why?"),
                    HasSubstr("objectives[0].max: latency_p99_us is limited by a duration"),
                    HasSubstr("objectives[0].source: expected a non-empty string"),
                    HasSubstr("objectives[1].id: \"a\" is there more than once")));
  EXPECT_THAT(message, AllOf(HasSubstr("objectives[1]: min 3 and max 2 exclude each other"),
                             HasSubstr("objectives[2]: expected an object")));
}

TEST(ParseThresholds, ReadsWhatAnObjectiveAboutTheMachineExcuses) {
  const std::string limit = R"("max": 0.2, "excuses": )";
  const auto thresholds =
      ParseThresholds("t.json", File(MakeObjective("a", "x_share", limit + R"(["*_us", "r*"])")));
  ASSERT_TRUE(thresholds.ok()) << thresholds.status();
  EXPECT_EQ(thresholds->objectives[0].excuses, (std::vector<std::string>{"*_us", "r*"}));
  for (const char* wrong : {"[]", "\"*\"", "[1]", "[\"\"]"}) {
    EXPECT_THAT(ProblemOf(MakeObjective("a", "x_share", limit + wrong)),
                HasSubstr("objectives[0].excuses: expected a list of globs over metrics"));
  }
}

TEST(ParseThresholds, RefusesLimitsOfTheWrongUnitOrSign) {
  EXPECT_THAT(ProblemOf(MakeObjective("a", "latency_p99_us", R"("max": "5")")),
              HasSubstr("expected a duration above zero with its unit"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "latency_p99_us", R"("max": "-5ms")")),
              HasSubstr("expected a duration above zero"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "latency_p99_us", R"("max": "inf")")),
              HasSubstr("expected a duration above zero"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "runs_per_second", R"("min": "2ms")")),
              HasSubstr("runs_per_second is limited by a number without a unit"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "runs_per_second", R"("min": -2)")),
              HasSubstr("expected a number from zero on"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "success_ratio", R"("min": 99)")),
              HasSubstr("expected a ratio from 0 to 1"));
}

TEST(ParseThresholds, RefusesIdsThatAnOverrideCannotName) {
  EXPECT_THAT(ProblemOf(MakeObjective("a=b,c", "x_count", R"("max": 3)")),
              HasSubstr("objectives[0].id: expected letters, digits"));
}

TEST(ParseThresholds, RefusesALimitThatNothingCanViolate) {
  EXPECT_THAT(ProblemOf(MakeObjective("a", "success_ratio", R"("min": 0)")),
              HasSubstr("nothing can violate"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "error_ratio", R"("max": 1)")),
              HasSubstr("nothing can violate"));
}

TEST(ParseThresholds, WantsALimitAndAtLeastOneObjective) {
  EXPECT_THAT(
      ProblemOf(R"({"id": "a", "benchmark": "b", "metric": "m", "why": "w", "source": "s"})"),
      HasSubstr("expected \"max\" or \"min\", found neither"));
  EXPECT_THAT(ProblemOf(""), HasSubstr("expected a list of at least one objective"));
}

class ApplyOverridesTest : public ::testing::Test {
 protected:
  Thresholds thresholds_ =
      ParseThresholds("t.json",
                      File(MakeObjective("load_p99", "latency_p99_us", R"("max": "250ms")")))
          .value();
};

TEST_F(ApplyOverridesTest, ChangesTheLimitAndKeepsTheOriginal) {
  ASSERT_TRUE(ApplyOverrides({{"load_p99=1ms", "SLO_OVERRIDES"}, {"load_p99=2ms", "--override"}},
                             thresholds_)
                  .ok());
  const Objective& objective = thresholds_.objectives[0];
  EXPECT_EQ(objective.max->value, 2'000) << "the later one wins";
  EXPECT_EQ(objective.overridden->original_text, "250ms");
  EXPECT_EQ(objective.overridden->source, "--override");
}

TEST_F(ApplyOverridesTest, ReportsEveryRequestThatCannotBeMet) {
  const absl::Status status = ApplyOverrides(
      {{"laod_p99=1ms", "--override"}, {"load_p99=fast", "--override"}, {"x", "SLO_OVERRIDES"}},
      thresholds_);
  EXPECT_THAT(std::string(status.message()),
              AllOf(HasSubstr("no objective has that id; did you mean load_p99?"),
                    HasSubstr("--override \"load_p99=fast\": expected a duration above zero"),
                    HasSubstr("SLO_OVERRIDES \"x\": expected ID=LIMIT")));
}

TEST(ParseLimit, TakesTheEdgesOfWhatCanBeViolated) {
  const bool max = true;
  const bool min = false;
  EXPECT_EQ(ParseLimit("x_count", "0", max)->value, 0);
  EXPECT_FALSE(ParseLimit("x_count", "0", min).ok());
  EXPECT_EQ(ParseLimit("x_count", "1e-9", min)->value, 1e-9);
  EXPECT_EQ(ParseLimit("x_count", "1", max)->value, 1);
  EXPECT_EQ(ParseLimit("x_ratio", "0", max)->value, 0);
  EXPECT_EQ(ParseLimit("x_ratio", "1", min)->value, 1);
  EXPECT_EQ(ParseLimit("x_ratio", "0.999", max)->value, 0.999);
  EXPECT_FALSE(ParseLimit("x_ratio", "1.001", min).ok());
  for (const char* text : {"-1e-9", "nan", "inf", "", "1x"}) {
    EXPECT_FALSE(ParseLimit("x_count", text, max).ok()) << text;
  }
  EXPECT_EQ(ParseLimit("x_us", "1ns", max)->value, 1e-3);
  EXPECT_FALSE(ParseLimit("x_us", "0s", max).ok());
}

TEST(ParseThresholds, TakesLimitsThatTouch) {
  EXPECT_EQ(ProblemOf(MakeObjective("a", "x_count", R"("min": 3, "max": 3)")), "");
  EXPECT_THAT(ProblemOf(MakeObjective("a", "x_count", R"("min": 3.01, "max": 3)")),
              HasSubstr("exclude each other"));
}

TEST(ParseThresholds, TakesConfidenceFromAHalfToBelowOne) {
  const auto parse = [](const char* confidence) {
    return ParseThresholds(
        "t.json",
        absl::StrCat(R"({"version": 1, "confidence": )", confidence, R"(, "objectives": [)",
                     MakeObjective("a", "x_count", R"("max": 3)"), "]}"));
  };
  EXPECT_EQ(parse("0.5")->confidence, 0.5);
  EXPECT_EQ(parse("0.999999")->confidence, 0.999999);
  for (const char* bad : {"0.499", "1", "1.5", "-0.9", "\"0.9\""}) {
    EXPECT_FALSE(parse(bad).ok()) << bad;
  }
  EXPECT_EQ(
      ParseThresholds("t.json", File(MakeObjective("a", "x_count", R"("max": 3)")))->confidence,
      0.95);
}

TEST(ParseThresholds, RefusesUnknownKeysEverywhere) {
  const std::string objective = MakeObjective("a", "x_count", R"("max": 3)");
  for (const char* key : {"", "new"}) {
    const std::string member = absl::StrCat("{\"", key, "\": 1, ");
    EXPECT_THAT(ProblemOf(absl::StrCat(member, objective.substr(1))),
                HasSubstr(absl::StrCat("objectives[0]: unknown key \"", key, "\"")));
    const std::string file = File(objective);
    EXPECT_THAT(std::string(ParseThresholds("t.json", member + file.substr(1)).status().message()),
                HasSubstr(absl::StrCat("t.json: unknown key \"", key, "\"")));
  }
}

TEST(ParseThresholds, RefusesWhatIsNoObject) {
  EXPECT_THAT(std::string(ParseThresholds("t.json", "[]").status().message()),
              HasSubstr("t.json: expected {"));
  EXPECT_THAT(std::string(ParseThresholds("t.json", "{").status().message()),
              HasSubstr("t.json: "));
}

TEST_F(ApplyOverridesTest, ChangesTheObjectiveAndTheSideThatIsNamed) {
  Thresholds thresholds =
      ParseThresholds("t.json", File(MakeObjective("a", "x_count", R"("max": 5)") + "," +
                                     MakeObjective("b", "y_count", R"("min": 5)") + "," +
                                     MakeObjective("c", "z_count", R"("min": 1, "max": 5)")))
          .value();
  ASSERT_TRUE(ApplyOverrides({{"b=7", "--override"}}, thresholds).ok());
  EXPECT_EQ(thresholds.objectives[0].max->value, 5);
  EXPECT_FALSE(thresholds.objectives[0].overridden.has_value());
  EXPECT_EQ(thresholds.objectives[1].min->value, 7);
  EXPECT_FALSE(thresholds.objectives[1].max.has_value());
  EXPECT_EQ(thresholds.objectives[1].overridden->original_text, "5");
  EXPECT_THAT(std::string(ApplyOverrides({{"c=3", "--override"}}, thresholds).message()),
              HasSubstr("both max and min"));
  EXPECT_FALSE(ApplyOverrides({{"b=0", "--override"}}, thresholds).ok()) << "a minimum of none";
  EXPECT_TRUE(ApplyOverrides({{"a=0", "--override"}}, thresholds).ok());
}

}  // namespace
}  // namespace slo::tools
