#include "tools/paired_bench/cli/paired_flags.h"

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
                                  "\"60s\", found \"never\""));
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

}  // namespace
}  // namespace slo::paired
