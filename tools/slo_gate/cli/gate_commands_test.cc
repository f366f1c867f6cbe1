// The commands of slo_gate: exit codes, what they write and where they put it, what they refuse.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"
#include "tools/lib/flags/version.h"
#include "tools/slo_gate/cli/gate.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

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
        is_trace
            ? R"("scenarios": [{"row": "BM_A/runs:1", "windows": [], "histograms": [
            {"prefix": "", "basis": "service_time", "count": 1, "min_ns": 1000, "max_ns": 1000,
             "buckets": [[1000, 1]]}]}])"
            : R"("benchmarks": [{"name": "BM_A/runs:1", "samples_count": 1, "latency_max_us": 1,
            "real_time": 5, "time_unit": "ns"}])";
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

  const ScratchFolder scratch_;
  const std::filesystem::path& directory_ = scratch_.path();
};

TEST_F(GateCommandsTest, PoolWritesBothFilesWhereItIsTold) {
  const CommandResult pool = RunCommand(PoolWords());
  EXPECT_EQ(pool.exit_code, 0) << pool.err;
  EXPECT_EQ(pool.out,
            absl::StrCat("2 shards pooled into ", directory_.string(), "/pooled-results.json and ",
                         directory_.string(), "/pooled-trace.json\n"));
  EXPECT_THAT(Read("pooled-results.json"), HasSubstr("\"samples_count\":2.0"));
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
  EXPECT_THAT(pool.err, AllOf(HasSubstr("slo_gate pool: --format: unknown flag; see --help"),
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
  const CommandResult merge =
      RunCommand({"merge", file, "-"}, absl::StrReplaceAll(kOneRow, {{"1", "2"}}));
  EXPECT_EQ(merge.exit_code, 0) << merge.err;
  EXPECT_THAT(merge.out, AllOf(HasSubstr("\"process\":0"), HasSubstr("\"process\":1")));
  EXPECT_EQ(merge.err, "");
}

TEST_F(GateCommandsTest, MergeNamesEveryProblem) {
  EXPECT_EQ(RunCommand({"merge"}).exit_code, 2);
  EXPECT_THAT(RunCommand({"merge"}).err, HasSubstr("merge: expected at least one results file"));
  const CommandResult merge = RunCommand({"merge", "--out=x", "/no/such/file.json"});
  EXPECT_EQ(merge.exit_code, 2);
  EXPECT_THAT(merge.err, AllOf(HasSubstr("slo_gate merge: --out: unknown flag; see --help"),
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

constexpr char kCpuObjectives[] = R"({"version": 1, "objectives": [{"id": "a", "benchmark": "BM_*",
  "metric": "cpu_time", "point": true, "max": "1s", "why": "w", "source": "s"}]})";

std::string CpuResults(double cpu_time) {
  return absl::StrCat(R"({"context": {"slo_build_type": "release"}, "benchmarks": [{"name": "BM_A",
      "run_type": "iteration", "iterations": 9, "real_time": )",
                      cpu_time, R"(, "cpu_time": )", cpu_time, R"(, "time_unit": "ns"}]})");
}

