#include "bench/cli/bench_options.h"

#include <vector>

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
  EXPECT_EQ(options->confidence, 0.9995);
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
  EXPECT_EQ(options->confidence, 0.95);
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
  EXPECT_THAT(std::string(status.message()),
              AllOf(HasSubstr("--slo_trace: expected the name of a JSON file, found nothing"),
                    HasSubstr("--soak_duration: expected a time from 1s to 48h such as 10m, found"),
                    HasSubstr("--slo_confidence: expected a number from 0.5 to 0.999999, found"),
                    HasSubstr("--slo_capacity_p99: expected a time from 1us to 1m")));
}

TEST(BenchOptionsHelp, NamesEveryFlagWithItsDefault) {
  EXPECT_THAT(BenchOptionsHelp(), HasSubstr("--slo_load_runs=N  runs of BM_LoadBurst (1 to "
                                            "10000000; default 8000)"));
  EXPECT_THAT(BenchOptionsHelp(), HasSubstr("--slo_confidence=X"));
}

}  // namespace
}  // namespace slo::bench
