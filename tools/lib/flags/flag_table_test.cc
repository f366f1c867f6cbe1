#include "tools/lib/flags/flag_table.h"

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;

enum class Color { kRed, kGreen, kBlue };

struct Inner {
  int threads = 2;
};

struct Painted {
  std::string name;
  std::vector<std::string> files;
  int64_t count = 8;
  std::optional<int> limit;
  double ratio = 0.5;
  absl::Duration time = absl::Seconds(60);
  absl::Duration none;
  Color color = Color::kGreen;
  bool all = false;
  Inner inner;
};

FlagTable<Painted> PaintedFlags() {
  FlagTable<Inner> inner;
  inner.Integer({"threads", "N", "at once"}, &Inner::threads, {1, 256});
  FlagTable<Painted> table;
  table.Text({"name", "X", "a text"}, &Painted::name);
  table.TextList({"file", "FILE", "some texts"}, &Painted::files);
  table.Integer({"count", "N", "a count"}, &Painted::count, {2, 5'000});
  table.Integer({"limit", "N", "one or none"}, &Painted::limit, {0, 9}, "a digit");
  table.Number({"ratio", "X", "a ratio"}, &Painted::ratio, {0, 0.999999});
  table.Duration({"time", "TIME", "a time"}, &Painted::time, {absl::Seconds(1), absl::Hours(24)},
                 "90s");
  table.Duration({"none", "TIME", "another"}, &Painted::none, {absl::Seconds(1), absl::Hours(1)},
                 "5s");
  table.Choice({"color", "X", "a color"}, &Painted::color,
               {{"red", Color::kRed}, {"green", Color::kGreen}, {"blue", Color::kBlue}});
  table.Switch({.name = "all", .help = "a switch"}, &Painted::all);
  table.Join(inner, [](Painted& options) -> Inner& { return options.inner; });
  return table;
}

std::string ProblemsOfPainted(const std::vector<absl::string_view>& arguments,
                              Painted* options = nullptr) {
  Painted unused;
  ProblemList problems;
  PaintedFlags().Parse(arguments, options != nullptr ? *options : unused, problems);
  return std::string(problems.ToStatus().message());
}

TEST(FlagTable, SetsEachKindOfMember) {
  Painted options;
  EXPECT_EQ(ProblemsOfPainted({"--name=a", "--file=b", "--file=c", "--count=5000", "--limit=0",
                               "--ratio=0.999999", "--time=1m30s", "--none=1s", "--color=blue",
                               "--all", "--threads=256"},
                              &options),
            "");
  EXPECT_EQ(options.name, "a");
  EXPECT_THAT(options.files, ElementsAre("b", "c"));
  EXPECT_EQ(options.count, 5'000);
  EXPECT_EQ(options.limit, 0);
  EXPECT_EQ(options.ratio, 0.999999);
  EXPECT_EQ(options.time, absl::Seconds(90));
  EXPECT_EQ(options.none, absl::Seconds(1));
  EXPECT_EQ(options.color, Color::kBlue);
  EXPECT_TRUE(options.all);
  EXPECT_EQ(options.inner.threads, 256);
}

TEST(FlagTable, LeavesWhatIsNotGiven) {
  Painted options;
  EXPECT_EQ(ProblemsOfPainted({}, &options), "");
  EXPECT_EQ(options.count, 8);
  EXPECT_EQ(options.limit, std::nullopt);
  EXPECT_EQ(options.color, Color::kGreen);
  EXPECT_FALSE(options.all);
}

TEST(FlagTable, TakesTheLastOfSeveralValues) {
  Painted options;
  EXPECT_EQ(ProblemsOfPainted({"--count=3", "--count=4"}, &options), "");
  EXPECT_EQ(options.count, 4);
}

// Each argument with what is said of it.
TEST(FlagTable, SaysWhatWouldBeAValue) {
  const std::string long_value(10'000, '1');
  const std::string long_argument = "--count=" + long_value;
  const std::vector<std::pair<absl::string_view, std::string>> bad = {
      {"--count=1", "--count: expected an integer from 2 to 5000, found \"1\""},
      {"--count=5001", "--count: expected an integer from 2 to 5000, found \"5001\""},
      {"--count=3.5", "--count: expected an integer from 2 to 5000, found \"3.5\""},
      {"--count=99999999999999999999",
       "--count: expected an integer from 2 to 5000, found \"99999999999999999999\""},
      {long_argument,
       "--count: expected an integer from 2 to 5000, found \"" + long_value.substr(0, 200) + "\""},
      {"--limit=-1", "--limit: expected a digit from 0 to 9, found \"-1\""},
      {"--ratio=1", "--ratio: expected a number from 0 to 0.999999, found \"1\""},
      {"--ratio=-0.1", "--ratio: expected a number from 0 to 0.999999, found \"-0.1\""},
      {"--ratio=nan", "--ratio: expected a number from 0 to 0.999999, found \"nan\""},
      {"--time=90", "--time: expected a duration from 1s to 24h, for example 90s, found \"90\""},
      {"--time=999ms",
       "--time: expected a duration from 1s to 24h, for example 90s, found \"999ms\""},
      {"--time=24h1ns",
       "--time: expected a duration from 1s to 24h, for example 90s, found \"24h1ns\""},
      {"--color=pink", "--color: expected red, green or blue, found \"pink\""},
      {"--name=", "--name: expected a value (--name=X)"},
      {"--threads=0", "--threads: expected an integer from 1 to 256, found \"0\""},
      {"--thread=1", "--thread: unknown flag; did you mean --threads? see --help"},
  };
  for (const auto& [argument, problem] : bad) EXPECT_EQ(ProblemsOfPainted({argument}), problem);
}

TEST(FlagTable, LeavesTheMemberWhereTheValueIsBad) {
  Painted options;
  EXPECT_NE(ProblemsOfPainted({"--count=1", "--color=pink", "--limit=x"}, &options), "");
  EXPECT_EQ(options.count, 8);
  EXPECT_EQ(options.color, Color::kGreen);
  EXPECT_EQ(options.limit, std::nullopt);
}

TEST(FlagTable, SaysRangesAndDefaultsInItsHelp) {
  EXPECT_EQ(PaintedFlags().Help(),
            "  --name=X     a text\n"
            "  --file=FILE  some texts\n"
            "  --count=N    a count (2 to 5000; default 8)\n"
            "  --limit=N    one or none (0 to 9)\n"
            "  --ratio=X    a ratio (0 to 0.999999; default 0.5)\n"
            "  --time=TIME  a time (1s to 24h; default 1m)\n"
            "  --none=TIME  another (1s to 1h)\n"
            "  --color=X    a color (red, green or blue; default green)\n"
            "  --all        a switch\n"
            "  --threads=N  at once (1 to 256; default 2)\n"
            "  --help       this text; also -h\n"
            "  --version    the version\n");
}

TEST(ChoiceText, JoinsNamesAsASentenceDoes) {
  EXPECT_EQ(ChoiceText({}), "");
  EXPECT_EQ(ChoiceText({"a"}), "a");
  EXPECT_EQ(ChoiceText({"a", "b"}), "a or b");
  EXPECT_EQ(ChoiceText({"a", "b", "c"}), "a, b or c");
}

}  // namespace
}  // namespace slo::tools