class GateJudgingTest : public GateCommandsTest {
 protected:
  std::string objectives_ = Write("objectives.json", kCpuObjectives);
  std::string limits_ = Write("limits.json", kLimitsText);
  std::string results_ = Write("results.json", CpuResults(1'000));
  std::string baseline_ = Write("baseline.json", CpuResults(1'000));
  std::string pairs_ = Write("pairs.json", PairsFileText(MakePairs({{.benchmark = "BM_A"}})));
};

TEST_F(GateJudgingTest, CheckIsTheFormWithoutACommand) {
  const std::string thresholds =
      absl::StrCat("--thresholds=", SLO_TESTDATA_DIR, "/thresholds.json");
  const std::string results = absl::StrCat(SLO_TESTDATA_DIR, "/results.json");
  const CommandResult check = RunCommand({"check", thresholds, results});
  EXPECT_EQ(check.exit_code, 1) << check.err;
  EXPECT_EQ(check.out, RunCommand({thresholds, results}).out);
}

TEST_F(GateJudgingTest, CompareTakesItsLimitsFromAFileOrTheDefault) {
  const CommandResult given =
      RunCommand({"compare", "--limits=" + limits_, "--format=json", pairs_});
  EXPECT_EQ(given.exit_code, 0) << given.err;
  EXPECT_EQ(RunCommand({"--thresholds=" + limits_, "--format=json", pairs_}).out, given.out);
  const CommandResult otherwise = RunCommand({"compare", "--format=json", pairs_});
  EXPECT_EQ(otherwise.exit_code, 0) << otherwise.err;
  EXPECT_THAT(otherwise.out, AllOf(HasSubstr("\"default limits\""), HasSubstr("\"3%\"")));
  EXPECT_EQ(RunCommand({"verify", "-"}, otherwise.out).exit_code, 0);
}

// One process a side proves nothing about another day, whichever way it is asked.
TEST_F(GateJudgingTest, CompareJudgesResultsByTheirBaseline) {
  const CommandResult compare = RunCommand({"compare", "--baseline=" + baseline_, results_});
  EXPECT_EQ(compare.exit_code, 3) << compare.err;
  EXPECT_EQ(RunCommand({"--thresholds=" + limits_, "--baseline=" + baseline_, results_}).exit_code,
            3);
}

// What each command is not for, and which one is.
TEST_F(GateJudgingTest, EachCommandNamesTheOneThatIsMeant) {
  const auto refused = [](const std::vector<std::string>& words) {
    const CommandResult command = RunCommand(words);
    EXPECT_EQ(command.exit_code, 2);
    EXPECT_EQ(command.out, "");
    return command.err;
  };
  EXPECT_EQ(refused({"check", "--thresholds=" + objectives_, pairs_}),
            absl::StrCat("slo_gate check: ", pairs_,
                         ": is a file of pairs; slo_gate compare judges those\n"));
  EXPECT_EQ(refused({"check", "--thresholds=" + limits_, results_}),
            absl::StrCat("slo_gate check: ", limits_,
                         ": holds limits on changes; slo_gate compare "
                         "--limits=",
                         limits_, " judges by those\n"));
  EXPECT_EQ(refused({"compare", "--limits=" + objectives_, pairs_}),
            absl::StrCat("slo_gate compare: ", objectives_,
                         ": holds objectives; slo_gate check "
                         "--thresholds=",
                         objectives_, " judges by those\n"));
  EXPECT_EQ(refused({"compare", results_}),
            absl::StrCat("slo_gate compare: ", results_,
                         ": results are compared with a baseline (--baseline=FILE); pairs of two "
                         "builds come from paired_bench; slo_gate check judges results by "
                         "objectives\n"));
  EXPECT_THAT(refused({"compare", "--limits=" + results_, pairs_}), HasSubstr("results.json: "));
  EXPECT_THAT(refused({"compare", "--limits=/no/such.json", "/no/pairs.json"}),
              AllOf(HasSubstr("slo_gate compare: /no/such.json: cannot be opened"),
                    HasSubstr("slo_gate compare: /no/pairs.json: cannot be opened")));
}

// Each command line with all that is said of it.
TEST_F(GateJudgingTest, SaysWhatIsWrongWithACommandLine) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> lines = {
      {{"check"},
       "slo_gate check: --thresholds: expected a file, for example thresholds/slo.json\n"
       "slo_gate check: expected at least one results file (--benchmark_format=json)\n"},
      {{"check", "--limits=x", "--thresholds=t", "a"},
       "slo_gate check: --limits: unknown flag; see --help\n"},
      {{"check", "--baseline=x", "--thresholds=t", "a"},
       "slo_gate check: --baseline: unknown flag; see --help\n"},
      {{"compare"},
       "slo_gate compare: expected a file of pairs (paired_bench), or results and their "
       "--baseline=FILE\n"},
      {{"compare", "--limit=x", "--trace=t", "a"},
       "slo_gate compare: --limit: unknown flag; did you mean --limits? see --help\n"
       "slo_gate compare: --trace: unknown flag; see --help\n"},
      {{"compare", "--format=yaml", "a", "a"},
       "slo_gate compare: --format: expected text, markdown, json, junit or github, found "
       "\"yaml\"\n"
       "slo_gate compare: a: is given twice; shards are different files\n"},
      {{"verify"}, "slo_gate verify: expected one file, for example docs/evidence/latest.json\n"},
      {{"verify", "--format=text", "a"}, "slo_gate verify: --format: unknown flag; see --help\n"},
      {{"merge"}, "slo_gate merge: expected at least one results file\n"},
      {{"pool"},
       "slo_gate pool: expected --out=DIR, for the two files\n"
       "slo_gate pool: expected the results of every shard, and their --trace files\n"},
      {{"pool", "--ot=x"},
       "slo_gate pool: --ot: unknown flag; did you mean --out? see --help\n"
       "slo_gate pool: expected --out=DIR, for the two files\n"
       "slo_gate pool: expected the results of every shard, and their --trace files\n"},
      {{"chekc", "--thresholds=t", "a"},
       "slo_gate: chekc: unknown command or file; did you mean check? commands: check, compare, "
       "show, draft, verify, merge, pool, help\n"},
      {{"frobnicate"},
       "slo_gate: frobnicate: unknown command or file; commands: check, compare, show, draft, "
       "verify, merge, "
       "pool, help\n"},
      {{"help", "marge"},
       "slo_gate help: marge: unknown command; did you mean merge? commands: check, compare, "
       "show, draft, verify, merge, pool, help\n"},
  };
  for (const auto& [words, problems] : lines) {
    const CommandResult command = RunCommand(words);
    EXPECT_EQ(command.exit_code, 2);
    EXPECT_EQ(command.err, problems);
    EXPECT_EQ(command.out, "");
  }
}

TEST_F(GateJudgingTest, AFileMayBeNamedLikeAMistypedCommand) {
  const CommandResult gate = RunCommand({results_, "--thresholds=" + objectives_});
  EXPECT_EQ(gate.exit_code, 0) << gate.err;
  EXPECT_THAT(RunCommand({"no/chekc", "--thresholds=" + objectives_}).err,
              HasSubstr("no/chekc: cannot be opened"));
}

TEST_F(GateJudgingTest, EachCommandExplainsItself) {
  for (const std::string name : {"check", "compare", "verify", "merge", "pool"}) {
    const CommandResult help = RunCommand({name, "--help", "--no-such-flag"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.out, HasSubstr(absl::StrCat("usage: slo_gate ", name)));
    EXPECT_EQ(RunCommand({"help", name}).out, help.out);
    EXPECT_EQ(RunCommand({name, "-h"}).out, help.out);
    EXPECT_THAT(RunCommand({"--help"}).out, HasSubstr(absl::StrCat("\n  ", name, " ")));
    EXPECT_EQ(RunCommand({name, "--version"}).out, RunCommand({"--version"}).out);
    EXPECT_EQ(RunCommand({name, "--help"}, "", /*is_out_broken=*/true).exit_code, 2);
  }
  EXPECT_EQ(RunCommand({"help"}).out, RunCommand({"--help"}).out);
  EXPECT_EQ(RunCommand({"help", "help"}).out, RunCommand({"--help"}).out);
  EXPECT_EQ(RunCommand({"--version"}).out, VersionLine("slo_gate"));
}

}  // namespace
}  // namespace slo::tools
