#include "tools/paired_bench/cli/paired_flags.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<PairedOptions> Parse(std::vector<absl::string_view> more) {
  std::vector<absl::string_view> arguments = {"--base=a", "--candidate=b", "--out=p.json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return ParsePairedOptions(arguments);
}

std::string ProblemsOf(std::vector<absl::string_view> more) {
  return std::string(Parse(std::move(more)).status().message());
}

TEST(PairedOptions, AreRead) {
  const auto options = Parse({"--filter=BM_", "--budget=2m", "--pairs=40", "--cpu=1",
                              "--min-time=0.005", "--timeout=5s", "--against=release",
                              "--control=BM_A", "--slowed_env=A=b=c", "--", "--x", "--base=z"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->base, "a");
  EXPECT_EQ(options->budget, absl::Minutes(2));
  EXPECT_EQ(options->pairs, 40);
  EXPECT_EQ(options->cpu, 1);
  EXPECT_EQ(options->min_time_seconds, 0.005);
  EXPECT_EQ(options->against, tools::Against::kRelease);
  EXPECT_EQ(options->slowed_env, "A=b=c");
  EXPECT_THAT(options->passed_on, ElementsAre("--x", "--base=z"));
}

TEST(PairedOptions, HaveEveryProblemNamedAtOnce) {
  const std::string problems =
      ProblemsOf({"--budgt=3s", "--budget=never", "--budget=500ms", "--pairs=1", "--cpu=-1",
                  "--min_time=0.02s", "--timeout=2h", "--against=main", "--slowed_env=x",
                  "--filter=(", "positional", "--control="});
  EXPECT_THAT(problems, HasSubstr("--budgt: unknown flag; did you mean --budget? see --help"));
  EXPECT_THAT(problems, HasSubstr("--budget: expected a duration from 1s to 24h, for example "
                                  "60s, found \"never\""));
  EXPECT_THAT(problems, HasSubstr("found \"500ms\""));
  EXPECT_THAT(problems, HasSubstr("--pairs: expected an integer from 2 to 5000, found \"1\""));
  EXPECT_THAT(problems, HasSubstr("--cpu: expected the number of a CPU"));
  EXPECT_THAT(problems, HasSubstr("--min_time: expected seconds without a unit"));
  EXPECT_THAT(problems, HasSubstr("--timeout: expected a duration from 1s to 1h"));
  EXPECT_THAT(problems, HasSubstr("--against: expected merge_base or release, found \"main\""));
  EXPECT_THAT(problems, HasSubstr("--slowed_env: expected NAME=VALUE"));
  EXPECT_THAT(problems, HasSubstr("--filter: expected a POSIX extended regular expression"));
  EXPECT_THAT(problems, HasSubstr("\"positional\": expected a flag"));
  EXPECT_THAT(problems, HasSubstr("--control: expected a value"));
}

TEST(PairedOptions, AskForWhatCannotBeGuessed) {
  EXPECT_EQ(ParsePairedOptions({}).status().message(),
            "--base: expected a benchmark binary\n--candidate: expected a benchmark binary\n"
            "--out: expected a file");
  EXPECT_TRUE(ParsePairedOptions({"--help", "--frobnicate"})->help);
}

TEST(PairedOptions, HaveDefaults) {
  const auto options = Parse({});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->base, "a");
  EXPECT_EQ(options->candidate, "b");
  EXPECT_EQ(options->out, "p.json");
  EXPECT_TRUE(options->filter.Matches("anything"));
  EXPECT_EQ(options->filter_text, "");
  EXPECT_EQ(options->limits, "");
  EXPECT_EQ(options->budget, absl::Seconds(60));
  EXPECT_FALSE(options->pairs.has_value());
  EXPECT_FALSE(options->cpu.has_value());
  EXPECT_EQ(options->min_time_seconds, 0.02);
  EXPECT_EQ(options->timeout, absl::Seconds(60));
  EXPECT_EQ(options->against, tools::Against::kMergeBase);
  EXPECT_EQ(options->control, "");
  EXPECT_FALSE(options->slowed_env.has_value());
  EXPECT_THAT(options->passed_on, ElementsAre());
  EXPECT_FALSE(options->help);
}

