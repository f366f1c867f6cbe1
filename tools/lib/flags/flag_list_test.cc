#include "tools/lib/flags/flag_list.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

FlagList SomeFlags() {
  FlagList flags;
  flags.Add({.name = "out-dir", .placeholder = "DIR", .help = "where the results go"});
  flags.Add({.name = "all", .help = "every check"});
  flags.Add({.name = "filter", .placeholder = "RE", .help = "some", .takes_empty = true});
  return flags;
}

struct ParsedLine {
  CommandLine line;
  std::vector<std::string> set;  // "flag=value"
  std::string problems;
};

ParsedLine ParseLine(const FlagList& flags, const std::vector<absl::string_view>& arguments) {
  ParsedLine parsed;
  ProblemList problems;
  parsed.line = flags.Parse(
      arguments,
      [&](size_t flag, absl::string_view value) -> absl::Status {
        if (value == "bad") return absl::InvalidArgumentError("expected good\nand better");
        parsed.set.push_back(absl::StrCat(flag, "=", value));
        return absl::OkStatus();
      },
      problems);
  parsed.problems = std::string(problems.ToStatus().message());
  return parsed;
}

std::string ProblemsOfLine(const std::vector<absl::string_view>& arguments) {
  return ParseLine(SomeFlags(), arguments).problems;
}

TEST(FlagListParse, SetsFlagsInTheirOrderAndKeepsTheRest) {
  const ParsedLine parsed =
      ParseLine(SomeFlags(), {"b", "--all", "--out-dir=x=y", "-", "--filter=", "a"});
  EXPECT_EQ(parsed.problems, "");
  EXPECT_THAT(parsed.set, ElementsAre("1=", "0=x=y", "2="));
  EXPECT_THAT(parsed.line.positional, ElementsAre("b", "-", "a"));
  EXPECT_FALSE(parsed.line.help);
  EXPECT_FALSE(parsed.line.version);
}

TEST(FlagListParse, TakesADashForAnUnderscoreInNamesOnly) {
  EXPECT_THAT(ParseLine(SomeFlags(), {"--out_dir=a-b_c"}).set, ElementsAre("0=a-b_c"));
  EXPECT_THAT(ParseLine(SomeFlags(), {"--out-dir=a-b_c"}).set, ElementsAre("0=a-b_c"));
}

TEST(FlagListParse, KnowsHelpAndVersion) {
  EXPECT_TRUE(ParseLine(SomeFlags(), {"--help"}).line.help);
  EXPECT_TRUE(ParseLine(SomeFlags(), {"--no-such", "-h"}).line.help);
  EXPECT_TRUE(ParseLine(SomeFlags(), {"--version"}).line.version);
}

