#include "tools/slo_gate/render/render_summary.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/text_layout.h"
#include "tools/slo_gate/verdict/verdict_testing.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;
using ::testing::ResultOf;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> LinesOfText(const std::string& text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

int CountOf(absl::string_view part, absl::string_view text) {
  int count = 0;
  for (size_t at = text.find(part); at != absl::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

const auto kFitsTheTerminal =
    Each(ResultOf([](const std::string& line) { return Columns(line); }, Le(kTerminalColumns)));

TEST(RenderText, FitsAScreenForADefaultRun) {
  Verdict verdict = PassingVerdict(29, 3);
  for (int i = 0; i < 10; ++i) verdict.scenarios[0].checks.push_back(PassingCheck("more", 7));
  verdict.summary = Summarize(verdict.scenarios);
  verdict.notes = {"measured on a tree with uncommitted changes"};
  const std::string text =
      RenderText(verdict, {.evidence = "docs/evidence/latest.md, latest.json"});
  EXPECT_LE(CountOf("\n", text), 40) << text;
  EXPECT_THAT(LinesOfText(text), kFitsTheTerminal) << text;
  EXPECT_THAT(text, StartsWith("verdict: pass: 97 of 97 checks on 29 benchmarks passed\n"));
  EXPECT_THAT(text, HasSubstr("evidence: docs/evidence/latest.md, latest.json; --all lists"));
  for (int i = 0; i < 29; ++i) {
    EXPECT_EQ(CountOf(absl::StrCat("stored_runs:", i, "\n"), text), 1) << i << "\n" << text;
  }
}

TEST(RenderText, FitsAScreenForThousandsOfBenchmarks) {
  const std::string text = RenderText(PassingVerdict(5'000, 3));
  EXPECT_LE(CountOf("\n", text), 40) << text;
  EXPECT_THAT(LinesOfText(text), kFitsTheTerminal) << text;
  EXPECT_THAT(text, HasSubstr("and 4971 more benchmarks pass; --all lists them\n"));
}

TEST(RenderText, HasRoomForBenchmarksBesideManyNotes) {
  Verdict verdict = PassingVerdict(100, 1);
  verdict.notes.assign(60, "a note");
  EXPECT_THAT(RenderText(verdict), HasSubstr("and 90 more benchmarks pass"));
}

TEST(RenderText, ShowsTheWorstCheckOfABenchmarkAndTheWorstBenchmarkFirst) {
  Verdict verdict = PassingVerdict(3, 2);
  SetStatus(CheckStatus::kInsufficient, 2, 1, verdict);
  SetStatus(CheckStatus::kFail, 1, 1, verdict);
  const std::vector<std::string> lines = LinesOfText(RenderText(verdict));
  EXPECT_THAT(lines[3], StartsWith("status"));
  EXPECT_THAT(lines[4], AllOf(StartsWith("fail "), HasSubstr(" check_1_us "), HasSubstr("runs:1")));
  EXPECT_THAT(lines[5], AllOf(StartsWith("insufficient "), HasSubstr("runs:2")));
  EXPECT_THAT(lines[6], AllOf(StartsWith("pass "), HasSubstr(" check_0_us "), HasSubstr("runs:0")));
}

TEST(RenderText, ShowsInFullWhatIsNotAPass) {
  Verdict verdict = PassingVerdict(29, 3);
  SetStatus(CheckStatus::kFail, 3, 1, verdict);
  SetStatus(CheckStatus::kFail, 3, 2, verdict);
  SetStatus(CheckStatus::kInvalid, 17, 0, verdict);
  const std::string text = RenderText(verdict);
  EXPECT_THAT(text, HasSubstr("fail: check_1 on BM_Family0/shape:fan_out/steps:10/stored_runs:3/"
                              "iterations:1/manual_time\n"
                              "  check_1_us 9.52 us; bound 9.52 us at 99.95 %; limit <= 40us; "
                              "headroom 0.500x; samples 64000\n"
                              "  the row is an error row: reason 3-1\n"
                              "  why: Why there is check_1.\n"));
  EXPECT_EQ(CountOf("reason 3-2", text), 1);
  EXPECT_EQ(CountOf("reason 17-0", text), 1);
  EXPECT_LT(text.find("reason 3-1"), text.find("reason 17-0")) << "the worst first";
}

TEST(RenderText, StaysWithinAScreenfulWithAFewThatAreNotAPass) {
  Verdict verdict = PassingVerdict(31, 3);
  SetStatus(CheckStatus::kInsufficient, 3, 1, verdict);
  SetStatus(CheckStatus::kInvalid, 17, 0, verdict);
  const std::string text = RenderText(verdict);
  EXPECT_LE(CountOf("\n", text), 40) << text;
  EXPECT_THAT(text, HasSubstr(" more benchmarks pass; --all lists them\n"));
}

TEST(RenderText, CountsWhatIsNotAPassBeyondAScreenful) {
  Verdict verdict = PassingVerdict(5'000, 1);
  for (size_t i = 0; i < 70; ++i) SetStatus(CheckStatus::kFail, i, 0, verdict);
  SetStatus(CheckStatus::kInsufficient, 70, 0, verdict);
  const std::string text = RenderText(verdict);
  EXPECT_EQ(CountOf("\nfail: ", text), static_cast<int>(kMaxBlocks));
  EXPECT_THAT(text, HasSubstr("and 21 more checks that are not a pass (20 fail, 1 insufficient); "
                              "--all lists them\n"));
  EXPECT_THAT(text, HasSubstr("of which 61 have a check that is not a pass; --all lists them\n"));
}

TEST(RenderText, ShowsAViolatedWarningInFull) {
  Verdict verdict = PassingVerdict(3, 2);
  SetStatus(CheckStatus::kWarn, 2, 1, verdict);
  Check& check = verdict.scenarios[2].checks[1];
  check.reason = Reason::kLimitViolated;
  const std::string text = RenderText(verdict);
  EXPECT_THAT(text, AllOf(HasSubstr("benchmarks passed; 1 warned\n"),
                          HasSubstr("\nwarn: check_1 on BM_Family0/"),
                          HasSubstr("; a warning only, by its severity\n")));
  EXPECT_THAT(LinesOfText(text)[4], AllOf(StartsWith("warn "), HasSubstr("stored_runs:2")));
  EXPECT_THAT(RenderMarkdown(verdict), HasSubstr("## Not a pass: 1 check\n"));
}

TEST(RenderText, ListsEveryCheckWhereAsked) {
  Verdict verdict = PassingVerdict(700, 3);
  SetStatus(CheckStatus::kFail, 3, 1, verdict);
  const std::string text = RenderText(verdict, {.all = true});
  EXPECT_EQ(CountOf("\npass ", text), 2'099);
  EXPECT_EQ(CountOf("\nfail ", text), 1);
  EXPECT_EQ(CountOf("reason 3-1", text), 1);
  EXPECT_THAT(text, Not(HasSubstr("more")));
  EXPECT_THAT(text, HasSubstr("/stored_runs:699/iterations:1/manual_time\n"));
}

TEST(RenderText, NamesAFewOfManyFiles) {
  Verdict verdict = PassingVerdict(1, 1);
  verdict.results.assign(20, {.file = "shard.json"});
  EXPECT_THAT(RenderText(verdict), HasSubstr("judged: shard.json, shard.json, shard.json and 17 "
                                             "more files by thresholds/slo.json\n"));
}

TEST(RenderText, FitsTheTerminalWhateverItsCells) {
  Verdict verdict = PassingVerdict(2, 1);
  for (Scenario& scenario : verdict.scenarios) {
    scenario.name += std::string(300, 'x');
    Check& check = scenario.checks[0];
    check.metric = std::string(300, 'm');
    check.threshold.text = "0.12345678901234567890";
    check.status = CheckStatus::kInsufficient;
  }
  const std::vector<std::string> lines = LinesOfText(SummaryTable(verdict, 10, false));
  EXPECT_THAT(lines, AllOf(SizeIs(3), kFitsTheTerminal));
  EXPECT_NE(lines[1], lines[2]);
}

TEST(RenderText, KeepsHostileNamesOnTheirLine) {
  Verdict verdict = PassingVerdict(1, 1);
  verdict.scenarios[0].name = "BM_X\n\x1b[31mfail";
  EXPECT_THAT(SummaryTable(verdict, 10, false), HasSubstr("  BM_X??[31mfail\n"));
}

}  // namespace
}  // namespace slo::tools
