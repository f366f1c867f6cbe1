// bench_workflow and slo_gate as their users see them: what one prints, the other judges; and every
// fault that is planted in between turns the verdict red.

#include <sys/wait.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/cli/gate.h"

namespace slo {
namespace {

using nlohmann::json;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value != nullptr ? value : "";
}

struct Finished {
  int exit_code = -1;
  std::string out;
};

// Runs bench_workflow through a shell; `flags` are literals of this file. The output has stderr in
// it unless `flags` send that elsewhere.
Finished RunBench(const std::string& flags, const std::string& environment = "") {
  Finished finished;
  const std::string command = absl::StrCat(
      "{ ", environment, " '", Environment("SLO_BENCH_WORKFLOW"), "' ", flags, "; } 2>&1");
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return finished;
  std::array<char, 4096> buffer;
  size_t read = 0;
  while ((read = fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
    finished.out.append(buffer.data(), read);
  }
  const int status = pclose(pipe);
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return finished;
}

Finished RunGate(const json& results, const std::vector<std::string>& flags = {}) {
  std::vector<absl::string_view> arguments(flags.begin(), flags.end());
  arguments.emplace_back("-");
  std::istringstream in(results.dump());
  std::ostringstream out;
  const int exit_code =
      tools::RunGate(arguments, {.now = absl::UnixEpoch(), .in = in, .out = out, .err = out});
  return {exit_code, out.str()};
}

// Every family once, tiny, and none of it may rot. Run once for all tests: it takes seconds.
const json& TinyRun() {
  static const json kResults = [] {
    const Finished bench = RunBench(
        "--benchmark_min_time=0.001 --slo_load_runs=10000 --slo_soak_runs=40 --slo_soak_pace_ms=0 "
        "--slo_longest_disturbance=10us "  // a tiny run is too short for longer ones
        "--slo_confidence=0.99 --benchmark_format=json 2>/dev/null");
    return json::parse(bench.out, nullptr, /*allow_exceptions=*/false);
  }();
  return kResults;
}

class ContractTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(TinyRun().is_object()) << "stdout is JSON and nothing else";
    results_ = TinyRun();
    // Debug and sanitizer builds run this test too; what the gate says of them is a test of its
    // own.
    results_["context"]["slo_build_type"] = "release";
  }

  // The row that load objectives are about.
  json& LoadRow() {
    for (json& row : results_["benchmarks"]) {
      if (absl::StartsWith(row["name"].get<std::string>(), "BM_LoadBurst/")) return row;
    }
    return results_;
  }

  // One objective of each kind, which any working build meets.
  Finished Judge(const std::string& more_flags = "") {
    const std::string file = absl::StrCat(::testing::TempDir(), "/contract_thresholds.json");
    std::ofstream(file) << R"({"version": 1, "objectives": [
      {"id": "latency", "benchmark": "BM_LoadBurst/*", "metric": "latency_p95_us", "max": "10s",
       "why": "w", "source": "s"},
      {"id": "success", "benchmark": "BM_LoadBurst/*", "metric": "success_ratio", "min": 0.9,
       "why": "w", "source": "s"},
      {"id": "throughput", "benchmark": "BM_LoadBurst/*", "metric": "runs_per_second", "min": 0.1,
       "why": "w", "source": "s"}]})";
    std::vector<std::string> flags = {absl::StrCat("--thresholds=", file), "--all"};
    if (!more_flags.empty()) flags.push_back(more_flags);
    return RunGate(results_, flags);
  }

  json results_;
};

TEST_F(ContractTest, EveryFamilyRunsAndNothingFails) {
  for (const char* family :
       {"BM_HarnessFloor", "BM_HistogramRecord", "BM_RunPath", "BM_RetainedRun", "BM_LoadBurst",
        "BM_SustainedSoak", "BM_CreateRun", "BM_DispatchReady", "BM_RunnerStatus", "BM_ReadRun"}) {
    bool found = false;
    for (const json& row : results_["benchmarks"]) {
      found = found || absl::StartsWith(row["name"].get<std::string>(), family);
    }
    EXPECT_TRUE(found) << family;
  }
  for (const json& row : results_["benchmarks"]) {
    EXPECT_FALSE(row.contains("error_occurred")) << row;
    EXPECT_EQ(row.value("failed_count", 0.0), 0.0) << row;
  }
}

