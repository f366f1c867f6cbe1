// Closed world: expected = judged + waived + missing in every mode, and nothing judged is no pass.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/properties/comparisons_testing.h"
#include "tools/slo_gate/properties/deletion_testing.h"
#include "tools/slo_gate/properties/documents_testing.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using testing::HasSubstr;

constexpr JudgeOptions kAllowing = {.allow_insufficient = true};

void ExpectClosed(const std::optional<Verdict>& verdict, const std::string& what) {
  ASSERT_TRUE(verdict.has_value()) << what;
  const Coverage& coverage = verdict->coverage;
  EXPECT_EQ(coverage.expected, coverage.judged + coverage.waived + coverage.missing) << what;
  if (ExitCodeOf(*verdict) == 0) {
    EXPECT_GT(coverage.judged + coverage.waived, 0) << what;
  }
  if (coverage.judged + coverage.waived == 0) {
    EXPECT_THAT(ExitCodeOf(*verdict), testing::AnyOf(1, 3, 4)) << what;
  }
}

// The same, and that people and programs are told.
void ExpectShown(const Verdict& verdict) {
  const Coverage& coverage = verdict.coverage;
  const json document = json::parse(RenderJson(verdict));
  const json expected = {{"expected", coverage.expected},
                         {"judged", coverage.judged},
                         {"waived", coverage.waived},
                         {"missing", coverage.missing}};
  EXPECT_EQ(document["summary"]["benchmarks"], expected);
  const std::string line = absl::StrCat("benchmarks: ", coverage.expected, " expected = ");
  EXPECT_THAT(RenderText(verdict), HasSubstr(line));
  EXPECT_THAT(RenderMarkdown(verdict), HasSubstr(line));
}

json WithoutRows(json document) {
  document["benchmarks"] = json::array();
  return document;
}

json OnlyRows(json document, const std::function<bool(const json&)>& keep) {
  json rows = json::array();
  for (const json& row : document["benchmarks"]) {
    if (keep(row)) rows.push_back(row);
  }
  document["benchmarks"] = std::move(rows);
  return document;
}

std::vector<std::pair<std::string, json>> ResultsOfEveryKind() {
  return {
      {"recorded", DocumentOf(Recorded("bench_workflow.json"))},
      {"foreign", ForeignResults()},
      {"no rows", WithoutRows(ForeignResults())},
      {"only errors",
       OnlyRows(ForeignResults(), [](const json& row) { return row.contains("error_message"); })},
      {"only aggregates",
       OnlyRows(ForeignResults(), [](const json& row) { return row["run_type"] == "aggregate"; })}};
}

TEST(ClosedWorld, IsShown) {
  const json results = DocumentOf(Recorded("bench_workflow.json"));
  Thresholds thresholds = ThresholdsFor(ReportOf("r", results).value(), kBetween);
  thresholds.objectives.push_back(ObjectiveOn("X", "cpu_time", 1, 1));
  ExpectShown(JudgeDocument(results, thresholds).value());
  ExpectShown(JudgePairsDocument(PairsDocument(0)).value());
  ExpectShown(JudgeOnBaseline(results, Slowed(results, 2), kLimitsText).value());
}

TEST(ClosedWorld, OfObjectives) {
  const auto foreign = ReportOf("r", ForeignResults());
  const auto recorded = ReportOf("r", DocumentOf(Recorded("bench_workflow.json")));
  for (const auto& [what, document] : ResultsOfEveryKind()) {
    for (const double factor : {kTight, kBetween, kWide}) {
      for (const Report* report : {&*foreign, &*recorded}) {
        for (const bool points : {false, true}) {
          Thresholds thresholds = ThresholdsFor(*report, factor);
          thresholds.points = points;
          ExpectClosed(JudgeDocument(document, thresholds), what);
          ExpectClosed(JudgeDocument(document, thresholds, kAllowing), what);
        }
      }
    }
  }
}

// An objective at a time, so that no other one keeps the verdict from passing.
TEST(ClosedWorld, OfOneObjective) {
  for (const auto& [what, document] : ResultsOfEveryKind()) {
    for (const char* glob : {"BM_Parse/*", "BM_Broken", "BM_*", "X"}) {
      for (const char* statistic : {"each", "median", "p90"}) {
        Objective objective = ObjectiveOn(glob, "cpu_time", 1e9, kWide);
        objective.min.reset();
        if (std::string(statistic) != "each") {
          objective.statistic = {.kind = Statistic::Kind::kQuantile,
                                 .quantile = std::string(statistic) == "median" ? 0.5 : 0.9,
                                 .text = statistic};
        }
        for (const bool point : {false, true}) {
          objective.point = point;
          ExpectClosed(JudgeDocument(document, {.objectives = {objective}}, kAllowing),
                       absl::StrCat(what, " ", glob, " ", statistic));
        }
      }
    }
  }
}

TEST(ClosedWorld, OfPairs) {
  for (const PairsStart& start : PairsStarts()) {
    ExpectClosed(JudgePairsDocument(start.document), start.what);
    ExpectClosed(JudgePairsDocument(start.document, kAllowing), start.what);
  }
  json nothing = PairsDocument(0);
  nothing["selected"] = json::array();
  nothing["measured"].erase(0);
  ExpectClosed(JudgePairsDocument(nothing, kAllowing), "only controls");
}

TEST(ClosedWorld, OfABaseline) {
  const std::string exact = TextOf(Repository() / "thresholds/regression.json");
  for (const auto& [what, results] : ResultsOfEveryKind()) {
    for (const auto& [other, baseline] : ResultsOfEveryKind()) {
      for (const std::string& limits : {std::string(kLimitsText), exact}) {
        ExpectClosed(JudgeOnBaseline(results, baseline, limits, kAllowing),
                     absl::StrCat(what, " with ", other));
      }
    }
  }
}

TEST(ClosedWorld, OfExactCosts) {
  const std::string limits = TextOf(Repository() / "thresholds/regression.json");
  const json costs =
      DocumentOf(Repository() / "thresholds/baselines/exact-gnu-14.2.0-glibc-2.41-x86_64.json");
  ExpectClosed(JudgeOnBaseline(costs, costs, limits), "equal");
  ExpectClosed(JudgeOnBaseline(WithoutRows(costs), costs, limits), "no results");
  ExpectClosed(JudgeOnBaseline(costs, WithoutRows(costs), limits), "no baseline");
  ExpectClosed(JudgeOnBaseline(WithoutRows(costs), WithoutRows(costs), limits), "nothing");
  std::vector<Report> reports;
  reports.push_back(ReportOf("results.json", costs).value());
  const Verdict unknown =
      VerdictWithoutBaseline(std::move(reports), "b", MakeLimits(limits), limits, kAllowing);
  ExpectClosed(unknown, "no toolchain");
}

}  // namespace
}  // namespace slo::tools
