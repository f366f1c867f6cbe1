// Evidence that is judged again, part by part: traces, objectives, comparisons, and how differences
// are shown.

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/evidence/verify.h"
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
using ::testing::Not;

std::string TextOfTestdata(const std::string& name) {
  std::ifstream stream(std::string(SLO_TESTDATA_DIR) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Thresholds ThresholdsOfTestdata() {
  return ParseThresholds("thresholds.json", TextOfTestdata("thresholds.json")).value();
}

Verdict JudgedTestdata(const Thresholds& thresholds = ThresholdsOfTestdata()) {
  return Judge({ParseReport("results.json", TextOfTestdata("results.json")).value()}, thresholds,
               {});
}

json EvidenceOf(const Verdict& verdict) { return json::parse(RenderJson(verdict)); }

json EvidenceOfTestdata() { return EvidenceOf(JudgedTestdata()); }

std::vector<std::string> DifferencesIn(const json& evidence) {
  const auto verification = VerifyEvidence("e.json", evidence.dump());
  EXPECT_TRUE(verification.ok()) << verification.status();
  return verification->differences;
}

std::string ProblemsIn(const json& evidence) {
  return std::string(VerifyEvidence("e.json", evidence.dump()).status().message());
}

// ---- Traces ----

// Two requests, of which the slower one took so long.
std::string TraceText(const std::string& row, int64_t max_ns) {
  return json{{"kind", "workflow-slo-trace"},
              {"version", 1},
              {"context", json::object()},
              {"scenarios",
               {{{"row", row},
                 {"histograms",
                  {{{"prefix", ""},
                    {"basis", "service_time"},
                    {"count", 2},
                    {"min_ns", 5},
                    {"max_ns", max_ns},
                    {"buckets", {{5, 1}, {max_ns, 1}}}}}},
                 {"windows", json::array()}}}}}
      .dump();
}

json EvidenceWithTraces() {
  Verdict verdict = JudgedTestdata();
  for (const auto& [file, max_ns] : {std::pair("one.json", 70), {"two.json", 90}}) {
    verdict.traces.push_back(
        ParseTraceFile(file, TraceText("BM_LoadBurst/runs:2000", max_ns) + "\n").value());
  }
  return EvidenceOf(verdict);
}

TEST(EvidenceWithTraces, HoldsEachTrace) {
  const json evidence = EvidenceWithTraces();
  ASSERT_EQ(evidence["traces"].size(), 2U);
  EXPECT_EQ(evidence["traces"][0]["file"], "one.json");
  EXPECT_EQ(evidence["traces"][0]["document"],
            json::parse(TraceText("BM_LoadBurst/runs:2000", 70)));
  EXPECT_EQ(evidence["traces"][1]["file"], "two.json");
  EXPECT_EQ(evidence["traces"][1]["document"]["scenarios"][0]["histograms"][0]["max_ns"], 90);
  EXPECT_FALSE(EvidenceOfTestdata().contains("traces"));
}

TEST(EvidenceWithTraces, IsConfirmed) {
  EXPECT_THAT(DifferencesIn(EvidenceWithTraces()), IsEmpty());
}

TEST(EvidenceWithTraces, IsRefusedWhereATraceIsNone) {
  json evidence = EvidenceWithTraces();
  evidence["traces"][1]["document"]["scenarios"][0]["histograms"][0]["count"] = 3;
  EXPECT_THAT(ProblemsIn(evidence), HasSubstr("two.json.scenarios[0].histograms[0]: count is 3"));
  evidence["traces"][1].erase("document");
  EXPECT_THAT(ProblemsIn(evidence), HasSubstr("two.json: expected the content"));
}

// ---- Objectives ----

TEST(VerifyObjectives, ReadsEveryFactOfAnObjective) {
  for (const char* fact : {"id", "why"}) {
    json evidence = EvidenceOfTestdata();
    evidence["thresholds"]["objectives"][0][fact] = "another";
    EXPECT_THAT(DifferencesIn(evidence), Not(IsEmpty())) << fact;
  }
  for (const char* fact : {"id", "benchmark", "metric", "why", "source"}) {
    json evidence = EvidenceOfTestdata();
    evidence["thresholds"]["objectives"][0][fact] = 7;
    EXPECT_THAT(ProblemsIn(evidence),
                HasSubstr(absl::StrCat("e.json: thresholds: objectives[0].", fact, ": ")));
  }
}

TEST(VerifyObjectives, JudgesAtTheConfidenceOfTheEvidence) {
  for (const double confidence : {0.5, 0.8, 0.999}) {
    Thresholds thresholds = ThresholdsOfTestdata();
    thresholds.confidence = confidence;
    EXPECT_THAT(DifferencesIn(EvidenceOf(JudgedTestdata(thresholds))), IsEmpty()) << confidence;
  }
  json other = EvidenceOfTestdata();
  other["thresholds"]["confidence"] = 0.5;
  EXPECT_THAT(DifferencesIn(other), Not(IsEmpty()));
}

TEST(VerifyObjectives, ReadsTheSeverity) {
  Thresholds thresholds = ThresholdsOfTestdata();
  for (Objective& objective : thresholds.objectives) objective.severity = Severity::kWarn;
  const Verdict verdict = JudgedTestdata(thresholds);
  EXPECT_EQ(verdict.summary.checks_warned, 2);
  EXPECT_THAT(DifferencesIn(EvidenceOf(verdict)), IsEmpty());
}

TEST(VerifyObjectives, ReadsWhatAnObjectiveAboutTheMachineExcuses) {
  Thresholds thresholds = ThresholdsOfTestdata();
  thresholds.objectives.push_back({.id = "machine",
                                   .benchmark = "*",
                                   .metric = "environment_stall_share",
                                   .max = Limit{.value = 0.2, .text = "0.2"},
                                   .why = "w",
                                   .source = "s",
                                   .excuses = {"latency_*", "*_us"}});
  json evidence = EvidenceOf(JudgedTestdata(thresholds));
  EXPECT_THAT(DifferencesIn(evidence), IsEmpty());
  EXPECT_EQ(evidence["thresholds"]["objectives"][2]["excuses"], json({"latency_*", "*_us"}));
  EXPECT_FALSE(evidence["thresholds"]["objectives"][0].contains("excuses"));
  for (const json& bad : {json{"latency_*", 7}, json("latency_*"), json::array()}) {
    evidence["thresholds"]["objectives"][2]["excuses"] = bad;
    EXPECT_THAT(ProblemsIn(evidence), HasSubstr("thresholds: objectives[2].excuses: ")) << bad;
  }
}

TEST(VerifyObjectives, TellsAMaximumFromAMinimum) {
  json evidence = EvidenceOfTestdata();
  // Nothing can violate a ratio of at most one, nor one of at least zero.
  evidence["thresholds"]["objectives"][1]["min"] = "0";
  EXPECT_THAT(
      ProblemsIn(evidence),
      HasSubstr("thresholds: objectives[1].min: min 0 is a limit that nothing can violate"));
  evidence["thresholds"]["objectives"][1]["min"] = "1";
  EXPECT_TRUE(VerifyEvidence("e.json", evidence.dump()).ok());
  evidence["thresholds"]["objectives"][1]["max"] = "1";
  EXPECT_THAT(
      ProblemsIn(evidence),
      HasSubstr("thresholds: objectives[1].max: max 1 is a limit that nothing can violate"));
}

TEST(VerifyObjectives, TakesNoOverrideForOneThatIsNoObject) {
  json evidence = EvidenceOfTestdata();
  evidence["thresholds"]["objectives"][0]["overridden"] = "by whom";
  EXPECT_THAT(DifferencesIn(evidence),
              ElementsAre("thresholds.objectives[0] (\"load_latency_p99\").overridden: recomputed "
                          "null, found \"by whom\""));
}

TEST(VerifyObjectives, AllowsWhatIsInsufficientByTheWordTrueOnly) {
  // Where it is allowed a note says so, which this evidence lacks.
  for (const auto& [allowed, differences] :
       {std::pair<json, size_t>(true, 1), {false, 0}, {"true", 1}, {1, 1}}) {
    json evidence = EvidenceOfTestdata();
    evidence["provenance"]["allow_insufficient"] = allowed;
    EXPECT_EQ(DifferencesIn(evidence).size(), differences) << allowed;
  }
  json evidence = EvidenceOfTestdata();
  evidence["provenance"]["allow_insufficient"] = true;
  EXPECT_THAT(DifferencesIn(evidence)[0], HasSubstr("notes["));
}

// ---- Differences ----

TEST(Differences, ShowTwoHundredCharactersOfWhatIsLong) {
  const auto shown = [](size_t length) {
    json evidence = EvidenceOfTestdata();
    // With its quotation marks.
    evidence["summary"]["overall_status"] = std::string(length - 2, 'x');
    return DifferencesIn(evidence)[0];
  };
  const std::string head = "summary.overall_status: recomputed \"fail\", found \"";
  EXPECT_EQ(shown(200), head + std::string(198, 'x') + "\"");
  EXPECT_EQ(shown(201), head + std::string(199, 'x') + "...");
}

TEST(Differences, AreOfEveryKeyAndElementOfEitherSide) {
  json evidence = EvidenceOfTestdata();
  evidence["notes"].push_back("more");
  evidence["scenarios"][1]["checks"].erase(1);
  evidence["comment"] = {{"a", 1}};
  evidence["summary"] = json::array();
  const std::vector<std::string> differences = DifferencesIn(evidence);
  ASSERT_EQ(differences.size(), 4U);
  const std::string note = absl::StrCat("notes[", evidence["notes"].size() - 1, "]");
  EXPECT_THAT(differences, Contains(note + ": recomputed nothing, found \"more\""));
  EXPECT_THAT(differences, Contains(HasSubstr("scenarios[1] (\"BM_LoadBurst/runs:200\").checks[1] "
                                              "(\"load_success_ratio\"): recomputed {")));
  EXPECT_THAT(differences, Contains("comment: recomputed nothing, found {\"a\":1}"));
  EXPECT_THAT(differences, Contains(HasSubstr("summary: recomputed {")));
}

// ---- Comparisons ----

json ComparisonEvidence() { return EvidenceOf(VerdictOn({MakePairs({{.benchmark = "BM_A"}})})); }

TEST(VerifyComparison, NamesEveryPartThatCannotBeRead) {
  EXPECT_EQ(ProblemsIn(ComparisonEvidence()), "");
  json evidence = ComparisonEvidence();
  evidence["thresholds"]["limits"]["version"] = 2;
  evidence["pairs"][0].erase("document");
  const std::string problems = ProblemsIn(evidence);
  EXPECT_THAT(problems, HasSubstr("regression.json: version: expected 1, found 2"));
  EXPECT_THAT(problems, HasSubstr("pairs.json: expected the content"));
  evidence = ComparisonEvidence();
  evidence["thresholds"].erase("limits");
  EXPECT_THAT(ProblemsIn(evidence), HasSubstr("regression.json: expected the content"));
}

TEST(VerifyComparison, AsksForPairsOrResults) {
  json evidence = ComparisonEvidence();
  evidence["pairs"] = json::array();
  EXPECT_THAT(ProblemsIn(evidence), HasSubstr("nothing that was judged"));
}

}  // namespace
}  // namespace slo::tools
