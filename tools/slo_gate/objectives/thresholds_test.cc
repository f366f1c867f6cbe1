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
  for (const char* limit : {"\"5\"", "5", "\"-5ms\"", "\"inf\"", "\"0s\""}) {
    for (const char* metric : {"latency_p99_us", "real_time", "cpu_time"}) {
      EXPECT_THAT(ProblemOf(MakeObjective("a", metric, absl::StrCat("\"max\": ", limit))),
                  HasSubstr(absl::StrCat("objectives[0].max: ", metric,
                                         " is limited by a duration above zero with its unit")))
          << limit;
    }
  }
  EXPECT_THAT(ProblemOf(MakeObjective("a", "p99", R"("max": "2ms")")),
              HasSubstr("nothing says in which unit p99 is; add \"unit\": \"us\""));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "realtime", R"("max": "2ms")")),
              HasSubstr("in which unit realtime is; did you mean real_time? Otherwise add"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "x", R"("max": "many")")),
              HasSubstr("expected a number, or a duration, found \"many\""));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "x", R"("max": "5")")),
              HasSubstr("expected a number without quotes"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "x", R"("max": [5])")),
              HasSubstr("expected a number or a duration, found [5]"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "success_ratio", R"("min": 99)")),
              HasSubstr("expected a ratio from 0 to 1"));
}

Objective ReadOne(const std::string& metric, const std::string& members) {
  const auto thresholds = ParseThresholds("t.json", File(MakeObjective("a", metric, members)));
  EXPECT_TRUE(thresholds.ok()) << thresholds.status();
  return thresholds.ok() ? thresholds->objectives[0] : Objective{};
}

TEST(ParseThresholds, TakesAForeignCounterAsAPlainNumberOfEitherSign) {
  EXPECT_EQ(ReadOne("MB_s", R"("min": 4000)").min->value, 4'000);
  EXPECT_EQ(ReadOne("MB_s", R"("min": 4000)").type, std::nullopt);
  EXPECT_EQ(ReadOne("snr_db", R"("max": -50)").max->value, -50);
  EXPECT_EQ(ReadOne("compression_ratio", R"("min": 2.5)").min->value, 2.5);
  EXPECT_EQ(ReadOne("heap_delta_bytes", R"("max": 0)").max->value, 0);
}

TEST(ParseThresholds, ReadsWhatAMetricIsFromItsUnit) {
  const Objective p99 = ReadOne("p99", R"("max": "2.5ms", "unit": "us")");
  EXPECT_EQ(p99.max->value, 2'500);
  EXPECT_EQ(p99.type, (MetricType{MetricKind::kTime, 1e6}));
  EXPECT_EQ(ReadOne("hits", R"("min": 0.5, "unit": "1")").type, MetricType{MetricKind::kRatio});
  EXPECT_THAT(ProblemOf(MakeObjective("a", "hits", R"("min": 1.5, "unit": "1")")),
              HasSubstr("expected a ratio from 0 to 1"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "x", R"("max": 1, "unit": "parsecs")")),
              HasSubstr("objectives[0].unit: expected ns, us, ms, s, bytes, 1 or 1/s"));
  // A duration says itself that the metric is a time; its unit is the last word of the name.
  EXPECT_EQ(ReadOne("p99_ms", R"("max": "2500us")").max->value, 2.5);
}

TEST(ParseThresholds, KeepsFractionsOfANanosecond) {
  EXPECT_EQ(ReadOne("real_time", R"("max": "1.1ns")").max->value, 1.1);
  EXPECT_EQ(ReadOne("real_time", R"("max": "0.3 ns")").max->value, 0.3);
  EXPECT_EQ(ReadOne("real_time", R"("max": "0.3 ns")").max->text, "0.3 ns");
}

TEST(ParseThresholds, KeepsLimitsAsTheyWereWritten) {
  EXPECT_EQ(ReadOne("x", R"("max": 5e9)").max->text, "5e9");
  EXPECT_EQ(ReadOne("x", R"("min": 0.990, "max": 1.50)").min->text, "0.990");
  EXPECT_EQ(ReadOne("x", R"("min": 0.990, "max": 1.50)").max->text, "1.50");
  EXPECT_EQ(ReadOne("x", R"("max": 5000000000)").max->text, "5000000000");
}

TEST(ParseThresholds, ReadsTheStatistic) {
  using Kind = Statistic::Kind;
  EXPECT_TRUE(ReadOne("x", R"("max": 1)").statistic.is_each());
  EXPECT_TRUE(ReadOne("x", R"("max": 1, "statistic": "each")").statistic.is_each());
  const Statistic median = ReadOne("x", R"("max": 1, "statistic": "median")").statistic;
  EXPECT_EQ(median.kind, Kind::kMedian);
  EXPECT_EQ(median.quantile, 0.5);
  EXPECT_EQ(median.text, "median");
  EXPECT_EQ(ReadOne("x", R"("max": 1, "statistic": "mean")").statistic.kind, Kind::kMean);
  const Statistic p90 = ReadOne("x", R"("max": 1, "statistic": "p90")").statistic;
  EXPECT_EQ(p90.kind, Kind::kQuantile);
  EXPECT_EQ(p90.quantile, 0.9);
  for (const char* bad : {"max", "p", "p00", "p9", "90", "a_p90", "P90", "Median"}) {
    EXPECT_THAT(
        ProblemOf(MakeObjective("a", "x", absl::StrCat(R"("max": 1, "statistic": ")", bad, "\""))),
        HasSubstr("objectives[0].statistic: expected each, median, mean or a percentile"))
        << bad;
  }
}

