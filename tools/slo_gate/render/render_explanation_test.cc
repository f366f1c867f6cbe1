#include "tools/slo_gate/render/render_explanation.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/explanation_testing.h"

namespace slo::tools {
namespace {

TEST(Golden, OfExplanationsInEachFormat) {
  const Verdict verdict = MakeExplained();
  ExpectGold("explanations.text", ExplanationText(verdict));
  ExpectGold("explanations.markdown", ExplanationSection(verdict, kReadablePage));
  std::string summaries;
  for (const Explanation& one : verdict.explanations) {
    absl::StrAppend(&summaries, ExplanationSummary(one), "\n");
  }
  ExpectGold("explanations.summary", summaries);
}

TEST(Explanations, AreInEveryFormatForPeople) {
  const Verdict verdict = MakeExplained();
  for (const std::string& text :
       {RenderText(verdict), RenderText(verdict, {.all = true}), RenderMarkdown(verdict),
        RenderMarkdown(verdict, /*all=*/true), RenderStepSummary(verdict), RenderGithub(verdict)}) {
    EXPECT_TRUE(absl::StrContains(text, "slo::Parse")) << text;
    EXPECT_TRUE(absl::StrContains(text, "valgrind was not found")) << text;
  }
  EXPECT_EQ(ExplanationText(MakeChanges()), "");
  EXPECT_EQ(ExplanationSection(MakeChanges(), kReadablePage), "");
}

TEST(Explanations, CountWhatTheyLeaveOut) {
  Verdict verdict = MakeExplained();
  std::vector<FunctionCost>& functions = verdict.explanations[0].functions;
  functions.resize(1);
  for (int i = 0; i < 40; ++i) {
    functions.push_back({.function = absl::StrCat("f", i), .difference = 50});
  }
  EXPECT_TRUE(absl::StrContains(ExplanationText(verdict), "+1,550.0"));
  EXPECT_TRUE(absl::StrContains(ExplanationText(verdict), "(31 more; the evidence has them)"));
  EXPECT_TRUE(absl::StrContains(ExplanationSection(verdict, kReadablePage), "(16 more)"));
}

TEST(Explanations, FitIntoThePage) {
  Verdict verdict = MakeExplained();
  for (int i = 0; i < 60; ++i) verdict.explanations.push_back(verdict.explanations[0]);
  EXPECT_LE(RenderMarkdown(verdict).size(), kReadablePage.bytes);
  EXPECT_TRUE(absl::StrContains(RenderMarkdown(verdict), "more; `--all` shows them"));
  EXPECT_LE(ExplanationSection(verdict, kReadablePage, 5'000).size(), 5'000);
}

TEST(Explanations, TakeNamesForText) {
  Verdict verdict = MakeExplained();
  const std::string hostile = "|<script>\n\x1b[31m`x`";
  verdict.explanations[0].functions[0].function = hostile;
  verdict.explanations[0].functions[0].file = hostile;
  verdict.explanations[0].allocations[0].function = hostile;
  verdict.explanations[1].benchmark = hostile;
  verdict.explanations[2].problem = hostile;
  const std::string page = ExplanationSection(verdict, kReadablePage);
  EXPECT_FALSE(absl::StrContains(page, "<script>"));
  for (const absl::string_view line : absl::StrSplit(page, '\n')) {
    EXPECT_EQ(absl::StartsWith(line, "|"), absl::EndsWith(line, "|")) << line;
  }
  EXPECT_FALSE(absl::StrContains(ExplanationText(verdict), "\x1b"));
}

}  // namespace
}  // namespace slo::tools
