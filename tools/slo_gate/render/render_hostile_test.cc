// Texts that come from files and command lines stay texts wherever a page shows them.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/verdict/verdict_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Markup of each format, and the place that it stands at.
std::string HostileText(const std::string& place) { return absl::StrCat("<b>&|\"", place, "\n"); }

// Two checks, one of which is no pass, with markup in everything that is text.
Verdict HostileVerdict() {
  Verdict verdict = PassingVerdict(1, 3);
  Scenario& scenario = verdict.scenarios[0];
  scenario.name = absl::StrCat("BM_", HostileText("name"));
  for (Check& check : scenario.checks) {
    check.id += HostileText("id");
    check.metric = HostileText("metric");
    check.threshold.text = HostileText("limit");
    check.why = HostileText(absl::StrCat("why of ", check.id.substr(6, 1)));
    check.overridden =
        LimitOverride{.original_text = HostileText("original"), .source = HostileText("source")};
  }
  SetStatus(CheckStatus::kFail, 0, 0, verdict);
  std::get<ObjectiveDetail>(scenario.checks[0].detail).message = HostileText("reason");
  verdict.notes = {HostileText("note")};
  verdict.provenance = {{HostileText("key"), HostileText("value")}, {"host", HostileText("host")}};
  verdict.generated_at_utc = "2026-01-02T03:04:05Z";
  verdict.gate_version = HostileText("version");
  verdict.results = {{.file = HostileText("results")}};
  verdict.findings = ObjectiveFindings{.thresholds = {.file = HostileText("thresholds")}};
  verdict.traces = {{.scenarios = {{.row = HostileText("row"),
                                    .histograms = {{.prefix = HostileText("prefix"),
                                                    .basis = "service_time"}}}}}};
  return verdict;
}

TEST(MarkdownOfHostileTexts, HasEachOfThemAsText) {
  const std::string page = RenderMarkdown(HostileVerdict());
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, Not(HasSubstr("&|")));
  for (const char* place :
       {"name", "id", "metric", "limit", "reason", "why of 0", "why of 1", "original", "source",
        "note", "key", "value", "host", "version", "results", "thresholds", "row", "prefi"}) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat("\"", place))) << place;
  }
  // A line break would end the row of a table.
  for (const absl::string_view line : absl::StrSplit(page, '\n')) {
    if (line.empty() || line.front() != '|') continue;
    EXPECT_EQ(line.back(), '|') << line;
  }
}

TEST(MarkdownOfHostileTexts, HasTheLinesOfAComparisonAsText) {
  Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_<b>&|"}})});
  EXPECT_THAT(RenderMarkdown(verdict), Not(HasSubstr("<b>")));
  std::get<ComparisonFindings>(verdict.findings).self_test.benchmark = "<b>proof";
  EXPECT_THAT(RenderMarkdown(verdict), Not(HasSubstr("<b>")));
}

TEST(JunitOfHostileTexts, HasEachOfThemAsText) {
  Verdict verdict = HostileVerdict();
  const std::string xml = RenderJunit(verdict);
  EXPECT_THAT(xml, Not(HasSubstr("<b>")));
  EXPECT_THAT(xml, Not(HasSubstr("&|")));
  for (const char* place :
       {"name", "id", "metric", "limit", "reason", "why of 0", "key", "value", "host"}) {
    EXPECT_THAT(xml, HasSubstr(absl::StrCat("|&quot;", place, "?"))) << place;
  }
  verdict.generated_at_utc = "<b>Z";
  EXPECT_THAT(RenderJunit(verdict), HasSubstr("timestamp=\"&lt;b&gt;\""));
}

TEST(GithubOfHostileTexts, HasACommandALine) {
  const std::string text = RenderGithub(HostileVerdict());
  const std::vector<std::string> lines = absl::StrSplit(text, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 2U) << text;
  EXPECT_TRUE(lines[0].starts_with("::error title=")) << text;
  EXPECT_TRUE(lines[1].starts_with("::notice title=")) << text;
}

TEST(TextOfHostileTexts, KeepsNamesAndCellsOnTheirLines) {
  Verdict verdict = PassingVerdict(1, 2);
  verdict.scenarios[0].name = "BM_\x1b[31m\nX";
  verdict.scenarios[0].checks[0].metric = "m\n\x1b[32m";
  SetStatus(CheckStatus::kFail, 0, 1, verdict);
  const std::string text = RenderText(verdict);
  EXPECT_THAT(text, HasSubstr("fail: check_1 on BM_?[31m?X\n"));
  verdict = PassingVerdict(1, 1);
  verdict.scenarios[0].checks[0].metric = "m\n\x1b[32m";
  EXPECT_THAT(RenderText(verdict), HasSubstr("m??[32m"));
}

}  // namespace
}  // namespace slo::tools
