// What a verdict says of itself as JSON is what was decided.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using nlohmann::json;

TEST(VerdictEvidence, OfPairsHasTheCountsTheProofAndTheChanges) {
  PairsFile file = MakePairs({{.benchmark = "BM_A", .change = 0.08},
                              {.benchmark = "BM_B"},
                              {.benchmark = "BM_C", .change = 0.015, .pairs = 16}});
  file.selected.emplace_back("BM_Gone");
  const Verdict verdict = VerdictOn({file});
  const json evidence = json::parse(RenderJson(verdict));
  EXPECT_EQ(evidence["regression"]["benchmarks"],
            (json{{"expected", 4}, {"judged", 3}, {"waived", 0}, {"missing", 1}}));
  const json& self_test = evidence["regression"]["proof"];
  EXPECT_EQ(self_test["benchmark"], "BM_A");
  EXPECT_EQ(self_test["defective"], false);
  EXPECT_EQ(self_test["flipped_gates"], 1'000);
  EXPECT_EQ(self_test["false_alarms"], verdict.comparison()->self_test.false_alarms);
  ASSERT_EQ(self_test["faults"].size(), 8U);
  EXPECT_EQ(self_test["faults"][0]["expected"], "regressed");
  EXPECT_EQ(self_test["faults"][0]["found"], "regressed");
  for (size_t i = 0; i < verdict.scenarios.size(); ++i) {
    const Check& check = verdict.scenarios[i].checks[0];
    const json& shown = evidence["scenarios"][i]["checks"][0];
    EXPECT_EQ(shown["status"], std::string(Name(check.status)));
    EXPECT_EQ(shown["change"]["outcome"], std::string(Name(check.change()->outcome)));
    EXPECT_EQ(shown["change"]["tolerance"], check.change()->tolerance);
    EXPECT_EQ(shown["change"]["more_pairs_needed"].is_null(),
              !check.change()->more_pairs_needed.has_value());
    EXPECT_EQ(shown["bound"].is_null(), !check.bound.has_value());
    if (!check.bound.has_value()) continue;
    EXPECT_EQ(shown["bound"], *check.bound);
    EXPECT_EQ(shown["change"]["lower"], *check.change()->lower);
    EXPECT_EQ(shown["change"]["upper"], *check.change()->upper);
    EXPECT_EQ(shown["change"]["p_increase"], *check.change()->p_increase);
    EXPECT_EQ(shown["change"]["smallest_visible"], *check.change()->smallest_visible);
  }
  EXPECT_EQ(evidence["pairs"].size(), 1U);
  EXPECT_EQ(evidence["thresholds"]["limits"], json::parse(kLimitsText));
}

TEST(VerdictEvidence, OfObjectivesHasNoComparison) {
  const Verdict verdict =
      Judge({{.file = "r.json",
              .rows = {{.name = "BM_A", .label = "l", .error = "broken", .metrics = {{"x", 1}}}}}},
            {.file = "t.json",
             .objectives = {{.id = "o",
                             .benchmark = "BM_A",
                             .metric = "x",
                             .max = Limit{.value = 5, .text = "5"}}}},
            {.allow_insufficient = true});
  const json evidence = json::parse(RenderJson(verdict));
  EXPECT_FALSE(evidence.contains("regression"));
  EXPECT_FALSE(evidence.contains("pairs"));
  EXPECT_EQ(evidence["provenance"]["allow_insufficient"], true);
  EXPECT_EQ(evidence["summary"]["checks_failed"], 1);
  const json& row = evidence["results"][0]["benchmarks"][0];
  EXPECT_EQ(row["error_occurred"], true);
  EXPECT_EQ(row["error_message"], "broken");
  EXPECT_EQ(row["label"], "l");
  EXPECT_EQ(row["x"], 1);
}

}  // namespace
}  // namespace slo::tools
