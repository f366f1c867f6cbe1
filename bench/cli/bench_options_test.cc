#include "bench/cli/bench_options.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<BenchOptions> Parse(const std::vector<absl::string_view>& arguments) {
  return ParseBenchOptions(arguments);
}

TEST(ParseBenchOptions, KeepsTheDefaultsWithoutFlags) {
  const auto options = Parse({});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->load_runs, 8'000);
  EXPECT_EQ(options->bounds.confidence, 0.9995);
}

TEST(ParseBenchOptions, ReadsEveryFlag) {
  const auto options = Parse({"--slo_load_runs=16", "--slo_soak_runs=60", "--slo_steps_per_run=4",
                              "--slo_soak_pace_ms=20", "--slo_seed=7", "--slo_confidence=0.95"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->load_runs, 16);
  EXPECT_EQ(options->soak_runs, 60);
  EXPECT_EQ(options->steps_per_run, 4);
  EXPECT_EQ(options->soak_pace_ms, 20);
  EXPECT_EQ(options->seed, 7);
  EXPECT_EQ(options->bounds.confidence, 0.95);
}

TEST(ParseBenchOptions, MeasuresATargetForATimeUnlessTheRunsAreGiven) {
  const auto target = Parse({"--target=http://127.0.0.1:81"});
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->load_duration, TargetDefaults().load_duration);
  EXPECT_EQ(target->open_rate, TargetDefaults().open_rate);
  const auto given =
      Parse({"--slo_soak_runs=7", "--target=http://127.0.0.1:81", "--slo_load_runs=5"});
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_EQ(given->load_duration, absl::ZeroDuration());
  EXPECT_EQ(given->load_runs, 5);
  EXPECT_EQ(given->soak_duration, absl::ZeroDuration());
}

TEST(ParseBenchOptions, PlansLessForADatabaseOrANetwork) {
  EXPECT_EQ(Parse({"--store=sqlite"})->open_rate, 500);
  EXPECT_EQ(Parse({"--transport=http", "--slo_open_rate=7"})->open_rate, 7);
  EXPECT_EQ(Parse({})->open_rate, BenchOptions().open_rate);
}

TEST(ParseBenchOptions, RefusesATargetWithAStoreOfOurs) {
  EXPECT_THAT(Parse({"--target=http://127.0.0.1:81", "--store=sqlite"}).status().message(),
              HasSubstr("no --store"));
}

TEST(ParseBenchOptions, SuggestsTheNearestFlag) {
  EXPECT_THAT(Parse({"--slo_laod_runs=3"}).status().message(),
              HasSubstr("--slo_laod_runs: unknown flag; did you mean --slo_load_runs?"));
  EXPECT_THAT(Parse({"--benchmark_fliter=x"}).status().message(),
              HasSubstr("did you mean --benchmark_filter?"));
}

TEST(ParseBenchOptions, RefusesSizesOfZeroNegativeAbsurdOrNoNumber) {
  for (const absl::string_view argument :
       {"--slo_load_runs=0", "--slo_load_runs=-1", "--slo_load_runs=99999999999999999999",
        "--slo_load_runs=ten", "--slo_load_runs=", "--slo_steps_per_run=1001",
        "--slo_soak_pace_ms=-1", "--slo_confidence=1", "--slo_confidence=nan"}) {
    const auto options = Parse({argument});
    EXPECT_EQ(options.status().code(), absl::StatusCode::kInvalidArgument) << argument;
  }
  EXPECT_EQ(Parse({"--slo_load_runs=0"}).status().message(),
            "--slo_load_runs: expected an integer from 1 to 10000000, found \"0\"");
}

TEST(ParseBenchOptions, ReportsEveryProblemAtOnce) {
  const auto options = Parse({"--slo_load_runs=0", "stray", "--slo_seed=x"});
  EXPECT_THAT(options.status().message(), HasSubstr("--slo_load_runs"));
  EXPECT_THAT(options.status().message(), HasSubstr("\"stray\": expected a flag"));
  EXPECT_THAT(options.status().message(), HasSubstr("--slo_seed"));
}