TEST(PairedOptions, KeepTextsAsTheyAreWritten) {
  const auto options = Parse({"--limits=l.json", "--filter=^BM_[AB]$", "--control=BM_A/x:1"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->limits, "l.json");
  EXPECT_EQ(options->filter_text, "^BM_[AB]$");
  EXPECT_TRUE(options->filter.Matches("BM_B"));
  EXPECT_FALSE(options->filter.Matches("BM_C"));
  EXPECT_EQ(options->control, "BM_A/x:1");
}

TEST(PairedOptions, TakeValuesUpToTheirLimits) {
  for (const absl::string_view flag :
       {"--pairs=2", "--pairs=5000", "--cpu=0", "--cpu=1023", "--min_time=0", "--min_time=60",
        "--budget=1s", "--budget=24h", "--timeout=1s", "--timeout=1h", "--against=merge_base",
        "--slowed_env=A="}) {
    EXPECT_TRUE(Parse({flag}).ok()) << flag;
  }
  for (const absl::string_view flag :
       {"--pairs=1", "--pairs=5001", "--pairs=-2", "--pairs=x", "--cpu=-1", "--cpu=1024", "--cpu=x",
        "--min_time=-0.001", "--min_time=60.001", "--min_time=nan", "--budget=999ms",
        "--budget=24h1ms", "--timeout=999ms", "--timeout=1h1ms", "--against=", "--slowed_env==x",
        "--slowed_env=A", "--budget=60"}) {
    EXPECT_FALSE(Parse({flag}).ok()) << flag;
  }
}

TEST(PairedOptions, KeepTheValueAtTheLimit) {
  EXPECT_EQ(Parse({"--pairs=5000"})->pairs, 5'000);
  EXPECT_EQ(Parse({"--cpu=0"})->cpu, 0);
  EXPECT_EQ(Parse({"--min_time=60"})->min_time_seconds, 60);
  EXPECT_EQ(Parse({"--budget=24h"})->budget, absl::Hours(24));
  EXPECT_EQ(Parse({"--timeout=1h"})->timeout, absl::Hours(1));
  EXPECT_EQ(Parse({"--against=merge_base"})->against, tools::Against::kMergeBase);
  EXPECT_EQ(Parse({"--slowed_env=A="})->slowed_env, "A=");
}

TEST(PairedOptions, AreRefusedOneByOne) {
  EXPECT_EQ(ProblemsOf({"--pairs=1"}), "--pairs: expected an integer from 2 to 5000, found \"1\"");
  EXPECT_EQ(ProblemsOf({"--cpu=1024"}),
            "--cpu: expected the number of a CPU from 0 to 1023, found \"1024\"");
  EXPECT_EQ(ProblemsOf({"--min_time=61"}),
            "--min_time: expected seconds without a unit, from 0 to 60, found \"61\"");
  EXPECT_EQ(ProblemsOf({"x"}), "\"x\": expected a flag (--name=value); see --help");
  EXPECT_EQ(ProblemsOf({"--pairs"}), "--pairs: expected a value (--pairs=N)");
  EXPECT_EQ(ProblemsOf({"-p=1"}), "-p: unknown flag; see --help");
  EXPECT_EQ(ProblemsOf({"--pairs", "40"}), "--pairs: expected a value (--pairs=40)");
}

TEST(PairedOptions, AskForTheVersion) {
  EXPECT_TRUE(ParsePairedOptions({"--version"})->version);
  EXPECT_FALSE(Parse({})->version);
}

TEST(PairedOptions, HelpByEitherName) {
  EXPECT_TRUE(ParsePairedOptions({"-h"})->help);
  EXPECT_TRUE(ParsePairedOptions({"--help"})->help);
  EXPECT_FALSE(ParsePairedOptions({"--base=a", "--candidate=b", "--out=c", "--", "--help"})->help);
  EXPECT_THAT(ProblemsOf({"--halp"}), HasSubstr("did you mean --help?"));
}

TEST(PairedOptions, PassNothingOnAfterDashesAlone) {
  EXPECT_THAT(Parse({"--"})->passed_on, ElementsAre());
  EXPECT_THAT(Parse({"--", "--"})->passed_on, ElementsAre("--"));
}

TEST(PairedOptions, AskForEachThatIsMissing) {
  EXPECT_EQ(ParsePairedOptions({"--candidate=b", "--out=c"}).status().message(),
            "--base: expected a benchmark binary");
  EXPECT_EQ(ParsePairedOptions({"--base=a", "--out=c"}).status().message(),
            "--candidate: expected a benchmark binary");
  EXPECT_EQ(ParsePairedOptions({"--base=a", "--candidate=b"}).status().message(),
            "--out: expected a file");
}

TEST(PairedOptions, PassNoFlagOnThatIsPassedAnyway) {
  for (const char* flag : {"--benchmark_out=x", "--benchmark_out_format=csv",
                           "--benchmark_filter=x", "--benchmark_min_time=1"}) {
    EXPECT_THAT(ProblemsOf({"--base=a", "--candidate=b", "--out=c", "--", flag}),
                HasSubstr(absl::StrCat("-- ", flag, ": expected another flag")));
  }
  EXPECT_TRUE(Parse({"--", "--benchmark_counters_tabular=true"}).ok());
}

TEST(PairedOptions, MeasureInPlaceByEitherSpelling) {
  EXPECT_FALSE(Parse({})->in_place);
  EXPECT_TRUE(Parse({"--in_place"})->in_place);
  EXPECT_TRUE(Parse({"--in-place"})->in_place);
}

}  // namespace
}  // namespace slo::paired
