#include "tools/slo_gate/render/explanation_json.h"

#include <string>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/evidence/verify.h"
#include "tools/slo_gate/render/explanation_testing.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

nlohmann::json ExplainedJson(const Verdict& verdict) {
  return nlohmann::json::parse(RenderJson(verdict));
}

TEST(ExplanationJson, IsReadBackAsItWasWritten) {
  const Verdict verdict = MakeExplained();
  const auto read = ExplanationsOf(ExplainedJson(verdict)["explanations"]);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, verdict.explanations);
}

TEST(ExplanationJson, IsAbsentWithoutExplanations) {
  EXPECT_FALSE(ExplainedJson(MakeChanges()).contains("explanations"));
}

TEST(ExplanationJson, RefusesWhatDoesNotAddUp) {
  nlohmann::json explanations = ExplainedJson(MakeExplained())["explanations"];
  explanations[0]["functions"][0]["difference"] = 197'000;
  const auto read = ExplanationsOf(explanations);
  EXPECT_TRUE(absl::StrContains(read.status().message(), "explanations[0]: the differences"))
      << read.status();
}

TEST(ExplanationJson, NamesEveryPlaceThatIsNotOfItsForm) {
  nlohmann::json explanations = ExplainedJson(MakeExplained())["explanations"];
  explanations[0]["base"] = "many";
  explanations[0]["functions"] = 7;
  explanations[1]["allocations"] = nlohmann::json::array({1});
  explanations.push_back(5);
  const std::string message(ExplanationsOf(explanations).status().message());
  EXPECT_TRUE(absl::StrContains(message, "explanations[0].base: expected a number")) << message;
  EXPECT_TRUE(absl::StrContains(message, "explanations[0].functions: expected a list"));
  EXPECT_TRUE(absl::StrContains(message, "explanations[1].allocations[0]: expected an object"));
  EXPECT_TRUE(absl::StrContains(message, "explanations[3]: expected an object"));
  EXPECT_FALSE(ExplanationsOf(nlohmann::json("text")).ok());
}

// ---- Evidence ----

TEST(ExplainedEvidence, IsVerifiedWithoutADifference) {
  const auto verification = VerifyEvidence("e.json", RenderJson(MakeExplained()));
  ASSERT_TRUE(verification.ok()) << verification.status();
  EXPECT_TRUE(verification->differences.empty()) << verification->differences[0];
}

TEST(ExplainedEvidence, WithAChangedDifferenceIsNot) {
  nlohmann::json evidence = ExplainedJson(MakeExplained());
  evidence["explanations"][0]["difference"] = 5;
  const auto verification = VerifyEvidence("e.json", evidence.dump());
  ASSERT_TRUE(verification.ok()) << verification.status();
  ASSERT_EQ(verification->differences.size(), 1);
  EXPECT_TRUE(absl::StrContains(verification->differences[0], "explanations[0].difference"));
}

}  // namespace
}  // namespace slo::tools