TEST_F(ContractTest, NamesAndCountersFollowTheHouseRules) {
  for (const json& row : results_["benchmarks"]) {
    const auto name = row["name"].get<std::string>();
    EXPECT_THAT(name, MatchesRegex("BM_[A-Za-z]+(/[a-z_]+(:[a-z0-9_]+)?)*"));
    EXPECT_TRUE(absl::StrContains(name, "/real_time") || absl::StrContains(name, "/manual_time"))
        << name << ": time is never CPU time";
    for (const auto& [key, value] : row.items()) {
      EXPECT_THAT(key, MatchesRegex("[a-z0-9_]+"));
      EXPECT_TRUE(!value.is_number() || std::isfinite(value.get<double>())) << key;
    }
  }
}

TEST_F(ContractTest, TheContextSaysWhatMakesResultsComparable) {
  for (const char* key :
       {"slo_build_type", "slo_compiler", "slo_git_revision", "slo_git_dirty", "slo_seed",
        "slo_confidence_level", "slo_cpu_model", "slo_kernel", "slo_command_line"}) {
    EXPECT_TRUE(results_["context"].contains(key)) << key;
  }
}

TEST_F(ContractTest, GenerousLimitsPass) {
  const Finished gate = Judge();
  EXPECT_EQ(gate.exit_code, 0) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("verdict: pass"));
}

TEST_F(ContractTest, AnImpossibleLatencyFailsExactlyThatCheck) {
  const Finished gate = Judge("--override=latency=0.001ms");
  EXPECT_EQ(gate.exit_code, 1) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("2 of 3 checks on 1 benchmark passed; 1 failed"));
  EXPECT_THAT(gate.out, ContainsRegex("fail +[0-9.]+x.*latency  latency_p95_us"));
}

TEST_F(ContractTest, AnImpossibleThroughputFailsExactlyThatCheck) {
  // After a stall of the machine the few windows of a tiny run have a high upper limit.
  LoadRow()["runs_per_second_upper"] = 2 * LoadRow()["runs_per_second"].get<double>();
  const Finished gate = Judge("--override=throughput=1000000");
  EXPECT_EQ(gate.exit_code, 1) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("2 of 3 checks on 1 benchmark passed; 1 failed"));
  EXPECT_THAT(gate.out, ContainsRegex("fail +[0-9.]+x.*throughput  runs_per_second"));
}

TEST_F(ContractTest, AMissingRowFails) {
  json& rows = results_["benchmarks"];
  for (size_t i = rows.size(); i-- > 0;) {
    if (absl::StartsWith(rows[i]["name"].get<std::string>(), "BM_LoadBurst/")) rows.erase(i);
  }
  const Finished gate = Judge();
  EXPECT_EQ(gate.exit_code, 1) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("no row matches \"BM_LoadBurst/*\""));
}

TEST_F(ContractTest, AnErrorRowFails) {
  LoadRow()["error_occurred"] = true;
  LoadRow()["error_message"] = "planted";
  const Finished gate = Judge();
  EXPECT_EQ(gate.exit_code, 1) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("the row is an error row: planted"));
}

TEST_F(ContractTest, ADebugBuildFails) {
  results_["context"]["slo_build_type"] = "debug";
  const Finished gate = Judge();
  EXPECT_EQ(gate.exit_code, 1) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("measured on a debug build"));
}

TEST_F(ContractTest, FailingRequestsFail) {
  json& row = LoadRow();
  const double trials = row["success_trials_count"];
  row["success_ratio"] = (trials - 4'000) / trials;
  row["failed_count"] = 4'000;
  row["failed_status_count"] = 4'000;
  row["label"] = "first failure: create_run: expected status 200, found 500";
  const Finished gate = Judge();
  EXPECT_EQ(gate.exit_code, 1) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("failed_status_count=4000"));
  EXPECT_THAT(gate.out, HasSubstr("create_run: expected status 200, found 500"));
}

TEST_F(ContractTest, ACounterThatIsGoneFails) {
  LoadRow().erase("latency_p95_us");
  const Finished gate = Judge();
  EXPECT_EQ(gate.exit_code, 1) << gate.out;
  EXPECT_THAT(gate.out, HasSubstr("the row has no metric \"latency_p95_us\""));
}

