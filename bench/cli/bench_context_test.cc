#include "bench/cli/bench_context.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::MatchesRegex;
using ::testing::Ne;
using ::testing::Pair;
using ::testing::StartsWith;

TEST(BenchContext, StatesWhatMakesResultsComparable) {
  const std::vector<std::string> command_line = {"bench_workflow", "--slo_seed=7"};
  const auto context = BenchContext({.seed = 7, .bounds = {.confidence = 0.95}}, command_line);
  EXPECT_THAT(context, Each(Pair(StartsWith("slo_"), Ne(""))));
  EXPECT_THAT(context, Contains(Pair("slo_seed", "7")));
  EXPECT_THAT(context, Contains(Pair("slo_confidence_level", "0.95")));
  EXPECT_THAT(context, Contains(Pair("slo_command_line", "bench_workflow --slo_seed=7")));
  for (const char* key :
       {"slo_build_type", "slo_compiler", "slo_compiler_flags", "slo_git_revision", "slo_git_dirty",
        "slo_cpu_model", "slo_kernel", "slo_toolchain", "slo_benchmark_version"}) {
    EXPECT_TRUE(context.contains(key)) << key;
  }
}

TEST(BenchContext, SaysThatASlowdownIsPlantedOnlyWhenOneIs) {
  EXPECT_FALSE(BenchContext({}, {}).contains("slo_slowdown"));
  EXPECT_FALSE(BenchContext({}, {}).contains("slo_slowdown_ns"));
  BenchOptions options;
  options.slowdown = {.nanoseconds = 63.6, .text = "runner_status:6%"};
  const auto context = BenchContext(options, {});
  EXPECT_THAT(context, Contains(Pair("slo_slowdown", "runner_status:6%")));
  EXPECT_THAT(context, Contains(Pair("slo_slowdown_ns", "64")));
}

TEST(BenchContext, SaysWhichApiWasMeasured) {
  BenchOptions options;
  EXPECT_THAT(BenchContext(options, {}), Contains(Pair("slo_store", "memory")));
  EXPECT_THAT(BenchContext(options, {}), Contains(Pair("slo_transport", "in_process")));
  EXPECT_FALSE(BenchContext(options, {}).contains("slo_store_synchronous"));
  options.api.store = stack::StoreKind::kSqlite;
  options.api.synchronous = sqlite::Synchronous::kFull;
  const auto durable = BenchContext(options, {});
  EXPECT_THAT(durable, Contains(Pair("slo_store", "sqlite")));
  EXPECT_THAT(durable, Contains(Pair("slo_store_synchronous", "full")));
  EXPECT_THAT(durable, Contains(Pair("slo_store_version", StartsWith("SQLite 3."))));
  EXPECT_TRUE(durable.contains("slo_store_file_system"));
  options.api = {.target = {.host = "127.0.0.1", .port = 81}};
  const auto remote = BenchContext(options, {});
  EXPECT_THAT(remote, Contains(Pair("slo_target", "127.0.0.1:81")));
  EXPECT_FALSE(remote.contains("slo_store")) << "nobody knows";
}

TEST(Toolchain, NamesCompilerLibraryAndArchitectureFitForAFileName) {
  EXPECT_THAT(Toolchain(), MatchesRegex("[a-z]+-[0-9.]+-[a-z]+(-[0-9.]+)?-[a-z0-9_]+"));
}

TEST(QuotedCommandLine, QuotesWhatAShellWouldTouch) {
  const std::vector<std::string> arguments = {"bench", "--benchmark_filter=BM_(A|B)", "it's", ""};
  EXPECT_EQ(QuotedCommandLine(arguments), "bench '--benchmark_filter=BM_(A|B)' 'it'\\''s' ''");
}

}  // namespace
}  // namespace slo::bench
