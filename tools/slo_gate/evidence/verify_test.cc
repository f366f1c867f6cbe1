#include "tools/slo_gate/evidence/verify.h"

#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/objectives/thresholds.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string ReadTestdata(const std::string& name) {
  std::ifstream stream(std::string(SLO_TESTDATA_DIR) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

json MakeEvidence() {
  Thresholds thresholds =
      ParseThresholds("thresholds.json", ReadTestdata("thresholds.json")).value();
  EXPECT_TRUE(ApplyOverrides({{"load_success_ratio=0.999", "SLO_OVERRIDES"}}, thresholds).ok());
  return json::parse(RenderJson(
      Judge({ParseReport("results.json", ReadTestdata("results.json")).value()}, thresholds,
            {.generated_at_utc = "2026-01-02T03:04:05Z", .gate_version = "1.2.3"})));
}

std::vector<std::string> DifferencesOf(const json& evidence) {
  const auto verification = VerifyEvidence("e.json", evidence.dump());
  EXPECT_TRUE(verification.ok()) << verification.status();
  return verification->differences;
}

TEST(VerifyEvidence, ConfirmsWhatWasNotChanged) {
  const auto verification = VerifyEvidence("e.json", MakeEvidence().dump(1));
  ASSERT_TRUE(verification.ok()) << verification.status();
  EXPECT_THAT(verification->differences, IsEmpty());
  EXPECT_EQ(verification->overall_status, "fail");
  EXPECT_EQ(verification->checks, 4);
}

TEST(VerifyEvidence, ConfirmsRowsWithNumbersThatAreNone) {
  const Thresholds thresholds = ParseThresholds("t.json", R"({"version": 1, "objectives": [
      {"id": "x", "benchmark": "*", "metric": "x", "max": 1, "why": "w", "source": "s"},
      {"id": "time", "benchmark": "*", "metric": "real_time", "max": "1s", "why": "w",
       "source": "s"}]})")
                                    .value();
  const Report report = ParseReport("r.json", R"({"context": {"mhz": NaN}, "benchmarks": [
      {"name": "BM_A", "iterations": 5, "threads": 2, "real_time": 3, "time_unit": "us",
       "x": -nan(ind), "y": Infinity},
      {"name": "BM_A_cv", "run_type": "aggregate", "x": nan}]})")
                            .value();
  const std::string evidence = RenderJson(Judge({report}, thresholds, {}));
  const json row = json::parse(evidence)["results"][0]["benchmarks"][0];
  EXPECT_TRUE(row["x"].is_null() && row["y"].is_null()) << row;
  EXPECT_EQ(ReportOf("r.json", json::parse(evidence)["results"][0])->rows[0].metrics,
            report.rows[0].metrics);
  const auto verification = VerifyEvidence("e.json", evidence);
  ASSERT_TRUE(verification.ok()) << verification.status();
  EXPECT_THAT(verification->differences, IsEmpty());
  EXPECT_EQ(verification->overall_status, "fail") << "a number that is none keeps no limit";
}

TEST(VerifyEvidence, NamesAChangedStatus) {
  json evidence = MakeEvidence();
  evidence["scenarios"][1]["checks"][0]["status"] = "pass";
  EXPECT_THAT(DifferencesOf(evidence),
              ElementsAre("scenarios[1] (\"BM_LoadBurst/runs:200\").checks[0] "
                          "(\"load_latency_p99\").status: recomputed \"fail\", found \"pass\""));
}

TEST(VerifyEvidence, NamesAChangedLimit) {
  json evidence = MakeEvidence();
  evidence["thresholds"]["objectives"][0]["max"] = "90us";
  EXPECT_THAT(DifferencesOf(evidence), Contains(HasSubstr(".threshold.text: recomputed \"90us\"")));
  evidence = MakeEvidence();
  evidence["scenarios"][0]["checks"][0]["threshold"]["value"] = 90;
  EXPECT_THAT(DifferencesOf(evidence),
              ElementsAre(HasSubstr("threshold.value: recomputed 50.0, found 90")));
}

TEST(VerifyEvidence, NamesAChangedCount) {
  json evidence = MakeEvidence();
  evidence["results"][0]["benchmarks"][0]["success_trials_count"] = 20'000;
  EXPECT_THAT(DifferencesOf(evidence),
              Contains(HasSubstr("samples: recomputed 20000, found 2000")));
  evidence = MakeEvidence();
  evidence["summary"]["checks_failed"] = 0;
  EXPECT_THAT(DifferencesOf(evidence), ElementsAre("summary.checks_failed: recomputed 2, found 0"));
}