TEST_F(ContractTest, TheShippedThresholdsFitTheRowsThatThereAre) {
  for (const char* file : {"slo.json", "original.json"}) {
    const Finished gate = RunGate(
        results_,
        {absl::StrCat("--thresholds=", Environment("SLO_THRESHOLDS_DIR"), "/", file), "--all"});
    EXPECT_NE(gate.exit_code, 2) << gate.out;
    EXPECT_EQ(gate.out.find("no row matches"), std::string::npos) << gate.out;
    EXPECT_EQ(gate.out.find("has no metric \"latency"), std::string::npos) << gate.out;
  }
}

TEST(BenchWorkflow, ListsAndFiltersLikeAnyGoogleBenchmark) {
  const Finished bench =
      RunBench("--benchmark_list_tests --benchmark_filter='BM_RunPath/shape:chain/steps:3/'");
  EXPECT_EQ(bench.exit_code, 0) << bench.out;
  EXPECT_THAT(bench.out, HasSubstr("BM_RunPath/shape:chain/steps:3/manual_time\n"));
}

TEST(BenchWorkflow, RefusesAFilterThatMatchesNothing) {
  const Finished bench = RunBench("--benchmark_filter=BM_Nope");
  EXPECT_EQ(bench.exit_code, 1);
  EXPECT_THAT(bench.out, HasSubstr("--benchmark_filter=BM_Nope matches no benchmark"));
}

TEST(BenchWorkflow, NamesEveryBadFlagAndTheNearestGoodOne) {
  const Finished bench = RunBench("--slo_laod_runs=3 --slo_soak_runs=0");
  EXPECT_EQ(bench.exit_code, 2);
  EXPECT_THAT(bench.out, HasSubstr("did you mean --slo_load_runs?"));
  EXPECT_THAT(bench.out, HasSubstr("--slo_soak_runs: expected an integer from 1"));
}

TEST(BenchWorkflow, SaysInItsContextWhatSlowdownIsPlanted) {
  const std::string flags =
      "--benchmark_filter='BM_ReadRun/shape:chain/steps:3/stored_runs:0/manual_time$' "
      "--benchmark_min_time=0.001 --benchmark_format=json 2>/dev/null";
  const json slowed =
      json::parse(RunBench(flags, "SLO_SLOWDOWN=read_run:20000ns").out, nullptr, false);
  ASSERT_TRUE(slowed.is_object());
  EXPECT_EQ(slowed["context"]["slo_slowdown"], "read_run:20000ns");
  EXPECT_THAT(slowed["context"]["slo_slowdown_ns"].get<std::string>(), MatchesRegex("[0-9]+"));
  const json plain = json::parse(RunBench(flags, "SLO_SLOWDOWN=").out, nullptr, false);
  ASSERT_TRUE(plain.is_object());
  EXPECT_FALSE(plain["context"].contains("slo_slowdown"));
  EXPECT_FALSE(plain["context"].contains("slo_slowdown_ns"));
}

TEST(BenchWorkflow, NamesWhatIsWrongWithTheFlagsAndWithTheSlowdownAtOnce) {
  const Finished bench = RunBench("--slo_soak_runs=0", "SLO_SLOWDOWN=read_rum:6");
  EXPECT_EQ(bench.exit_code, 2);
  EXPECT_THAT(bench.out, HasSubstr("--slo_soak_runs: expected an integer from 1"));
  EXPECT_THAT(bench.out,
              HasSubstr("SLO_SLOWDOWN: unknown stage \"read_rum\"; did you mean read_run?"));
  EXPECT_THAT(bench.out, HasSubstr("SLO_SLOWDOWN: expected an amount"));
}

TEST(BenchWorkflow, ExplainsItself) {
  const Finished bench = RunBench("--help");
  EXPECT_EQ(bench.exit_code, 0);
  EXPECT_THAT(bench.out, HasSubstr("--slo_load_runs=N"));
  EXPECT_THAT(bench.out, HasSubstr("--benchmark_filter"));
  EXPECT_THAT(bench.out, HasSubstr("SLO_SLOWDOWN=STAGE:AMOUNT"));
}

}  // namespace
}  // namespace slo