// Each line with all that is said of it.
TEST(FlagListParse, SaysWhatIsWrong) {
  const std::string long_name(10'000, 'x');
  const std::string long_flag = absl::StrCat("--", long_name, "=1");
  struct BadLine {
    std::vector<absl::string_view> arguments;
    std::string problems;
  };
  const std::vector<BadLine> lines = {
      {{"--out_dri=x"}, "--out_dri: unknown flag; did you mean --out-dir? see --help"},
      {{"--frobnicate=x"}, "--frobnicate: unknown flag; see --help"},
      {{"--hlep"}, "--hlep: unknown flag; did you mean --help? see --help"},
      {{"--verison"}, "--verison: unknown flag; did you mean --version? see --help"},
      {{"-all"}, "-all: unknown flag; did you mean --all? see --help"},
      {{"-x"}, "-x: unknown flag; see --help"},
      {{"--"}, "--: unknown flag; see --help"},
      {{"--=x"}, "--: unknown flag; see --help"},
      {{long_flag}, absl::StrCat("--", long_name.substr(0, 98), ": unknown flag; see --help")},
      {{"--all=yes"}, "--all: takes no value, found \"yes\""},
      {{"--all="}, "--all: takes no value, found \"\""},
      {{"--help=yes"}, "--help: takes no value, found \"yes\""},
      {{"--version="}, "--version: takes no value, found \"\""},
      {{"--out-dir"}, "--out-dir: expected a value (--out-dir=DIR)"},
      {{"--out_dir="}, "--out-dir: expected a value (--out-dir=DIR)"},
      {{"--out-dir", "x"}, "--out-dir: expected a value (--out-dir=x)"},
      {{"--out-dir", "--all"}, "--out-dir: expected a value (--out-dir=DIR)"},
      {{"--filter"}, "--filter: expected a value (--filter=RE)"},
      {{"--filter=bad"}, "--filter: expected good\n--filter: and better"},
      {{"--fliter=x", "--all=1"},
       "--fliter: unknown flag; did you mean --filter? see --help\n"
       "--all: takes no value, found \"1\""},
  };
  for (const BadLine& line : lines) EXPECT_EQ(ProblemsOfLine(line.arguments), line.problems);
}

TEST(FlagListParse, IsBoundedInWhatItSays) {
  const std::vector<absl::string_view> arguments(1'000, "--frobnicate");
  EXPECT_THAT(ProblemsOfLine(arguments), ::testing::EndsWith("\nand 900 more problems"));
}

TEST(FlagListParse, DoesNotTakeAValueThatStandsApartForAFile) {
  EXPECT_THAT(ParseLine(SomeFlags(), {"--out-dir", "x", "y"}).line.positional, ElementsAre("y"));
}

TEST(FlagListParse, PassesOnWhatStandsBehindDashes) {
  FlagList flags = SomeFlags();
  flags.PassOn("ARG...", "to the program");
  const ParsedLine parsed = ParseLine(flags, {"--all", "--", "--all", "--", "x"});
  EXPECT_EQ(parsed.problems, "");
  EXPECT_THAT(parsed.set, ElementsAre("1="));
  EXPECT_THAT(parsed.line.passed_on, ElementsAre("--all", "--", "x"));
  EXPECT_THAT(parsed.line.positional, IsEmpty());
}

TEST(FlagListParse, SuggestsNamesThatSomebodyElseReads) {
  FlagList flags = SomeFlags();
  flags.Suggest({"benchmark_filter"});
  EXPECT_EQ(ParseLine(flags, {"--benchmark-fliter=x"}).problems,
            "--benchmark-fliter: unknown flag; did you mean --benchmark_filter? see --help");
}

TEST(CommandLine, RefusesWhatIsNoFlag) {
  ProblemList problems;
  ParseLine(SomeFlags(), {"stray", "--all"}).line.RefusePositional(problems);
  EXPECT_EQ(problems.ToStatus().message(), "\"stray\": expected a flag (--name=value); see --help");
}

TEST(HasFlag, LooksForAValue) {
  EXPECT_TRUE(HasFlag({"x", "--slo-seed=1"}, "slo_seed"));
  EXPECT_TRUE(HasFlag({"--slo_seed="}, "slo_seed"));
  EXPECT_FALSE(HasFlag({"--slo_seed", "--slo_seeds=1", "slo_seed=1", "-slo_seed=1"}, "slo_seed"));
}

TEST(WrapHelp, FillsLinesOfAHundredColumns) {
  const std::string word(10, 'w');
  EXPECT_EQ(WrapHelp("a b  c", 0, 2), "a b c");
  EXPECT_EQ(WrapHelp(absl::StrCat(word, " ", word), 79, 4), absl::StrCat(word, " ", word));
  EXPECT_EQ(WrapHelp(absl::StrCat(word, " ", word), 80, 4), absl::StrCat(word, "\n    ", word));
}

TEST(FlagListHelp, HasTheHelpBesideEachFlagInOneColumn) {
  EXPECT_EQ(SomeFlags().Help(),
            "  --out-dir=DIR  where the results go\n"
            "  --all          every check\n"
            "  --filter=RE    some\n"
            "  --help         this text; also -h\n"
            "  --version      the version\n");
}

TEST(FlagListHelp, HasSectionsAndPutsLongNamesOnALineOfTheirOwn) {
  FlagList part;
  part.Section("The other part");
  part.Add({.name = "a-rather-long-name", .placeholder = "VALUE", .help = "first\nsecond"});
  FlagList flags;
  flags.Section("The one");
  flags.Add({.name = "all", .help = "every check"});
  flags.Append(part);
  flags.PassOn("ARG...", "to the program");
  EXPECT_EQ(flags.Help(),
            "The one:\n"
            "  --all      every check\n"
            "\nThe other part:\n"
            "  --a-rather-long-name=VALUE\n"
            "             first\n"
            "             second\n"
            "\n"
            "  -- ARG...  to the program\n"
            "  --help     this text; also -h\n"
            "  --version  the version\n");
}

}  // namespace
}  // namespace slo::tools
