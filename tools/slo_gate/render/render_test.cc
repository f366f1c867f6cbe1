#include "tools/slo_gate/render/render.h"

#include <string>
#include <variant>

#include "gtest/gtest.h"
#include "tools/slo_gate/render/golden_testing.h"

namespace slo::tools {
namespace {

TEST(RenderText, ColorsTheStatesWhereAsked) {
  const std::string text = RenderText(MakeVerdict(), {.use_color = true});
  EXPECT_NE(text.find("\x1b[31mfail\x1b[0m          "), std::string::npos) << text;
  EXPECT_NE(text.find("\x1b[33minsufficient\x1b[0m  "), std::string::npos) << text;
  EXPECT_NE(text.find("verdict: \x1b[31mfail\x1b[0m: 1 of 4 checks"), std::string::npos) << text;
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
  Check& check = verdict.scenarios[1].checks[0];
  check.reason = Reason::kErrorRow;
  std::get<ObjectiveDetail>(check.detail).message = "50 %\n::error::injected";
  const std::string text = RenderGithub(verdict);
  EXPECT_NE(text.find("title=SLO fail%3A a%3Ab%2Cc::"), std::string::npos) << text;
  EXPECT_NE(text.find("50 %25%0A::error::injected"), std::string::npos) << text;
}

TEST(RenderGithub, WarnsOfAViolationThatDoesNotFail) {
  Verdict verdict = MakeVerdict();
  Check& check = verdict.scenarios[0].checks[0];
  check.status = CheckStatus::kWarn;
  EXPECT_NE(RenderGithub(verdict).find("::warning title=SLO warn%3A load_latency_p99::"),
            std::string::npos)
      << RenderGithub(verdict);
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

}  // namespace
}  // namespace slo::tools
