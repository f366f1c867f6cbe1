#include "tools/slo_gate/cli/gate_options.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<GateOptions> OptionsOf(const std::vector<absl::string_view>& words) {
  return ParseGateOptions(words);
}

std::string ProblemsOfWords(const std::vector<absl::string_view>& words) {
  return std::string(OptionsOf(words).status().message());
}

TEST(ParseGateOptions, TakesEachFlag) {
  const auto options =
      OptionsOf({"--thresholds=t.json", "--baseline=b.json", "--evidence_dir=e", "--format=junit",
                 "--override=a=1", "--override=b=2", "--trace=x.json", "--trace=y.json",
                 "--allow_insufficient", "--all", "z.json", "-", "a.json"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->thresholds, "t.json");
  EXPECT_EQ(options->baseline, "b.json");
  EXPECT_EQ(options->evidence_dir, "e");
  EXPECT_EQ(options->format, OutputFormat::kJunit);
  EXPECT_THAT(options->overrides, ElementsAre("a=1", "b=2"));
  EXPECT_THAT(options->traces, ElementsAre("x.json", "y.json"));
  EXPECT_TRUE(options->allow_insufficient);
  EXPECT_TRUE(options->all);
  EXPECT_FALSE(options->help);
  EXPECT_THAT(options->results, ElementsAre("-", "a.json", "z.json")) << "in one order";
}

TEST(ParseGateOptions, TakesNothingThatIsNotGiven) {
  const auto options = OptionsOf({"--thresholds=t.json", "a.json"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->format, OutputFormat::kText);
  EXPECT_FALSE(options->allow_insufficient);
  EXPECT_FALSE(options->all);
  EXPECT_TRUE(options->baseline.empty() && options->evidence_dir.empty());
  EXPECT_TRUE(options->overrides.empty() && options->traces.empty());
}

TEST(ParseGateOptions, KnowsEachFormat) {
  const auto format = [](const char* name) {
    return OptionsOf({"--thresholds=t", "a", name})->format;
  };
  EXPECT_EQ(format("--format=text"), OutputFormat::kText);
  EXPECT_EQ(format("--format=markdown"), OutputFormat::kMarkdown);
  EXPECT_EQ(format("--format=json"), OutputFormat::kJson);
  EXPECT_EQ(format("--format=junit"), OutputFormat::kJunit);
  EXPECT_EQ(format("--format=github"), OutputFormat::kGithub);
}

TEST(ParseGateOptions, TakesDashesForUnderscores) {
  const auto options =
      OptionsOf({"--thresholds=t.json", "--evidence-dir=e-f", "--allow-insufficient", "a.json"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->evidence_dir, "e-f");
  EXPECT_TRUE(options->allow_insufficient);
}

TEST(ParseGateOptions, HelpsWhateverElseIsWrong) {
  for (const char* help : {"--help", "-h"}) {
    const auto options = OptionsOf({"--no_such_flag", help});
    ASSERT_TRUE(options.ok()) << help;
    EXPECT_TRUE(options->help) << help;
  }
}

TEST(ParseGateOptions, AsksForThresholdsAndResults) {
  EXPECT_THAT(ProblemsOfWords({"a.json"}), HasSubstr("--thresholds: expected a file"));
  EXPECT_THAT(ProblemsOfWords({"--thresholds=t"}), HasSubstr("expected at least one results file"));
  EXPECT_THAT(ProblemsOfWords({}), AllOf(HasSubstr("--thresholds"), HasSubstr("results file")));
}

TEST(ParseGateOptions, RefusesValuesThatAreMissingOrTooMany) {
  for (const char* flag : {"--thresholds", "--thresholds=", "--baseline",
                           "--evidence_dir=", "--format", "--override", "--trace="}) {
    EXPECT_THAT(ProblemsOfWords({"--thresholds=t", "a", flag}), HasSubstr("expected a value"))
        << flag;
  }
  for (const char* flag : {"--all=1", "--allow_insufficient=", "--help=yes"}) {
    EXPECT_THAT(ProblemsOfWords({"--thresholds=t", "a", flag}), HasSubstr("takes no value"))
        << flag;
  }
}

TEST(ParseGateOptions, TakesAFileOnce) {
  EXPECT_THAT(ProblemsOfWords({"--thresholds=t", "a", "b", "a"}), HasSubstr("a: is given twice"));
  EXPECT_THAT(ProblemsOfWords({"--thresholds=t", "a", "--trace=x", "--trace=x"}),
              HasSubstr("--trace=x: is given twice"));
  EXPECT_THAT(ProblemsOfWords({"--thresholds=-", "-"}), HasSubstr("(standard input)"));
  // The same name stands for different things then.
  EXPECT_TRUE(OptionsOf({"--thresholds=a", "a", "--trace=a"}).ok());
}

TEST(ParseGateOptions, KnowsNoFlagWithoutAName) {
  for (const char* flag : {"--", "--=", "--=x"}) {
    EXPECT_THAT(ProblemsOfWords({"--thresholds=t", "a", flag}), HasSubstr("--: unknown flag"));
  }
}

TEST(ParseGateOptions, TakesFromACheckWhatIsOfObjectives) {
  const std::vector<absl::string_view> words = {"--thresholds=t", "--trace=x", "--override=a=1",
                                                "a"};
  const auto options = ParseGateOptions(words, GateMode::kCheck);
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->mode, GateMode::kCheck);
  EXPECT_EQ(options->thresholds, "t");
  EXPECT_FALSE(ParseGateOptions({"--thresholds=t", "--baseline=b", "a"}, GateMode::kCheck).ok());
}

TEST(ParseGateOptions, NeedsNoLimitsForAComparison) {
  const auto options = ParseGateOptions({"--baseline=b", "a"}, GateMode::kCompare);
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->mode, GateMode::kCompare);
  EXPECT_EQ(options->thresholds, "");
  EXPECT_EQ(ParseGateOptions({"--limits=l", "a"}, GateMode::kCompare)->thresholds, "l");
  EXPECT_FALSE(ParseGateOptions({"--override=a=1", "a"}, GateMode::kCompare).ok());
  EXPECT_EQ(OptionsOf({"--thresholds=t", "a"})->mode, GateMode::kEither);
}

TEST(GateFlagsHelp, NamesEachFlag) {
  for (const char* flag : {"--thresholds=", "--baseline=", "--all", "--evidence_dir=", "--format=",
                           "--trace=", "--override=", "--allow-insufficient", "--help"}) {
    EXPECT_THAT(GateFlagsHelp(GateMode::kEither), HasSubstr(flag));
  }
  EXPECT_THAT(GateFlagsHelp(GateMode::kCompare), HasSubstr("--limits="));
}

}  // namespace
}  // namespace slo::tools
