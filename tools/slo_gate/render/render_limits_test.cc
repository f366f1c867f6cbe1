// What is left out of pages of very many checks, exactly where it begins.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/markdown_tables.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/render_summary.h"
#include "tools/slo_gate/verdict/verdict_testing.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

size_t CountIn(absl::string_view text, absl::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != absl::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

Verdict WithFailures(int benchmarks, int failures) {
  Verdict verdict = PassingVerdict(benchmarks, 1);
  for (int i = 0; i < failures; ++i) {
    SetStatus(CheckStatus::kFail, static_cast<size_t>(i), 0, verdict);
  }
  return verdict;
}

// ---- Annotations ----

TEST(GithubAnnotations, AreTenOfEachKindAndTheNumberOfTheOthers) {
  EXPECT_EQ(CountIn(RenderGithub(WithFailures(60, 1)), "::error title="), 1U);
  EXPECT_EQ(CountIn(RenderGithub(WithFailures(60, 10)), "::error title="), 10U);
  EXPECT_EQ(CountIn(RenderGithub(WithFailures(60, 13)), "::error title="), 10U);
  EXPECT_THAT(RenderGithub(WithFailures(60, 0)),
              StartsWith("::notice title=SLO verdict%3A pass::"));
  EXPECT_THAT(RenderGithub(WithFailures(60, 10)), EndsWith("passed; 10 failed\n"));
  EXPECT_THAT(RenderGithub(WithFailures(60, 13)),
              EndsWith(" (3 that are not a pass have no annotation)\n"));
}

TEST(GithubAnnotations, LeaveRoomForWarningsBesideErrors) {
  Verdict verdict = WithFailures(60, 13);
  for (size_t i = 20; i < 32; ++i) SetStatus(CheckStatus::kInsufficient, i, 0, verdict);
  const std::string text = RenderGithub(verdict);
  EXPECT_EQ(CountIn(text, "::error title="), 10U);
  EXPECT_EQ(CountIn(text, "::warning title="), 10U);
  EXPECT_EQ(CountIn(text, "::notice title="), 1U);
  EXPECT_THAT(text, EndsWith(" (5 that are not a pass have no annotation)\n"));
}

TEST(GithubAnnotations, AreErrorsOfWhatFailedOrIsInvalid) {
  for (const auto& [status, command] :
       {std::pair(CheckStatus::kFail, "::error title=SLO fail"),
        {CheckStatus::kInvalid, "::error title=SLO invalid"},
        {CheckStatus::kInsufficient, "::warning title=SLO insuff"}}) {
    Verdict verdict = PassingVerdict(1, 1);
    SetStatus(status, 0, 0, verdict);
    EXPECT_THAT(RenderGithub(verdict), StartsWith(command));
  }
}

// ---- Tables of the page ----

TEST(PageOfNotAPass, CountsWhatIsBeyondItsLimit) {
  const Verdict verdict = WithFailures(5, 3);
  const auto page = [&](size_t most) {
    return NotAPassSection(verdict, {.not_a_pass = most, .benchmarks = 9, .folded = 9}).text;
  };
  EXPECT_THAT(page(4), Not(HasSubstr("more")));
  EXPECT_THAT(page(3), AllOf(HasSubstr("## Not a pass: 3 checks\n"), Not(HasSubstr("more"))));
  EXPECT_THAT(page(2), HasSubstr("\nAnd 1 more, none of them worse"));
  EXPECT_EQ(CountIn(page(2), "| fail |"), 2U);
}

TEST(PageOfFamilies, CountsBenchmarksBeyondItsLimit) {
  const Verdict verdict = PassingVerdict(5, 1);
  const auto page = [&](size_t most) {
    return FamilySections(verdict, {.not_a_pass = 9, .benchmarks = most, .folded = 9});
  };
  EXPECT_EQ(CountIn(page(5), "| pass |"), 5U);
  EXPECT_THAT(page(5), Not(HasSubstr("more")));
  EXPECT_EQ(CountIn(page(4), "| pass |"), 4U);
  EXPECT_THAT(page(4), HasSubstr("\nAnd 1 more benchmarks, none of them worse"));
}

TEST(PageOfFamilies, FoldsAsManyChecksAsItsLimitOverAllFamilies) {
  // Two families of ten benchmarks with a second check each.
  const Verdict verdict = PassingVerdict(20, 2);
  const auto page = [&](size_t most) {
    return FamilySections(verdict, {.not_a_pass = 9, .benchmarks = 99, .folded = most});
  };
  EXPECT_EQ(CountIn(page(20), "| pass |"), 40U);
  EXPECT_THAT(page(20), Not(HasSubstr("more")));
  EXPECT_EQ(CountIn(page(19), "| pass |"), 39U);
  EXPECT_THAT(page(19), HasSubstr("\nAnd 1 more, none of them worse"));
  EXPECT_EQ(CountIn(page(10), "| pass |"), 30U);
  EXPECT_THAT(page(10), HasSubstr("\nAnd 10 more, none of them worse"));
  EXPECT_EQ(CountIn(page(10), "<summary>10 other checks that passed</summary>"), 2U);
}

TEST(PageOfFamilies, CallsOneOtherCheckOne) {
  EXPECT_THAT(FamilySections(PassingVerdict(1, 2), kReadablePage),
              HasSubstr("<summary>1 other check that passed</summary>"));
  EXPECT_THAT(FamilySections(PassingVerdict(1, 1), kReadablePage), Not(HasSubstr("<summary>")));
}

TEST(PageOfFamilies, HasFortyTablesAndOneOfTheOthers) {
  const auto tables = [](int families) {
    return FamilySections(PassingVerdict(10 * families, 1), kWholePage);
  };
  EXPECT_EQ(CountIn(tables(40), "\n## "), 40U);
  EXPECT_THAT(tables(40), Not(HasSubstr("other families")));
  EXPECT_EQ(CountIn(tables(41), "\n## "), 41U);
  EXPECT_THAT(tables(41), AllOf(HasSubstr("## BM\\_Family39: pass"), HasSubstr("## other families"),
                                Not(HasSubstr("## BM\\_Family40: pass"))));
  EXPECT_EQ(CountIn(tables(43), "\n## "), 41U);
}

TEST(ReadablePage, HasItsLimitOfBytes) {
  EXPECT_EQ(kReadablePage.bytes, 60'000U);
  EXPECT_EQ(kStepSummaryPage.bytes, 900'000U);
  EXPECT_EQ(kWholePage.bytes, kUnlimited);
}

TEST(ReadablePage, ShowsTwoHundredBenchmarksAndFiveHundredFoldedChecks) {
  EXPECT_EQ(kReadablePage.not_a_pass, 200U);
  EXPECT_EQ(kReadablePage.benchmarks, 200U);
  EXPECT_EQ(kReadablePage.folded, 500U);
  EXPECT_GT(kWholePage.not_a_pass, 1'000'000'000U);
  EXPECT_EQ(kWholePage.benchmarks, kWholePage.not_a_pass);
  EXPECT_EQ(kWholePage.folded, kWholePage.not_a_pass);
}

TEST(WhyOfThePage, IsSaidOnceWithAllItsObjectives) {
  Verdict verdict = PassingVerdict(2, 3);
  for (Scenario& scenario : verdict.scenarios) {
    scenario.checks[0].why = scenario.checks[1].why = "shared";
    scenario.checks[2].why = "";
  }
  EXPECT_THAT(WhySection(verdict, kReadablePage),
              HasSubstr("\n\n- check\\_0, check\\_1: shared\n\n"));
  SetStatus(CheckStatus::kFail, 0, 0, verdict);
  EXPECT_EQ(WhySection(verdict, kReadablePage), "") << "it stands above";
  EXPECT_THAT(WhySection(verdict, {.not_a_pass = 0, .benchmarks = 9, .folded = 9}),
              HasSubstr("shared"));
}

// ---- The table of the terminal ----

TEST(SummaryTable, ShowsAllThatFitsAndElseOneLineFewerThanThereAre) {
  const Verdict verdict = PassingVerdict(10, 1);
  const auto lines = [&](size_t most) { return CountIn(SummaryTable(verdict, most, false), "\n"); };
  EXPECT_EQ(lines(11), 11U);
  EXPECT_EQ(lines(10), 10U);
  EXPECT_EQ(lines(5), 5U);
  EXPECT_THAT(SummaryTable(verdict, 11, false), Not(HasSubstr("more")));
  EXPECT_THAT(SummaryTable(verdict, 10, false), HasSubstr("\nand 2 more benchmarks pass; --all"));
  EXPECT_THAT(SummaryTable(verdict, 5, false), HasSubstr("\nand 7 more benchmarks pass; --all"));
}

TEST(SummaryTable, CountsWhatIsLeftOutAndNotAPass) {
  EXPECT_THAT(SummaryTable(WithFailures(10, 9), 10, false),
              HasSubstr("and 2 more benchmarks, of which 1 have a check that is not a pass; "));
  EXPECT_THAT(SummaryTable(WithFailures(10, 8), 10, false), HasSubstr("2 more benchmarks pass"));
  EXPECT_THAT(SummaryTable(WithFailures(10, 10), 10, false), HasSubstr("of which 2 have"));
}

TEST(FullBlocks, AreFiftyAndTheNumberOfTheOthers) {
  EXPECT_EQ(CountIn(FullBlocks(WithFailures(60, 50), false), "fail: check_0 on "), 50U);
  EXPECT_THAT(FullBlocks(WithFailures(60, 50), false), Not(HasSubstr("more")));
  EXPECT_EQ(CountIn(FullBlocks(WithFailures(60, 52), false), "fail: check_0 on "), 50U);
  EXPECT_THAT(FullBlocks(WithFailures(60, 52), false),
              EndsWith("and 2 more checks that are not a pass (2 fail); --all lists them\n"));
  EXPECT_EQ(FullBlocks(WithFailures(60, 0), false), "");
}

TEST(FullBlocks, LeaveOutNumbersThatThereAreNot) {
  Verdict verdict = WithFailures(1, 1);
  Check& check = verdict.scenarios[0].checks[0];
  check.confidence.reset();
  EXPECT_THAT(FullBlocks(verdict, false), HasSubstr("; bound 36.4 us; limit <= 40us; headroom"));
  check.bound.reset();
  check.headroom.reset();
  check.samples.reset();
  check.why.clear();
  EXPECT_THAT(FullBlocks(verdict, false),
              AllOf(HasSubstr("\n  check_0_us 36.4 us; limit <= 40us\n"), Not(HasSubstr("why:"))));
  check.actual.reset();
  check.overridden = LimitOverride{.original_text = "50us", .source = "--override"};
  EXPECT_THAT(FullBlocks(verdict, false),
              HasSubstr("\n  check_0_us has no value; limit <= 40us (--override; the file says "
                        "50us)\n"));
}

// ---- The page of the terminal ----

TEST(RenderTextLines, AreFortyForManyBenchmarks) {
  for (const int notes : {0, 1, 5, 20}) {
    Verdict verdict = PassingVerdict(100, 1);
    verdict.notes.assign(static_cast<size_t>(notes), "a note");
    EXPECT_EQ(CountIn(RenderText(verdict), "\n"), 40U) << notes;
  }
}

TEST(RenderTextLines, LeaveTwelveToTheTableWhateverElseThereIs) {
  Verdict verdict = PassingVerdict(100, 1);
  verdict.notes.assign(40, "a note");
  EXPECT_THAT(RenderText(verdict), HasSubstr("and 90 more benchmarks pass"));
}

TEST(JudgedFiles, AreThreeAndTheNumberOfTheOthers) {
  const auto line = [](size_t files) {
    Verdict verdict = PassingVerdict(1, 1);
    verdict.results.assign(files, {.file = "f"});
    return RenderText(verdict);
  };
  EXPECT_THAT(line(1), HasSubstr("judged: f by thresholds/slo.json\n"));
  EXPECT_THAT(line(3), HasSubstr("judged: f, f, f by thresholds/slo.json\n"));
  EXPECT_THAT(line(4), HasSubstr("judged: f, f, f and 1 more files by thresholds/slo.json\n"));
}

TEST(OverriddenLimits, AreSixAndTheNumberOfTheOthers) {
  const auto text = [](int overridden) {
    Verdict verdict = PassingVerdict(2, 9);
    for (Scenario& scenario : verdict.scenarios) {
      for (int i = 0; i < overridden; ++i) {
        scenario.checks[static_cast<size_t>(i)].overridden =
            LimitOverride{.original_text = "1us", .source = "me"};
      }
    }
    return absl::StrReplaceAll(RenderText(verdict), {{"\n  ", " "}});
  };
  const std::string phrase = "check_5 <= 40us (me; the file says 1us)";
  EXPECT_THAT(text(0), Not(HasSubstr("the file says")));
  EXPECT_EQ(CountIn(text(1), "(me; the file says 1us)"), 1U) << "of both benchmarks";
  EXPECT_THAT(text(6), AllOf(HasSubstr(phrase + "\n"), Not(HasSubstr("more limits"))));
  EXPECT_THAT(text(7), HasSubstr(phrase + " and 1 more limits\n"));
}

TEST(MeasuredFacts, AreThoseThatTheResultsState) {
  Verdict verdict = PassingVerdict(1, 1);
  EXPECT_THAT(RenderText(verdict),
              HasSubstr("measured: 2026-01-02T03:00:00+00:00, revision 0123456789ab, AMD EPYC 7763 "
                        "64-Core Processor, 2 cores\n"));
  verdict.provenance = {{"cores", "not stated"}, {"cpu_model", "x"}};
  EXPECT_THAT(RenderText(verdict), HasSubstr("measured: x\n"));
  verdict.provenance.clear();
  EXPECT_THAT(RenderText(verdict), Not(HasSubstr("measured:")));
}

}  // namespace
}  // namespace slo::tools
