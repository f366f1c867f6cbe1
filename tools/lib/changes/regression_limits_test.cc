#include "tools/lib/changes/regression_limits.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

json SomeLimits() {
  return {{"version", 1},
          {"confidence", 0.999},
          {"tolerances",
           {{{"id", "stages"},
             {"benchmark", "BM_Read*"},
             {"metric", "stage_cpu_us"},
             {"max_increase", "3%"},
             {"max_increase_since_release", "5%"},
             {"severity", "warn"},
             {"why", "w"},
             {"source", "s"}},
            {{"id", "all"},
             {"benchmark", "*"},
             {"max_increase", "4%"},
             {"max_increase_stored", "20%"},
             {"why", "w"},
             {"source", "s"}}}},
          {"exact",
           {{{"id", "allocations"},
             {"benchmark", "*"},
             {"metric", "allocations_per_run"},
             {"max_change", "0%"},
             {"why", "w"},
             {"source", "s"}}}},
          {"waivers",
           {{{"benchmark", "BM_Old*"},
             {"reason", "r"},
             {"owner", "o"},
             {"ceiling", "8%"},
             {"expires", "2027-01-31"}},
            {{"benchmark", "BM_Gone"},
             {"reason", "r"},
             {"owner", "o"},
             {"ceiling", "absent"},
             {"expires", "2027-01-31"}}}}};
}

absl::StatusOr<RegressionLimits> Parse(const json& document) {
  return ParseRegressionLimits("r.json", document.dump());
}

TEST(TolerancesOf, AreAllOfTheFirstGlobThatMatches) {
  json document = SomeLimits();
  json mean = document["tolerances"][0];
  mean["id"] = "means";
  mean["metric"] = "stage_cpu_mean_us";
  document["tolerances"].push_back(mean);
  document["tolerances"][1]["benchmark"] = "BM_R*";
  const auto limits = Parse(document);
  ASSERT_TRUE(limits.ok()) << limits.status();
  EXPECT_THAT(TolerancesOf(*limits, "BM_ReadRun"),
              ElementsAre(&limits->tolerances[0], &limits->tolerances[2]));
  EXPECT_THAT(TolerancesOf(*limits, "BM_RunPath"), ElementsAre(&limits->tolerances[1]));
  EXPECT_THAT(TolerancesOf(*limits, "BM_Else"), IsEmpty());
}

TEST(TolerancesOf, LimitEachMetricOnce) {
  json document = SomeLimits();
  json again = document["tolerances"][0];
  again["id"] = "again";
  document["tolerances"].push_back(again);
  EXPECT_EQ(Parse(document).status().message(),
            "r.json: tolerances[2].metric: \"stages\" limits stage_cpu_us of \"BM_Read*\" "
            "already; expected another metric or benchmark");
}

TEST(RegressionLimits, AreRead) {
  const auto limits = Parse(SomeLimits());
  ASSERT_TRUE(limits.ok()) << limits.status();
  EXPECT_EQ(limits->confidence, 0.999);
  ASSERT_EQ(limits->tolerances.size(), 2U);
  EXPECT_EQ(limits->tolerances[0].metric, "stage_cpu_us");
  EXPECT_EQ(limits->tolerances[0].severity, Severity::kWarn);
  EXPECT_EQ(limits->tolerances[1].metric, "cpu_time");
  EXPECT_EQ(limits->tolerances[1].severity, Severity::kFail);
  EXPECT_EQ(limits->exact[0].max_change.value, 0);
  EXPECT_DOUBLE_EQ(limits->waivers[0].ceiling->value, 0.08);
  EXPECT_EQ(limits->waivers[0].expires, absl::CivilDay(2027, 1, 31));
  EXPECT_FALSE(limits->waivers[1].ceiling.has_value());
}

TEST(RegressionLimits, GiveABenchmarkTheFirstToleranceThatMatches) {
  const auto limits = Parse(SomeLimits());
  ASSERT_TRUE(limits.ok());
  EXPECT_THAT(TolerancesOf(*limits, "BM_ReadRun/x:1"), ElementsAre(&limits->tolerances[0]));
  EXPECT_THAT(TolerancesOf(*limits, "BM_Else"), ElementsAre(&limits->tolerances[1]));
  EXPECT_EQ(WaiverOf(*limits, "BM_OldOne")->reason, "r");
  EXPECT_EQ(WaiverOf(*limits, "BM_ReadRun"), nullptr);
}

