// What people read of a check, and in which order.

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/render_summary.h"
#include "tools/slo_gate/verdict/verdict_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// ---- Words and numbers ----

TEST(HeadroomText, HasADigitFewerFromTenOn) {
  EXPECT_EQ(HeadroomText({.headroom = 9.9999}), "9.999x");
  EXPECT_EQ(HeadroomText({.headroom = 10}), "10.0x");
  EXPECT_EQ(HeadroomText({.headroom = 11.99}), "11.9x");
  EXPECT_EQ(HeadroomText({.headroom = 0}), "0.000x");
}

TEST(SamplesText, ShowsWhatTheyAreWorthWhereThatIsLess) {
  EXPECT_EQ(SamplesText({}), "-");
  EXPECT_EQ(SamplesText({.samples = 10}), "10");
  EXPECT_EQ(SamplesText({.samples = 10, .effective_samples = 10}), "10");
  EXPECT_EQ(SamplesText({.samples = 10, .effective_samples = 9}), "10 (worth 9)");
}

TEST(StatusText, IsTheOutcomeOfAComparisonAndElseTheStatus) {
  EXPECT_EQ(StatusText({.status = CheckStatus::kPass}), "pass");
  EXPECT_EQ(StatusText({.is_vacuous = true, .status = CheckStatus::kPass}), "pass, vacuous");
  EXPECT_EQ(StatusText({.status = CheckStatus::kWarn}), "warn");
  Check check = {.status = CheckStatus::kPass,
                 .detail = ComparisonDetail{.outcome = Reason::kRegressed}};
  EXPECT_EQ(StatusText(check), "regressed");
  check.status = CheckStatus::kWarn;
  EXPECT_EQ(StatusText(check), "regressed, warn");
}

TEST(SummaryLine, CountsEachStateThatThereIs) {
  Verdict verdict = PassingVerdict(1, 9);
  EXPECT_EQ(SummaryLine(verdict), "9 of 9 checks on 1 benchmark passed");
  SetStatus(CheckStatus::kWarn, 0, 7, verdict);
  verdict.scenarios[0].checks[8].is_vacuous = true;
  SetStatus(CheckStatus::kFail, 0, 0, verdict);
  SetStatus(CheckStatus::kInsufficient, 0, 1, verdict);
  SetStatus(CheckStatus::kInsufficient, 0, 2, verdict);
  for (size_t i = 3; i < 6; ++i) SetStatus(CheckStatus::kInvalid, 0, i, verdict);
  verdict.scenarios.push_back(
      {.name = absl::StrCat(kControlPrefix, "BM_A"),
       .checks = {{.detail = ComparisonDetail{.control = Control::kQuiet}}}});
  EXPECT_EQ(SummaryLine(verdict),
            "2 of 9 checks on 1 benchmark passed; 1 failed, 2 insufficient, 3 invalid, 1 warned, "
            "1 vacuous (headroom above 20x)");
}

TEST(GuaranteeLine, IsRoundedDownToAHundredthOfAPercent) {
  const auto percent = [](double confidence) {
    const std::string line = GuaranteeLine(
        {.checks_total = 1, .checks_with_confidence = 1, .family_confidence = confidence});
    const std::vector<std::string> parts = absl::StrSplit(line, "at least ");
    return parts.size() == 2 ? parts[1] : line;
  };
  EXPECT_EQ(percent(0.99), "99 % (Bonferroni)");
  EXPECT_EQ(percent(0.98999), "98.99 % (Bonferroni)");
  EXPECT_EQ(percent(0.1 + 0.2), "30 % (Bonferroni)");
  EXPECT_EQ(percent(1e-4), "0.01 % (Bonferroni)");
  EXPECT_THAT(percent(0), HasSubstr("too many of them"));
}

// ---- The order ----

std::vector<std::string> NamesIn(const std::vector<PlacedCheck>& checks) {
  std::vector<std::string> names;
  for (const PlacedCheck& one : checks) {
    names.push_back(absl::StrCat(one.scenario->name, " ", one.check->id));
  }
  return names;
}

Check Placed(const std::string& id, CheckStatus status, std::optional<double> headroom) {
  return {.id = id, .headroom = headroom, .status = status};
}

