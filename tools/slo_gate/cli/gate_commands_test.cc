// slo_gate verify, merge and pool: exit codes, what they write and where they put it.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/cli/gate.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kOneRow[] =
    R"({"benchmarks": [{"name": "BM_A", "real_time": 1, "time_unit": "ns"}]})";

struct CommandResult {
  int exit_code;
  std::string out;
  std::string err;
};

CommandResult RunCommand(const std::vector<std::string>& words, const std::string& input = "",
                         bool is_out_broken = false) {
  const std::vector<absl::string_view> arguments(words.begin(), words.end());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  if (is_out_broken) out.setstate(std::ios::badbit);
  const int exit_code = RunGate(
      arguments, {.now = absl::FromUnixSeconds(1'767'323'045), .in = in, .out = out, .err = err});
  return {exit_code, out.str(), err.str()};
}

class GateCommandsTest : public ::testing::Test {
 protected:
  GateCommandsTest() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    directory_ = std::filesystem::path(::testing::TempDir()) / "gate_commands" / test->name();
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(directory_ / name) << text;
    return (directory_ / name).string();
  }

  std::string Read(const std::string& name) {
    std::ifstream stream(directory_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

  // Results and trace of shard I of 2, which had one run of 1 us.
  std::string ShardFile(int shard, bool is_trace) {
    const std::string rows =
        is_trace ? R"("scenarios": [{"row": "BM_A/runs:1", "windows": [], "histograms": [
            {"prefix": "", "basis": "service_time", "count": 1, "min_ns": 1000, "max_ns": 1000,
             "buckets": [[1000, 1]], "series_ns": [1000]}]}])"
                 : R"("benchmarks": [{"name": "BM_A/runs:1", "samples_count": 1, "real_time": 5,
                         "time_unit": "ns"}])";
    return Write(
        absl::StrCat(shard, is_trace ? "-trace.json" : ".json"),
        absl::StrReplaceAll(
            R"({$kind "context": {"slo_shard": "$1/2", "slo_command_line": "$1", "slo_seed": "1",
                "slo_git_revision": "r", "slo_confidence_level": "0.95"}, $rows})",
            {{"$kind", is_trace ? R"("kind": "workflow-slo-trace", "version": 1,)" : ""},
             {"$rows", rows},
             {"$1", absl::StrCat(shard)}}));
  }

  std::vector<std::string> PoolWords() {
    return {"pool",
            absl::StrCat("--out=", directory_.string()),
            absl::StrCat("--trace=", ShardFile(2, true)),
            ShardFile(1, false),
            ShardFile(2, false),
            absl::StrCat("--trace=", ShardFile(1, true))};
  }

  std::filesystem::path directory_;
};

TEST_F(GateCommandsTest, PoolWritesBothFilesWhereItIsTold) {
  const CommandResult pool = RunCommand(PoolWords());
  EXPECT_EQ(pool.exit_code, 0) << pool.err;
  EXPECT_EQ(pool.out,
            absl::StrCat("2 shards pooled into ", directory_.string(), "/pooled-results.json and ",
                         directory_.string(), "/pooled-trace.json\n"));
  EXPECT_THAT(Read("pooled-results.json"), HasSubstr("\"samples_count\": 2.0"));
  EXPECT_THAT(Read("pooled-trace.json"), HasSubstr("workflow-slo-trace"));
}

TEST_F(GateCommandsTest, PoolWritesNothingWhenAShardIsMissing) {
  std::vector<std::string> words = PoolWords();
  words.erase(words.begin() + 4);
  const CommandResult pool = RunCommand(words);
  EXPECT_EQ(pool.exit_code, 2);
  EXPECT_EQ(pool.out, "");
  EXPECT_THAT(pool.err, HasSubstr("shard 2/2 is missing"));
  EXPECT_FALSE(std::filesystem::exists(directory_ / "pooled-results.json"));
  EXPECT_FALSE(std::filesystem::exists(directory_ / "pooled-trace.json"));
}

TEST_F(GateCommandsTest, PoolNamesEveryProblemOfItsArguments) {
  const CommandResult pool =
      RunCommand({"pool", "--format=text", "/no/such/file.json", Write("bad.json", "{")});
  EXPECT_EQ(pool.exit_code, 2);
  EXPECT_THAT(pool.err, AllOf(HasSubstr("pool: --format=text: expected --out=DIR"),
                              HasSubstr("/no/such/file.json"), HasSubstr("bad.json"),
                              HasSubstr("pool: expected --out=DIR, for the two files")));
  EXPECT_THAT(RunCommand({"pool", "--out=x"}).err,
              HasSubstr("expected the results of every shard"));
  EXPECT_THAT(RunCommand({"pool", "--out=x", absl::StrCat("--trace=", ShardFile(1, true))}).err,
              HasSubstr("expected the results of every shard"));
}

