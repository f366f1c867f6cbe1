// JUnit XML: which bytes it may hold, and what becomes of each state.

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/sentence.h"
#include "tools/slo_gate/verdict/verdict_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A text as it stands between the tags: the why of a check that failed.
std::string AsXmlText(const std::string& text) {
  Verdict verdict = PassingVerdict(1, 1);
  SetStatus(CheckStatus::kFail, 0, 0, verdict);
  verdict.scenarios[0].checks[0].why = text;
  const std::string xml = RenderJunit(verdict);
  const std::string before = "\">why: ";
  const size_t begin = xml.find(before) + before.size();
  return xml.substr(begin, xml.find("</failure>") - begin);
}

TEST(JunitText, KeepsEveryCharacterThatIsUtf8) {
  for (const char* character : {
           " ",                 // the first that is no control character
           "~",                 // the last but one of one byte
           "\x7F",              // the last of one byte
           "\xC2\x80",          // the first of two
           "\xC3\x81",          //
           "\xC3\x82",          //
           "\xC4\xBF",          //
           "\xDE\x80",          //
           "\xDF\xBF",          // the last of two
           "\xE0\xA0\x80",      // the first of three
           "\xE1\x80\x80",      //
           "\xE2\x82\xAC",      //
           "\xEB\xA0\x80",      //
           "\xEC\xBF\xBF",      //
           "\xED\x9F\xBF",      // the last before the surrogates
           "\xEE\x80\x80",      // the first behind them
           "\xEE\xA0\x80",      //
           "\xEF\x80\x80",      //
           "\xEF\xA0\x80",      //
           "\xEF\xBF\xBD",      // the last of three that XML can say
           "\xF0\x90\x80\x80",  // the first of four
           "\xF1\x80\x81\x82",  //
           "\xF2\x80\x80\x80",  //
           "\xF2\x90\x80\x80",  //
           "\xF3\xBF\xBF\xBF",  //
           "\xF4\x80\x80\x80",  //
           "\xF4\x8F\xBF\xBF",  // the last there is
       }) {
    EXPECT_EQ(AsXmlText(character), character);
    EXPECT_EQ(AsXmlText(absl::StrCat("a", character, "z")), absl::StrCat("a", character, "z"));
  }
}

TEST(JunitText, HasAQuestionMarkForEachByteThatIsNoUtf8) {
  struct Row {
    std::string bytes;
    const char* text;
  };
  for (const Row& row : {
           Row{"\x80", "?"},                 // continues nothing
           Row{"\x81", "?"},                 //
           Row{"\xBF", "?"},                 //
           Row{"\xC0\x80", "??"},            // two bytes for what needs one
           Row{"\xC1\xBF", "??"},            //
           Row{"\xE0\x9F\xBF", "???"},       // three for what needs two
           Row{"\xE0\x80\x80", "???"},       //
           Row{"\xF0\x8F\xBF\xBF", "????"},  // four for what needs three
           Row{"\xED\xA0\x80", "???"},       // surrogates
           Row{"\xED\xBF\xBF", "???"},       //
           Row{"\xF4\x90\x80\x80", "????"},  // beyond the last
           Row{"\xF5\x80\x80\x80", "????"},  //
           Row{"\xFF\x80\x80\x80", "????"},  //
           Row{"\xC3", "?"},                 // broken off
           Row{"\xE1\x80", "??"},            //
           Row{"\xF1\x80\x80", "???"},       //
           Row{"\xC3z", "?z"},               // no continuation
           Row{"\xC3\xC0", "??"},            //
           Row{"\xE1z\x80", "?z?"},          //
           Row{"\xE1\x80z", "??z"},          //
           Row{"\xF1\x80\x80z", "???z"},     //
           Row{"\xF1\x80z\x80", "??z?"},     //
           Row{std::string(1, '\0'), "?"},   // control characters
           Row{"\x01\x1F", "??"},            //
           Row{"\xEF\xBF\xBE", "?"},         // UTF-8, and what XML leaves out
           Row{"\xEF\xBF\xBF", "?"},         //
           Row{"\xEF\xBF\xBE\xEF\xBF\xBDz", "?\xEF\xBF\xBDz"},
       }) {
    EXPECT_EQ(AsXmlText(row.bytes), row.text);
    EXPECT_EQ(AsXmlText(absl::StrCat("a", row.bytes, "\xC3\xA4")),
              absl::StrCat("a", row.text, "\xC3\xA4"));
  }
}

TEST(JunitText, EscapesMarkup) {
  EXPECT_EQ(AsXmlText("a&b<c>d\"e'f"), "a&amp;b&lt;c&gt;d&quot;e'f");
}