TEST(RegressionLimits, AllowWhatTheKindOfComparisonAllows) {
  const auto limits = Parse(SomeLimits());
  ASSERT_TRUE(limits.ok());
  const Tolerance& stages = limits->tolerances[0];
  EXPECT_EQ(AllowanceFor(stages, Against::kMergeBase).text, "3%");
  EXPECT_EQ(AllowanceFor(stages, Against::kRelease).text, "5%");
  EXPECT_EQ(AllowanceFor(stages, Against::kStored).text, "3%");
  EXPECT_EQ(AllowanceFor(limits->tolerances[1], Against::kStored).text, "20%");
  EXPECT_EQ(AllowanceFor(limits->tolerances[1], Against::kRelease).text, "4%");
}

TEST(RegressionLimits, HaveEveryProblemNamedAtOnce) {
  json document = SomeLimits();
  document["tolerances"][0]["max_increase"] = 3;
  document["tolerances"][0]["severty"] = "warn";
  document["tolerances"][1]["id"] = "stages";
  document["tolerances"][1]["max_increase_stored"] = "1%";
  document["exact"][0]["max_change"] = "none";
  document["exact"][0]["severity"] = "panic";
  document["waivers"][0]["expires"] = "soon";
  document["waivers"][1].erase("owner");
  const std::string problems(Parse(document).status().message());
  EXPECT_THAT(problems, HasSubstr("tolerances[0].max_increase: expected a non-empty string"));
  EXPECT_THAT(problems, HasSubstr("unknown key \"severty\"; did you mean severity?"));
  EXPECT_THAT(problems, HasSubstr("tolerances[1].id: \"stages\" is there more than once"));
  EXPECT_THAT(problems, HasSubstr("max_increase_stored: expected at least max_increase (4%)"));
  EXPECT_THAT(problems, HasSubstr("exact[0].max_change: expected a percentage"));
  EXPECT_THAT(problems, HasSubstr("exact[0].severity: expected \"fail\" or \"warn\""));
  EXPECT_THAT(problems, HasSubstr("waivers[0].expires: expected a day as in \"2027-01-31\""));
  EXPECT_THAT(problems, HasSubstr("waivers[1].owner: expected a non-empty string"));
}

TEST(RegressionLimits, AreToldFromObjectives) {
  EXPECT_TRUE(IsRegressionLimits(SomeLimits().dump()));
  EXPECT_FALSE(IsRegressionLimits(R"({"version": 1, "objectives": []})"));
  EXPECT_FALSE(IsRegressionLimits("not json"));
  EXPECT_FALSE(Parse({{"version", 1}}).ok());
}

TEST(RegressionLimits, TakeAnAllowanceThatEqualsTheIncrease) {
  json document = SomeLimits();
  document["tolerances"][0]["max_increase_since_release"] = "3%";
  EXPECT_TRUE(Parse(document).ok());
  document["tolerances"][0]["max_increase_since_release"] = "2.99%";
  EXPECT_THAT(std::string(Parse(document).status().message()),
              HasSubstr("max_increase_since_release: expected at least max_increase (3%)"));
}

TEST(RegressionLimits, RefuseUnknownKeysEverywhere) {
  for (const char* place : {"", "/tolerances/0", "/exact/0", "/waivers/0"}) {
    for (const char* key : {"", "new"}) {
      json document = SomeLimits();
      document[json::json_pointer(place)][key] = 1;
      EXPECT_THAT(std::string(Parse(document).status().message()), HasSubstr("unknown key"))
          << place << " " << key;
    }
  }
}

TEST(RegressionLimits, RefuseWhatIsNotOfTheirShape) {
  struct Row {
    const char* pointer;
    json value;
    const char* problem;
  };
  for (const Row& row : {
           Row{"/version", 2, "version: expected 1"},
           Row{"/confidence", 1.5, "confidence"},
           Row{"/tolerances", 3, "tolerances: expected a list, found number"},
           Row{"/tolerances/1", 3, "tolerances[1]: expected an object"},
           Row{"/tolerances/0/severity", 3, "severity"},
           Row{"/exact/0/id", "all", "exact[0].id: \"all\" is there more than once"},
           Row{"/exact/0/metric", "", "exact[0].metric: expected a non-empty string"},
           Row{"/exact/0/why", "", "exact[0].why: expected a non-empty string"},
           Row{"/exact/0/source", 3, "exact[0].source: expected a non-empty string"},
           Row{"/waivers/0/ceiling", "high", "waivers[0].ceiling: expected a percentage"},
           Row{"/waivers/0/expires", "2027-02-30", "waivers[0].expires: expected a day"},
           Row{"/waivers/0/reason", "", "waivers[0].reason: expected a non-empty string"},
       }) {
    json document = SomeLimits();
    document[json::json_pointer(row.pointer)] = row.value;
    EXPECT_THAT(std::string(Parse(document).status().message()), HasSubstr(row.problem))
        << row.pointer;
  }
  EXPECT_THAT(std::string(ParseRegressionLimits("r.json", "[]").status().message()),
              HasSubstr("r.json: expected {"));
  EXPECT_THAT(std::string(ParseRegressionLimits("r.json", "{").status().message()),
              HasSubstr("r.json: "));
}

