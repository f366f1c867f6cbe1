// Pages within their bytes, whatever the names; true counts of what they leave out.

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/markdown_tables.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/verdict/verdict_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

constexpr size_t kReadableBytes = 60'000;
constexpr size_t kStepSummaryBytes = 900'000;

size_t Occurrences(absl::string_view text, absl::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != absl::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// The number behind `before`, 0 where it is not there.
size_t NumberBehind(const std::string& text, absl::string_view before) {
  const size_t at = text.find(before.data(), 0, before.size());
  if (at == std::string::npos) return 0;
  return std::strtoull(text.c_str() + at + before.size(), nullptr, 10);
}

// Every text that an input file can make long, each of `bytes`.
Verdict LongWinded(int benchmarks, int failures, const std::string& filling) {
  Verdict verdict = PassingVerdict(benchmarks, 2);
  for (int i = 0; i < benchmarks; ++i) {
    Scenario& scenario = verdict.scenarios[static_cast<size_t>(i)];
    scenario.name = absl::StrCat("BM_", i, filling, "/", i);
    for (Check& check : scenario.checks) {
      check.why = absl::StrCat("why ", i, filling);
      check.id = absl::StrCat(check.id, i, filling);
    }
    if (i < failures) SetStatus(CheckStatus::kFail, static_cast<size_t>(i), 0, verdict);
  }
  for (int i = 0; i < 50; ++i) {
    verdict.notes.push_back(absl::StrCat("note ", i, filling));
    verdict.provenance[absl::StrCat("entry ", i)] = filling;
  }
  verdict.results.assign(100, {.file = filling});
  return verdict;
}

TEST(Page, KeepsItsBytesWhateverTheNames) {
  for (const std::string& filling : {std::string(10'000, 'n'), std::string(10'000, '&'),
                                     std::string(10'000, '|'), std::string("short")}) {
    for (const int failures : {0, 1, 60}) {
      const Verdict verdict = LongWinded(60, failures, filling);
      EXPECT_LE(RenderMarkdown(verdict).size(), kReadableBytes) << failures << filling[0];
      EXPECT_LE(RenderStepSummary(verdict).size(), kStepSummaryBytes) << failures << filling[0];
      EXPECT_GT(RenderMarkdown(verdict, /*all=*/true).size(), filling.size() * 60);
    }
  }
}

TEST(Page, KeepsItsBytesWithThousandsOfBenchmarks) {
  const Verdict verdict = LongWinded(5'000, 2'500, std::string(1'000, '<'));
  EXPECT_LE(RenderMarkdown(verdict).size(), kReadableBytes);
  const std::string summary = RenderStepSummary(verdict);
  EXPECT_LE(summary.size(), kStepSummaryBytes);
  EXPECT_GT(summary.size(), kStepSummaryBytes / 2) << "and uses what there is";
}

TEST(Page, CountsWhatItsBytesLeaveOut) {
  Verdict verdict = PassingVerdict(3'000, 1);
  for (size_t i = 0; i < 1'000; ++i) SetStatus(CheckStatus::kFail, i, 0, verdict);
  const std::string page = RenderMarkdown(verdict);
  EXPECT_LE(page.size(), kReadableBytes);
  EXPECT_THAT(page, HasSubstr("## Not a pass: 1000 checks\n"));
  const size_t shown = Occurrences(page.substr(0, page.find("\n## BM")), "| fail |");
  EXPECT_GT(shown, 50U);
  EXPECT_EQ(shown + NumberBehind(page, "\nAnd "), 1'000U);
  const std::string families = page.substr(page.find("\n## BM"));
  EXPECT_EQ(Occurrences(families, "/manual\\_time |") + NumberBehind(families, "\nAnd "), 3'000U);
}

TEST(Page, ShowsTheWorstFirstWhateverItLeavesOut) {
  Verdict verdict = PassingVerdict(2'000, 1);
  for (size_t i = 0; i < 2'000; ++i) {
    SetStatus(CheckStatus::kFail, i, 0, verdict);
    verdict.scenarios[i].checks[0].headroom = static_cast<double>((i * 7'919) % 2'000) / 2'000;
  }
  const std::string page = RenderMarkdown(verdict);
  const size_t shown = 2'000 - NumberBehind(page, "\nAnd ");
  const std::vector<PlacedCheck> order = WorstFirst(verdict);
  size_t at = 0;
  for (size_t i = 0; i < shown; ++i) {
    at = page.find(order[i].check->objective()->message, at);
    ASSERT_NE(at, std::string::npos) << i;
  }
  EXPECT_EQ(page.find("reason ", at + 1), std::string::npos) << "nothing behind the last of them";
}

TEST(StepSummary, LeavesTheFileWithinItsBytes) {
  const Verdict verdict = LongWinded(300, 300, std::string(2'000, 'n'));
  for (const size_t before : {0U, 100'000U, 880'000U, 895'000U, 899'999U, 2'000'000U}) {
    const size_t room = kStepSummaryBytes - std::min<size_t>(before, kStepSummaryBytes);
    EXPECT_LE(RenderStepSummary(verdict, before).size(), room) << before;
  }
  EXPECT_THAT(RenderStepSummary(verdict, 895'000), HasSubstr("SLO verdict: fail: "));
}

TEST(StepSummary, HasEveryCheckThatTheReadablePageLeavesOut) {
  Verdict verdict = PassingVerdict(500, 1);
  for (size_t i = 0; i < 500; ++i) SetStatus(CheckStatus::kFail, i, 0, verdict);
  const auto reasons = [](const std::string& page) {
    return Occurrences(page.substr(0, page.find("\n## BM")), "| fail |");
  };
  EXPECT_EQ(reasons(RenderStepSummary(verdict)), 500U);
  EXPECT_LT(reasons(RenderMarkdown(verdict)), 200U);
}

}  // namespace
}  // namespace slo::tools