// ---- Cases ----

TEST(RenderJunit, CountsEachStateAsJunitCallsIt) {
  struct Row {
    CheckStatus status;
    bool is_allowed;
    const char* counts;
    const char* element;
  };
  const char* const passed = R"( failures="0" errors="0" skipped="0")";
  const char* const failed = R"( failures="1" errors="0" skipped="0")";
  const char* const broken = R"( failures="0" errors="1" skipped="0")";
  const char* const skipped = R"( failures="0" errors="0" skipped="1")";
  for (const Row& row :
       {Row{CheckStatus::kPass, false, passed, ""}, Row{CheckStatus::kPass, true, passed, ""},
        Row{CheckStatus::kWarn, false, passed, "warn: check_1"},
        Row{CheckStatus::kWarn, true, passed, "warn: check_1"},
        Row{CheckStatus::kFail, false, failed, "<failure type=\"fail\""},
        Row{CheckStatus::kFail, true, failed, "<failure type=\"fail\""},
        Row{CheckStatus::kInvalid, false, broken, "<error type=\"invalid\""},
        Row{CheckStatus::kInvalid, true, broken, "<error type=\"invalid\""},
        Row{CheckStatus::kInsufficient, false, broken, "<error type=\"insufficient\""},
        Row{CheckStatus::kInsufficient, true, skipped, "<skipped/>"}}) {
    Verdict verdict = PassingVerdict(1, 3);
    if (row.status != CheckStatus::kPass) SetStatus(row.status, 0, 1, verdict);
    verdict.allow_insufficient = row.is_allowed;
    const std::string xml = RenderJunit(verdict);
    EXPECT_THAT(xml, HasSubstr(absl::StrCat("tests=\"3\"", row.counts)));
    EXPECT_THAT(xml, HasSubstr(row.element));
    EXPECT_EQ(xml.find("<failure") != std::string::npos, row.status == CheckStatus::kFail);
    EXPECT_EQ(xml.find("<error") != std::string::npos, row.counts == broken);
    EXPECT_EQ(xml.find("<skipped") != std::string::npos, row.counts == skipped);
  }
}

TEST(RenderJunit, NumbersASuiteForEachScenarioBehindTheProvenance) {
  const std::string xml = RenderJunit(PassingVerdict(3, 1));
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(xml, HasSubstr(absl::StrCat("<testsuite package=\"slo\" id=\"", i + 1,
                                            "\" name=\"BM_Family0/shape:fan_out/steps:10/"
                                            "stored_runs:",
                                            i, "/")));
  }
  EXPECT_THAT(xml, HasSubstr("id=\"0\" name=\"provenance\" tests=\"0\""));
  EXPECT_THAT(xml, Not(HasSubstr("id=\"4\"")));
}

TEST(RenderJunit, ListsWhatPassedAndMarksWhatIsVacuous) {
  Verdict verdict = PassingVerdict(1, 3);
  verdict.scenarios[0].checks[1].is_vacuous = true;
  SetStatus(CheckStatus::kInvalid, 0, 0, verdict);
  const std::vector<Check>& checks = verdict.scenarios[0].checks;
  EXPECT_THAT(
      RenderJunit(verdict),
      HasSubstr(absl::StrCat("<system-out>check_1: ", ReasonText(checks[1]),
                             " (vacuous)\ncheck_2: ", ReasonText(checks[2]), "\n</system-out>")));
}

TEST(RenderJunit, NamesTheHostAndTheTimeWithoutAZone) {
  Verdict verdict = PassingVerdict(1, 1);
  verdict.generated_at_utc = "2026-01-02T03:04:05Z";
  EXPECT_THAT(RenderJunit(verdict),
              HasSubstr("timestamp=\"2026-01-02T03:04:05\" hostname=\"not stated\">"));
  verdict.provenance["host"] = "<box>";
  EXPECT_THAT(RenderJunit(verdict), HasSubstr("hostname=\"&lt;box&gt;\">"));
}

TEST(RenderJunit, HasEveryFactOfTheProvenanceAsAPropertyOnce) {
  Verdict verdict = PassingVerdict(3, 1);
  verdict.provenance = {{"a", "1"}, {"b&c", "\"2\""}};
  EXPECT_THAT(RenderJunit(verdict),
              HasSubstr("<properties>\n      <property name=\"a\" value=\"1\"/>\n"
                        "      <property name=\"b&amp;c\" value=\"&quot;2&quot;\"/>\n"
                        "    </properties>"));
  const std::string xml = RenderJunit(verdict);
  EXPECT_EQ(xml.find("<property "), xml.rfind("<property name=\"a\""));
}

}  // namespace
}  // namespace slo::tools