TEST(RegressionLimits, AreThoseWithOneOfTheirLists) {
  for (const char* list : {"tolerances", "exact"}) {
    const json document = {{"version", 1}, {list, json::array()}};
    EXPECT_TRUE(Parse(document).ok()) << list;
    EXPECT_TRUE(IsRegressionLimits(document.dump())) << list;
    EXPECT_EQ(Parse(document)->confidence, 0.99);
  }
  EXPECT_FALSE(IsRegressionLimits(R"(["tolerances"])"));
}

TEST(RegressionLimits, CountExactCostsBySeverity) {
  json document = SomeLimits();
  document["exact"][0]["severity"] = "warn";
  EXPECT_EQ(Parse(document)->exact[0].severity, Severity::kWarn);
  EXPECT_EQ(Parse(SomeLimits())->exact[0].severity, Severity::kFail);
}

json WithRate(const json& change) {
  json document = SomeLimits();
  json& tolerance = document["tolerances"][1];
  tolerance.erase("max_increase");
  tolerance.erase("max_increase_stored");
  tolerance["metric"] = "items_per_second";
  tolerance["max_decrease"] = "20%";
  tolerance.update(change);
  return document;
}

TEST(RegressionLimits, TakeADecreaseAsAnIncreaseOfTheReciprocal) {
  const auto limits = Parse(WithRate(json::object()));
  ASSERT_TRUE(limits.ok()) << limits.status();
  const Tolerance& rate = limits->tolerances[1];
  EXPECT_EQ(rate.better, Better::kMore);
  EXPECT_NEAR(rate.max_increase.value, 0.25, 1e-12);
  EXPECT_EQ(rate.max_increase.text, "25%");
  EXPECT_EQ(CostName(rate), "1/items_per_second");
  EXPECT_EQ(limits->tolerances[0].better, Better::kLess);
  EXPECT_EQ(CostName(limits->tolerances[0]), "stage_cpu_us");
}

TEST(RegressionLimits, NeverTakeAMetricTheWrongWayRound) {
  for (const char* rate : {"items_per_second", "bytes_per_second"}) {
    json document = SomeLimits();
    document["tolerances"][0]["metric"] = rate;
    EXPECT_THAT(std::string(Parse(document).status().message()),
                HasSubstr("expected \"max_decrease\" in place of \"max_increase\""));
  }
  for (const char* time : {"cpu_time", "real_time"}) {
    EXPECT_THAT(std::string(Parse(WithRate({{"metric", time}})).status().message()),
                HasSubstr("expected \"max_increase\" in place of \"max_decrease\""));
  }
  EXPECT_TRUE(Parse(WithRate({{"metric", "frames"}})).ok());
}

TEST(RegressionLimits, TakeEitherAnIncreaseOrADecreaseAndLessThanAll) {
  for (const char* key : {"max_increase", "max_increase_since_release", "max_increase_stored"}) {
    EXPECT_THAT(std::string(Parse(WithRate({{key, "30%"}})).status().message()),
                HasSubstr(std::string(key) + ": expected either this or \"max_decrease\""));
  }
  EXPECT_THAT(std::string(Parse(WithRate({{"max_decrease", "100%"}})).status().message()),
              HasSubstr("expected less than 100%"));
  EXPECT_EQ(Parse(WithRate({{"max_decrease", "10%"}}))->tolerances[1].max_increase.text, "11.1%");
  EXPECT_EQ(Parse(WithRate({{"max_decrease", "99.9%"}}))->tolerances[1].max_increase.text,
            "99900%");
}

}  // namespace
}  // namespace slo::tools
