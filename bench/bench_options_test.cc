#include "bench/bench_options.h"

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

TEST(BenchOptionsHelp, NamesEveryFlagWithItsDefault) {
  EXPECT_THAT(BenchOptionsHelp(), HasSubstr("--slo_load_runs=N  runs of BM_LoadBurst (1 to "
                                            "10000000; default 8000)"));
  EXPECT_THAT(BenchOptionsHelp(), HasSubstr("--slo_confidence=X"));
}

}  // namespace
}  // namespace slo::bench
