#include "tools/slo_gate/thresholds.h"

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

}  // namespace
}  // namespace slo::tools