TEST(ParseThresholds, ReadsRowsAndPoints) {
  EXPECT_EQ(ReadOne("x", R"("max": 1)").rows, 0);
  EXPECT_EQ(ReadOne("x", R"("max": 1, "rows": 5)").rows, 5);
  EXPECT_FALSE(ReadOne("x", R"("max": 1)").point);
  EXPECT_TRUE(ReadOne("x", R"("max": 1, "point": true)").point);
  for (const char* bad : {"0", "-1", "1.5", "\"5\"", "1000001"}) {
    EXPECT_THAT(ProblemOf(MakeObjective("a", "x", absl::StrCat("\"max\": 1, \"rows\": ", bad))),
                HasSubstr("objectives[0].rows: expected a whole number"))
        << bad;
  }
  EXPECT_THAT(ProblemOf(MakeObjective("a", "x", R"("max": 1, "point": 1)")),
              HasSubstr("objectives[0].point: expected true or false"));
  const std::string file = File(MakeObjective("a", "x", R"("max": 1)"));
  EXPECT_FALSE(ParseThresholds("t.json", file)->points);
  EXPECT_TRUE(ParseThresholds("t.json", R"({"points": true, )" + file.substr(1))->points);
}

TEST(ParseThresholds, ReadsTheLongestDisturbance) {
  const std::string file = File(MakeObjective("a", "x", R"("max": 1)"));
  EXPECT_EQ(ParseThresholds("t.json", file)->longest_disturbance, std::nullopt);
  const auto with = [&](const std::string& value) {
    return absl::StrCat("{\"longest_disturbance\": ", value, ", ", file.substr(1));
  };
  const auto read = ParseThresholds(
      "t.json", with(R"({"duration": "2 ms", "requests": 84, "why": "a pause of the VM"})"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read->longest_disturbance,
            (DeclaredDisturbance{.longest = {.seconds = 0.002, .requests = 84},
                                 .duration_text = "2 ms",
                                 .why = "a pause of the VM"}));
  EXPECT_EQ(ParseThresholds("t.json", with(R"({"duration": "1s", "why": "w"})"))
                ->longest_disturbance->longest.requests,
            1);
  const auto problem = [&](const std::string& value) {
    return std::string(ParseThresholds("t.json", with(value)).status().message());
  };
  EXPECT_THAT(problem("3"), HasSubstr("longest_disturbance: expected {\"duration\""));
  EXPECT_THAT(problem(R"({"duration": "soon", "why": "w"})"),
              HasSubstr("longest_disturbance.duration: expected a duration such as \"2ms\""));
  EXPECT_THAT(problem(R"({"duration": "1s", "requests": 0, "why": "w"})"),
              HasSubstr("longest_disturbance.requests: expected a whole number from 1"));
  EXPECT_THAT(problem(R"({"duration": "1s"})"), HasSubstr("longest_disturbance.why"));
  EXPECT_THAT(problem(R"({"durations": "1s", "duration": "1s", "why": "w"})"),
              HasSubstr("durations"));
}

TEST(ParseThresholds, RefusesIdsThatAnOverrideCannotName) {
  EXPECT_THAT(ProblemOf(MakeObjective("a=b,c", "x_count", R"("max": 3)")),
              HasSubstr("objectives[0].id: expected letters, digits"));
}

TEST(ParseThresholds, RefusesALimitThatNothingCanViolate) {
  EXPECT_THAT(ProblemOf(MakeObjective("a", "success_ratio", R"("min": 0)")),
              HasSubstr("nothing can violate"));
  EXPECT_THAT(ProblemOf(MakeObjective("a", "errors", R"("max": 1, "unit": "1")")),
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
  EXPECT_THAT(
      std::string(status.message()),
      AllOf(HasSubstr("no objective has that id; did you mean load_p99?"),
            HasSubstr("--override \"load_p99=fast\": latency_p99_us is limited by a duration"),
            HasSubstr("SLO_OVERRIDES \"x\": expected ID=LIMIT")));
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
  EXPECT_FALSE(ApplyOverrides({{"b=low", "--override"}}, thresholds).ok());
  EXPECT_TRUE(ApplyOverrides({{"a=0", "--override"}}, thresholds).ok());
}

}  // namespace
}  // namespace slo::tools