TEST(WorstFirst, IsByStatusThenHeadroom) {
  Verdict verdict;
  const CheckStatus pass = CheckStatus::kPass;
  verdict.scenarios = {
      {.name = "s",
       .checks = {
           Placed("none", pass, std::nullopt), Placed("far", pass, 9), Placed("near", pass, 2),
           Placed("near too", pass, 2), Placed("warned far", CheckStatus::kWarn, 8),
           Placed("warned", CheckStatus::kWarn, 7), Placed("few", CheckStatus::kInsufficient, 5),
           Placed("bad", CheckStatus::kFail, 6), Placed("unfit", CheckStatus::kInvalid, 1)}}};
  const std::vector<std::string> expected = {"s bad",      "s unfit",      "s few",
                                             "s warned",   "s warned far", "s near",
                                             "s near too", "s far",        "s none"};
  EXPECT_EQ(NamesIn(WorstFirst(verdict)), expected);
  EXPECT_EQ(NamesIn(NotAPass(verdict)),
            std::vector<std::string>(expected.begin(), expected.begin() + 5));
}

TEST(WorstOfEach, IsOneOfABenchmarkAndAllOfAControl) {
  Verdict verdict;
  const CheckStatus pass = CheckStatus::kPass;
  const std::string control = absl::StrCat(kControlPrefix, "c");
  const auto as_control = [](Check check) {
    check.detail = ComparisonDetail{.control = Control::kQuiet};
    return check;
  };
  verdict.scenarios = {
      {.name = "b", .checks = {Placed("3", pass, 3), Placed("1", pass, 1), Placed("2", pass, 2)}},
      {.name = control,
       .checks = {as_control(Placed("9", pass, 9)), as_control(Placed("8", pass, 8))}},
      {.name = "f", .checks = {Placed("0", pass, 0), Placed("5", CheckStatus::kFail, 5)}}};
  EXPECT_EQ(NamesIn(WorstOfEach(verdict)),
            (std::vector<std::string>{"f 5", control + " 8", control + " 9", "b 1"}));
}

// ---- Columns of the table ----

// The first line below the titles, of one check.
std::string TableLine(const Check& check, bool is_comparison = false) {
  Verdict verdict;
  verdict.scenarios = {{.name = "BM_A", .status = check.status, .checks = {check}}};
  if (is_comparison) verdict.findings.emplace<ComparisonFindings>();
  const std::vector<std::string> lines =
      absl::StrSplit(SummaryTable(verdict, 10, false), '\n', absl::SkipEmpty());
  return lines.size() == 2 ? lines[1] : "";
}

TEST(SummaryTableColumns, KeepACellUpToItsWidth) {
  Check check = PassingCheck("c", 2);
  check.metric = "m234567890123456";
  check.threshold.text = "t23456789";
  EXPECT_EQ(TableLine(check), "pass      2.000x     20 us  <= t23456789  m234567890123456  BM_A");
  check.metric += "7";
  check.threshold.text += "0";
  EXPECT_EQ(TableLine(check), "pass      2.000x     20 us  <= t2..67890  m234567..1234567  BM_A");
}

TEST(SummaryTableColumns, OfAComparisonAreTheChangeItsBoundAndTheCheck) {
  Check check = PassingCheck("c", 2);
  check.metric = "cpu_time change";
  check.actual = 0.01;
  check.bound = 0.025;
  check.threshold.text = "3%";
  check.detail = ComparisonDetail{.outcome = Reason::kRegressed};
  check.status = CheckStatus::kWarn;
  EXPECT_EQ(TableLine(check, true), "regressed, warn  +1.00 %  +2.50 %  <= 3%  c      BM_A");
  check.detail = ComparisonDetail{.outcome = Reason::kUnknownToolchain};
  EXPECT_THAT(TableLine(check, true), StartsWith("unknown_..in, warn  +1.00 %"));
}

TEST(SummaryTableColumns, CompareTheValueWhereThereIsNoBound) {
  Check check = PassingCheck("c", 2);
  check.bound.reset();
  check.actual = 30;
  check.overridden = LimitOverride{.original_text = "1us", .source = "me"};
  EXPECT_EQ(TableLine(check), "pass      2.000x     30 us  <= 40us*  c_us    BM_A");
  check.actual.reset();
  check.headroom.reset();
  EXPECT_EQ(TableLine(check), "pass           -         -  <= 40us*  c_us    BM_A");
  check.status = CheckStatus::kWarn;
  EXPECT_THAT(TableLine(check), StartsWith("warn  "));
}

}  // namespace
}  // namespace slo::tools