TEST_F(GateCommandsTest, AFlagThatIsUnknownIsNoFile) {
  EXPECT_THAT(RunCommand({"pool", "--format=text"}).err, Not(HasSubstr("opened")));
  EXPECT_THAT(RunCommand({"pool", "--format=text"}).err,
              HasSubstr("expected the results of every shard"));
  EXPECT_THAT(RunCommand({"merge", "--format=text"}).err, Not(HasSubstr("opened")));
}

TEST_F(GateCommandsTest, PoolFailsWhereItCannotWrite) {
  std::vector<std::string> words = PoolWords();
  words[1] = absl::StrCat("--out=", Write("file", ""), "/folder");
  EXPECT_EQ(RunCommand(words).exit_code, 2);
}

TEST_F(GateCommandsTest, MergeWritesToItsOutput) {
  const std::string file = Write("a.json", kOneRow);
  const CommandResult merge = RunCommand({"merge", file, "-"}, kOneRow);
  EXPECT_EQ(merge.exit_code, 0) << merge.err;
  EXPECT_THAT(merge.out, AllOf(HasSubstr("\"process\":0"), HasSubstr("\"process\":1")));
  EXPECT_EQ(merge.err, "");
}

TEST_F(GateCommandsTest, MergeNamesEveryProblem) {
  EXPECT_EQ(RunCommand({"merge"}).exit_code, 2);
  EXPECT_THAT(RunCommand({"merge"}).err, HasSubstr("merge: expected at least one results file"));
  const CommandResult merge = RunCommand({"merge", "--out=x", "/no/such/file.json"});
  EXPECT_EQ(merge.exit_code, 2);
  EXPECT_THAT(merge.err, AllOf(HasSubstr("merge: --out=x: expected files only"),
                               HasSubstr("/no/such/file.json")));
  EXPECT_EQ(merge.out, "");
  EXPECT_EQ(RunCommand({"merge", Write("bad.json", "{")}).exit_code, 2);
}

TEST_F(GateCommandsTest, WhatCannotBeWrittenIsNoSuccess) {
  const std::string file = Write("a.json", kOneRow);
  EXPECT_EQ(RunCommand({"merge", file}, "", /*is_out_broken=*/true).exit_code, 2);
  const std::string thresholds =
      absl::StrCat("--thresholds=", SLO_TESTDATA_DIR, "/thresholds.json");
  const std::string results = absl::StrCat(SLO_TESTDATA_DIR, "/results.json");
  const CommandResult evidence = RunCommand({thresholds, "--format=json", results});
  EXPECT_EQ(evidence.exit_code, 1);
  EXPECT_EQ(RunCommand({thresholds, results}, "", true).exit_code, 2);
  EXPECT_EQ(RunCommand({"verify", "-"}, evidence.out).exit_code, 0);
  EXPECT_EQ(RunCommand({"verify", "-"}, evidence.out, true).exit_code, 2);
}

TEST_F(GateCommandsTest, VerifyTakesOneFile) {
  EXPECT_EQ(RunCommand({"verify"}).exit_code, 2);
  EXPECT_EQ(RunCommand({"verify", "a", "b"}).exit_code, 2);
  EXPECT_EQ(RunCommand({"verify", "--format=text"}).exit_code, 2);
  EXPECT_THAT(RunCommand({"verify"}).err, HasSubstr("verify: expected one file"));
  EXPECT_EQ(RunCommand({"verify", "/no/such/file.json"}).exit_code, 2);
  EXPECT_EQ(RunCommand({"verify", Write("bad.json", "{}")}).exit_code, 2);
}

TEST_F(GateCommandsTest, VerifySaysHowManyDifferencesThereAre) {
  const CommandResult evidence =
      RunCommand({absl::StrCat("--thresholds=", SLO_TESTDATA_DIR, "/thresholds.json"),
                  "--format=json", absl::StrCat(SLO_TESTDATA_DIR, "/results.json")});
  const CommandResult confirmed = RunCommand({"verify", Write("e.json", evidence.out)});
  EXPECT_EQ(confirmed.exit_code, 0);
  EXPECT_THAT(confirmed.out,
              HasSubstr("4 checks recomputed, verdict fail confirmed; 0 differences"));
  const std::string forged =
      absl::StrReplaceAll(evidence.out, {{"\"checks_failed\": 2", "\"checks_failed\": 0"}});
  const CommandResult refused = RunCommand({"verify", Write("e.json", forged)});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.out, HasSubstr("4 checks recomputed, verdict fail; 1 differences"));
}

}  // namespace
}  // namespace slo::tools