TEST(ParseBenchOptions, ReadsWhatBelongsToLoadAndSoak) {
  const auto options =
      ParseBenchOptions({"--slo_trace=a/t.json", "--soak_duration=10m", "--slo_capacity_p99=5ms",
                         "--slo_capacity_success_ratio=0.9", "--fault=leak:64"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->trace_file, "a/t.json");
  EXPECT_EQ(options->soak_duration, absl::Minutes(10));
  EXPECT_EQ(options->capacity_p99, absl::Milliseconds(5));
  EXPECT_EQ(options->capacity_success_ratio, 0.9);
  ASSERT_EQ(options->faults.size(), 1u);
  EXPECT_EQ(options->faults_text, "leak:64");
}

TEST(ParseBenchOptions, SaysWhatIsWrongWithTimesRatiosAndFiles) {
  const auto status = ParseBenchOptions({"--slo_trace=", "--soak_duration=10", "--slo_confidence=1",
                                         "--slo_capacity_p99=-1ms"})
                          .status();
  EXPECT_THAT(
      std::string(status.message()),
      AllOf(
          HasSubstr("--slo_trace: expected a value (--slo_trace=FILE)"),
          HasSubstr("--soak_duration: expected a duration from 1s to 48h, for example 10m, found"),
          HasSubstr("--slo_confidence: expected a number from 0.5 to 0.999999, found"),
          HasSubstr("--slo_capacity_p99: expected a duration from 1us to 1m")));
}

TEST(ParseBenchOptions, TakesADashForAnUnderscore) {
  const auto options = Parse({"--slo-seed=7", "--soak-duration=10m", "--slo_trace=a-b_c"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->seed, 7);
  EXPECT_EQ(options->soak_duration, absl::Minutes(10));
  EXPECT_EQ(options->trace_file, "a-b_c");
  // What depends on whether a flag is there, too.
  EXPECT_EQ(Parse({"--slo-load-runs=5", "--target=http://127.0.0.1:81"})->load_duration,
            absl::ZeroDuration());
}

TEST(ParseBenchOptions, NamesTheFlagOfABadFaultOrShard) {
  EXPECT_EQ(Parse({"--fault=stal:3:5ms,delay"}).status().message(),
            "--fault: stal:3:5ms: unknown fault \"stal\"; did you mean stall? faults: delay, tail, "
            "stall, error, leak, growth\n--fault: delay: expected delay:TIME");
  for (const char* shard : {"5/4", "0/4", "1/257", "1", "1/", "/4", "a/b", "1/2/3"}) {
    EXPECT_EQ(Parse({absl::StrCat("--slo_shard=", shard), "--slo_trace=t"}).status().message(),
              absl::StrCat("--slo_shard: expected I/N with 1 <= I <= N <= 256, for example 2/4, "
                           "found \"",
                           shard, "\""));
  }
  EXPECT_EQ(Parse({"--slo_shard=256/256", "--slo_trace=t"})->shards, 256);
  EXPECT_EQ(Parse({"--slo_shard=1/4"}).status().message(),
            "--slo_shard: expected --slo_trace=FILE beside it: shards are pooled by their traces");
}

TEST(ParseBenchOptions, TellsProcessesThatAreJudgedTogetherApart) {
  const auto third = Parse({"--slo_process=3/8"});
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_EQ(third->process, 3);
  EXPECT_EQ(third->bounds.processes, 8);
  EXPECT_THAT(Parse({"--slo_process=9/8"}).status().message(),
              HasSubstr("--slo_process: expected I/N"));
  // None repeats the requests of another one, nor of a shard; the first are those of a program
  // alone.
  std::set<uint64_t> seeds;
  for (const int64_t process : {1, 2, 3}) {
    for (const int64_t shard : {1, 2, 3}) {
      const auto options = Parse({absl::StrCat("--slo_process=", process, "/3"), "--slo_trace=t",
                                  absl::StrCat("--slo_shard=", shard, "/3")});
      seeds.insert(options->own_seed());
    }
  }
  EXPECT_EQ(seeds.size(), 9U);
  EXPECT_EQ(Parse({"--slo_process=1/8"})->own_seed(), Parse({})->own_seed());
}

TEST(ParseBenchOptions, AsksForTheVersionWhateverElseIsWrong) {
  EXPECT_TRUE(Parse({"--version", "--frobnicate"})->version);
  EXPECT_FALSE(Parse({})->version);
}

TEST(ForGoogleBenchmark, SpellsItsFlagsWithUnderscores) {
  EXPECT_EQ(ForGoogleBenchmark("--benchmark-format=json"), "--benchmark_format=json");
  EXPECT_EQ(ForGoogleBenchmark("--benchmark-out_format=a-b"), "--benchmark_out_format=a-b");
  EXPECT_EQ(ForGoogleBenchmark("--benchmark-list-tests"), "--benchmark_list_tests");
  EXPECT_EQ(ForGoogleBenchmark("-h"), "--help");
  for (const char* other : {"--benchmark_filter=-steps:10", "--slo-trace=t", "a-b", "-", "", "--",
                            "benchmark-x", "--v=1"}) {
    EXPECT_EQ(ForGoogleBenchmark(other), other);
  }
}

TEST(BenchOptionsHelp, NamesEveryFlagWithItsDefault) {
  EXPECT_THAT(BenchOptionsHelp(),
              HasSubstr("runs of BM_LoadBurst (1 to 10000000; default 8000)\n"));
  for (const char* flag : {"--slo_load_runs=N", "--slo_confidence=X",
                           "--fault=", "--target=", "--slo_shard=I/N", "--version"}) {
    EXPECT_THAT(BenchOptionsHelp(), HasSubstr(flag));
  }
}

}  // namespace
}  // namespace slo::bench
