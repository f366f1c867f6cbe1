#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/markdown_tables.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/verdict/verdict_testing.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

int OccurrencesOf(absl::string_view part, absl::string_view text) {
  int count = 0;
  for (size_t at = text.find(part); at != absl::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// A default run with two checks that are no pass, of one benchmark.
Verdict FailedVerdict() {
  Verdict verdict = PassingVerdict(29, 3);
  SetStatus(CheckStatus::kFail, 13, 1, verdict);
  SetStatus(CheckStatus::kInsufficient, 13, 2, verdict);
  return verdict;
}

TEST(RenderMarkdown, HasEveryCheckOnce) {
  const std::string page = RenderMarkdown(FailedVerdict());
  // The cell behind the objective's is the metric's; what is not a pass has its objective above.
  EXPECT_EQ(OccurrencesOf(" | check\\_0\\_us | ", page), 29);
  EXPECT_EQ(OccurrencesOf(" | check\\_1\\_us | ", page), 29);
  EXPECT_EQ(OccurrencesOf(" | check\\_2\\_us | ", page), 29);
  for (int i = 0; i < 29; ++i) {
    const int pointers = i == 13 ? 1 : 0;  // its row in the table of the family
    EXPECT_EQ(OccurrencesOf(absl::StrCat("/stored\\_runs:", i, "/"), page), 3 + pointers) << i;
  }
}

TEST(RenderMarkdown, SaysEachReasonAndEachWhyOnce) {
  const std::string page = RenderMarkdown(FailedVerdict());
  EXPECT_EQ(OccurrencesOf("reason 13-1", page), 1);
  EXPECT_EQ(OccurrencesOf("reason 13-2", page), 1);
  for (int j = 0; j < 3; ++j) {
    EXPECT_EQ(OccurrencesOf(absl::StrCat("Why there is check\\_", j, "."), page), 1) << j;
  }
}

TEST(RenderMarkdown, SaysOnceWhatTwoObjectivesAreFor) {
  Verdict verdict = FailedVerdict();
  for (Scenario& scenario : verdict.scenarios) {
    for (Check& check : scenario.checks) check.why = "One reason for all.";
  }
  const std::string page = RenderMarkdown(verdict);
  EXPECT_EQ(OccurrencesOf("One reason for all.", page), 1);
  EXPECT_THAT(page, HasSubstr("\nWhy: as for check\\_1\n"));
}

TEST(RenderMarkdown, OpensWithWhatIsNotAPassAndFoldsTheRest) {
  const std::string page = RenderMarkdown(FailedVerdict());
  EXPECT_THAT(page, StartsWith("# SLO verdict: fail\n\n85 of 87 checks on 29 benchmarks passed; "
                               "1 failed, 1 insufficient; judged "));
  EXPECT_LT(page.find("## Not a pass: 2 checks"), page.find("### check\\_1\n"));
  EXPECT_LT(page.find("### check\\_1\n"), page.find("### check\\_2\n"));
  EXPECT_LT(page.find("### check\\_2\n"), page.find("## BM\\_Family1: fail\n"));
  EXPECT_LT(page.find("## BM\\_Family1: fail\n"), page.find("## BM\\_Family0: pass\n"));
  EXPECT_THAT(page, HasSubstr("<details><summary>20 other checks that passed</summary>"));
  EXPECT_EQ(OccurrencesOf("<details>", page), OccurrencesOf("</details>", page));
}

TEST(RenderMarkdown, CountsWhatItLeavesOutOfVeryManyBenchmarks) {
  Verdict verdict = PassingVerdict(5'000, 3);
  for (size_t i = 0; i < 250; ++i) SetStatus(CheckStatus::kFail, 2'000 + i, 1, verdict);
  const std::string page = RenderMarkdown(verdict);
  EXPECT_LE(page.size(), 60'000U);
  EXPECT_THAT(page, AllOf(HasSubstr("## Not a pass: 250 checks\n"),
                          HasSubstr(" more, none of them worse; `--all` lists them.\n"),
                          HasSubstr(" more benchmarks, none of them worse; ")));
}

TEST(RenderMarkdown, HasEveryCheckOnceOnTheWholePage) {
  Verdict verdict = PassingVerdict(5'000, 3);
  SetStatus(CheckStatus::kFail, 4'999, 1, verdict);
  const std::string page = RenderMarkdown(verdict, /*all=*/true);
  for (int j = 0; j < 3; ++j) {
    EXPECT_EQ(OccurrencesOf(absl::StrCat(" | check\\_", j, "\\_us | "), page), 5'000) << j;
  }
  EXPECT_THAT(page, Not(HasSubstr("more")));
  EXPECT_EQ(OccurrencesOf("\n## BM\\_Family", page), static_cast<int>(kMaxFamilyTables));
  EXPECT_THAT(page, HasSubstr("\n## other families: pass\n"));
}

TEST(RenderMarkdown, KeepsHostileNamesInsideTheirCells) {
  Verdict verdict = PassingVerdict(1, 1);
  verdict.scenarios[0].name = "BM_<script>|x\ny";
  const std::string page = RenderMarkdown(verdict);
  EXPECT_THAT(page, AllOf(HasSubstr("## BM\\_&lt;script&gt;\\|x y: "), Not(HasSubstr("<script"))));
}

}  // namespace
}  // namespace slo::tools
