// Golden files: testdata/verdict.<format>.gold. After a wanted change, run with SLO_UPDATE_GOLD=1
// and read the difference.

#include "tools/slo_gate/render.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"
#include "tools/slo_gate/judge.h"

namespace slo::tools {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Verdict MakeVerdict() {
  const auto read = [](const std::string& name) { return ReadFile(SLO_TESTDATA_DIR "/" + name); };
  Thresholds thresholds = ParseThresholds("thresholds.json", read("thresholds.json")).value();
  const absl::Status overridden =
      ApplyOverrides({{"load_success_ratio=0.999", "--override"}}, thresholds);
  EXPECT_TRUE(overridden.ok()) << overridden;
  return Judge({ParseReport("results.json", read("results.json")).value()}, thresholds,
               {.generated_at_utc = "2026-01-02T03:04:05Z", .gate_version = "1.2.3"});
}

void ExpectGold(const std::string& format, const std::string& rendered) {
  const std::string path = SLO_TESTDATA_DIR "/verdict." + format + ".gold";
  if (std::getenv("SLO_UPDATE_GOLD") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream(path, std::ios::binary) << rendered;
  }
  EXPECT_EQ(rendered, ReadFile(path)) << path;
}

TEST(RenderText, EqualsItsGoldenFile) { ExpectGold("text", RenderText(MakeVerdict())); }

TEST(RenderMarkdown, EqualsItsGoldenFile) { ExpectGold("markdown", RenderMarkdown(MakeVerdict())); }

TEST(RenderJson, EqualsItsGoldenFile) { ExpectGold("json", RenderJson(MakeVerdict())); }

TEST(RenderJunit, EqualsItsGoldenFile) { ExpectGold("junit", RenderJunit(MakeVerdict())); }

TEST(RenderGithub, EqualsItsGoldenFile) { ExpectGold("github", RenderGithub(MakeVerdict())); }

TEST(RenderText, ColorsTheStatesWhereAsked) {
  const std::string text = RenderText(MakeVerdict(), /*use_color=*/true);
  EXPECT_NE(text.find("\x1b[31mfail         \x1b[0m"), std::string::npos);
  EXPECT_NE(text.find("\x1b[33minsufficient \x1b[0m"), std::string::npos);
  EXPECT_NE(text.find("verdict: \x1b[1;31mfail\x1b[0m\n"), std::string::npos);
  EXPECT_EQ(RenderText(MakeVerdict()).find('\x1b'), std::string::npos);
}

TEST(RenderJunit, SkipsWhatIsInsufficientWhereThatIsAllowed) {
  Verdict verdict = MakeVerdict();
  EXPECT_NE(RenderJunit(verdict).find("<error type=\"insufficient\""), std::string::npos);
  verdict.allow_insufficient = true;
  EXPECT_EQ(RenderJunit(verdict).find("<error"), std::string::npos);
  EXPECT_NE(RenderJunit(verdict).find("<skipped/>"), std::string::npos);
}

TEST(RenderJunit, EscapesWhatXmlCannotSay) {
  Verdict verdict = MakeVerdict();
  verdict.scenarios[0].name = "<&\"\x01\xFF\xC3\xA4\xED\xA0\x80>";
  EXPECT_NE(RenderJunit(verdict).find(" name=\"&lt;&amp;&quot;??\xC3\xA4???&gt;\""),
            std::string::npos)
      << RenderJunit(verdict);
}

TEST(RenderGithub, EscapesWhatEndsACommand) {
  Verdict verdict = MakeVerdict();
  verdict.scenarios[1].checks[0].id = "a:b,c";
  verdict.scenarios[1].checks[0].reason = "50 %\n::error::injected";
  const std::string text = RenderGithub(verdict);
  EXPECT_NE(text.find("title=SLO fail%3A a%3Ab%2Cc::"), std::string::npos) << text;
  EXPECT_NE(text.find("50 %25%0A::error::injected"), std::string::npos) << text;
}

TEST(RenderText, ShowsTheWorstOfVeryManyChecks) {
  Verdict verdict = MakeVerdict();
  Check passing = {.id = "good", .metric = "x_count", .headroom = 9, .status = CheckStatus::kPass};
  verdict.scenarios[0].checks.insert(verdict.scenarios[0].checks.begin(), 1'000, passing);
  const std::string text = RenderText(verdict);
  EXPECT_LT(text.find("load_latency_p99"), text.find("good")) << "the worst first";
  EXPECT_NE(text.find("and 504 more checks, none of them worse"), std::string::npos) << text;
}

TEST(RenderMarkdown, ShowsTheWorstOfVeryManyScenarios) {
  Verdict verdict = MakeVerdict();
  verdict.scenarios.insert(verdict.scenarios.begin(), 1'000,
                           {.name = "good", .status = CheckStatus::kPass});
  const std::string text = RenderMarkdown(verdict);
  EXPECT_LT(text.find("runs:200: fail"), text.find("good: pass")) << "the worst first";
  EXPECT_NE(text.find("And 802 more scenarios, none of them worse"), std::string::npos);
}

TEST(GuaranteeLine, SaysWhatHoldsForAllChecksTogether) {
  EXPECT_EQ(GuaranteeLine({.checks_total = 2}),
            "no check carries a confidence; point values were compared");
  EXPECT_EQ(
      GuaranteeLine({.checks_total = 9, .checks_with_confidence = 4, .family_confidence = 0.996}),
      "4 of 9 checks carry a confidence; all of these are right with at least 99.6 % "
      "(Bonferroni)");
  EXPECT_EQ(
      GuaranteeLine({.checks_total = 40, .checks_with_confidence = 40, .family_confidence = 0}),
      "40 of 40 checks carry a confidence; there are too many of them for a guarantee for all "
      "together");
}

TEST(HeadroomText, IsNeverRoundedToTheGoodSide) {
  EXPECT_EQ(HeadroomText({.headroom = 0.9999}), "0.999x");
  EXPECT_EQ(HeadroomText({.headroom = 21.49}), "21.4x");
  EXPECT_EQ(HeadroomText({}), "-");
}

TEST(RenderMarkdown, KeepsHostileNamesInsideTheirCells) {
  Verdict verdict = MakeVerdict();
  verdict.scenarios[0].name = "BM_<script>|x\ny";
  const std::string text = RenderMarkdown(verdict);
  EXPECT_NE(text.find("## BM\\_&lt;script&gt;\\|x y: "), std::string::npos) << text;
}

}  // namespace
}  // namespace slo::tools