TEST(VerifyEvidence, NamesWhatIsMissingOrTooMuch) {
  json evidence = MakeEvidence();
  evidence["scenarios"].erase(1);
  evidence["summary"]["comment"] = "fine";
  EXPECT_THAT(DifferencesOf(evidence),
              ElementsAre(HasSubstr("scenarios[1] (\"BM_LoadBurst/runs:200\"): recomputed {"),
                          "summary.comment: recomputed nothing, found \"fine\""));
}

TEST(VerifyEvidence, RefusesWhatIsNoEvidence) {
  for (const char* text : {"", "{", "[]", "{}", "{\"benchmarks\": []}", "3"}) {
    EXPECT_FALSE(VerifyEvidence("e.json", text).ok()) << text;
  }
  EXPECT_THAT(VerifyEvidence("e.json", "{}").status().message(),
              HasSubstr("e.json: is no evidence; expected the JSON that"));
}

TEST(VerifyEvidence, ListsEveryUnusablePart) {
  json evidence = MakeEvidence();
  evidence["thresholds"]["confidence"] = "high";
  evidence["thresholds"]["objectives"][0]["max"] = "soon";
  evidence["results"][0]["benchmarks"][0]["time_unit"] = "weeks";
  const auto message = std::string(VerifyEvidence("e.json", evidence.dump()).status().message());
  EXPECT_THAT(message, HasSubstr("thresholds: confidence: expected a number"));
  EXPECT_THAT(message,
              HasSubstr("thresholds: objectives[0].max: latency_p99_us is limited by a duration"));
  EXPECT_THAT(message, HasSubstr("benchmarks[0].time_unit: expected ns, us, ms or s"));
}

TEST(VerifyEvidence, TakesAConfidenceFromAHalfToBelowOne) {
  for (const auto& [confidence, is_good] :
       {std::pair(0.5, true), {0.999, true}, {1.0, false}, {0.499, false}}) {
    json evidence = MakeEvidence();
    evidence["thresholds"]["confidence"] = confidence;
    EXPECT_EQ(VerifyEvidence("e.json", evidence.dump()).ok(), is_good) << confidence;
  }
}

TEST(VerifyEvidence, AsksForResultsObjectivesAndProvenance) {
  for (const char* key : {"results", "thresholds", "provenance"}) {
    json evidence = MakeEvidence();
    evidence.erase(key);
    EXPECT_THAT(std::string(VerifyEvidence("e.json", evidence.dump()).status().message()),
                HasSubstr("is no evidence"))
        << key;
  }
  json evidence = MakeEvidence();
  evidence["results"] = json::array();
  EXPECT_THAT(std::string(VerifyEvidence("e.json", evidence.dump()).status().message()),
              HasSubstr("results: expected at least one"));
  evidence = MakeEvidence();
  evidence["thresholds"].erase("objectives");
  EXPECT_THAT(std::string(VerifyEvidence("e.json", evidence.dump()).status().message()),
              HasSubstr("thresholds: objectives: expected a list"));
}

TEST(VerifyEvidence, RecomputesWithWhatWasAllowed) {
  json evidence = MakeEvidence();
  evidence["provenance"]["allow_insufficient"] = true;
  // The note that it was allowed is not there.
  EXPECT_FALSE(DifferencesOf(evidence).empty());
  evidence = MakeEvidence();
  evidence["generated_at_utc"] = "2027-01-01T00:00:00Z";
  evidence["provenance"]["gate_version"] = "9";
  EXPECT_THAT(DifferencesOf(evidence), IsEmpty()) << "they change no decision";
}

TEST(VerifyEvidence, NamesAChangedOverride) {
  json evidence = MakeEvidence();
  json& overridden = evidence["thresholds"]["objectives"][1]["overridden"];
  ASSERT_TRUE(overridden.is_object());
  overridden["source"] = "nobody";
  EXPECT_THAT(DifferencesOf(evidence),
              ::testing::Each(HasSubstr("overridden_by: recomputed \"nobody\", found \"SLO_")));
  EXPECT_EQ(DifferencesOf(evidence).size(), 2U);
}

}  // namespace
}  // namespace slo::tools
