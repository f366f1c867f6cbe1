#include "tools/slo_gate/cli/gate.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Finished {
  int exit_code;
  std::string out;
  std::string err;
};

std::string TestData(const std::string& name) { return SLO_TESTDATA_DIR "/" + name; }

Finished Gate(const std::vector<std::string>& flags, const std::string& input = "",
              const std::string& overrides = "") {
  const std::vector<absl::string_view> arguments(flags.begin(), flags.end());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = RunGate(arguments, {.overrides = overrides,
                                            .now = absl::FromUnixSeconds(1'767'323'045),
                                            .in = in,
                                            .out = out,
                                            .err = err});
  return {exit_code, out.str(), err.str()};
}

std::vector<std::string> Flags(const std::string& more = "") {
  std::vector<std::string> flags = {"--thresholds=" + TestData("thresholds.json")};
  if (!more.empty()) flags.push_back(more);
  flags.push_back(TestData("results.json"));
  return flags;
}

TEST(RunGate, ExplainsItself) {
  const Finished gate = Gate({"--help"});
  EXPECT_EQ(gate.exit_code, 0);
  EXPECT_THAT(gate.out, HasSubstr("usage: slo_gate"));
}

TEST(RunGate, JudgesAndRanksWhatItFinds) {
  const Finished gate = Gate(Flags());
  EXPECT_EQ(gate.exit_code, 1) << gate.err;
  EXPECT_THAT(gate.out,
              StartsWith("verdict: fail: 2 of 4 checks on 2 benchmarks passed; 2 failed"));
  EXPECT_EQ(gate.err, "");
}

TEST(RunGate, TakesOverridesFromTheEnvironmentAndLetsFlagsWin) {
  const std::string overrides = "load_latency_p99=1us, load_success_ratio=0.5";
  std::vector<std::string> flags = Flags("--override=load_latency_p99=800us");
  EXPECT_THAT(Gate(flags, "", overrides).out,
              HasSubstr("* load_latency_p99 <= 800us (--override; the file says 50us), "
                        "load_success_ratio >= 0.5\n  (SLO_OVERRIDES; the file says 0.99)\n"));
  flags.emplace_back("--all");
  EXPECT_THAT(Gate(flags, "", overrides).out,
              AllOf(HasSubstr("* limit 800us from --override instead of 50us"),
                    HasSubstr("* limit 0.5 from SLO_OVERRIDES instead of 0.99")));
}

TEST(RunGate, ListsEveryCheckWhereAsked) {
  const std::string objective = "load_latency_p99  latency_p99_us  BM_LoadBurst/runs:2000\n";
  EXPECT_THAT(Gate(Flags()).out, Not(HasSubstr(objective)));
  const Finished gate = Gate(Flags("--all"));
  EXPECT_EQ(gate.exit_code, 1) << gate.err;
  EXPECT_THAT(gate.out, HasSubstr(objective));
  EXPECT_EQ(Gate(Flags("--all=yes")).exit_code, 2);
  EXPECT_THAT(Gate(Flags("--al")).err, HasSubstr("did you mean --all?"));
}

TEST(RunGate, SaysWhereTheEvidenceLiesAndPutsEveryCheckThere) {
  const ScratchFolder folder;
  const std::string directory = (folder.path() / "evidence").string();
  EXPECT_THAT(Gate(Flags()).out, HasSubstr("evidence: not written; --evidence_dir=DIR"));
  // The line is wrapped by how long the folder's name is.
  EXPECT_THAT(
      absl::StrReplaceAll(Gate(Flags("--evidence_dir=" + directory + "/")).out, {{"\n  ", " "}}),
      HasSubstr("evidence: " + directory + "/latest.md, latest.json;"));
  std::stringstream page;
  page << std::ifstream(directory + "/latest.md").rdbuf();
  EXPECT_EQ(page.str().substr(0, page.str().find("judged ")),
            Gate(Flags("--format=markdown")).out.substr(0, page.str().find("judged ")));
  EXPECT_THAT(page.str(), HasSubstr("| pass, vacuous | BM\\_LoadBurst/runs:2000 |"));
}

TEST(RunGate, ListsTheProblemsOfAllInputsAtOnce) {
  const Finished gate =
      Gate({"--thresholds=" + TestData("absent.json"), "-", TestData("gone.json")},
           "{\"benchmarks\": [");
  EXPECT_EQ(gate.exit_code, 2);
  EXPECT_THAT(gate.err, AllOf(HasSubstr("absent.json: cannot be opened"),
                              HasSubstr("gone.json: cannot be opened"),
                              HasSubstr("slo_gate: -: byte 17, in benchmarks[0], line 1")));
  EXPECT_EQ(gate.out, "");
}

TEST(RunGate, NamesEveryBadFlag) {
  const Finished gate = Gate({"--thresolds=x", "--format=yaml", "--override"});
  EXPECT_EQ(gate.exit_code, 2);
  EXPECT_THAT(gate.err, AllOf(HasSubstr("did you mean --thresholds?"),
                              HasSubstr("--format: expected text, markdown, json, junit or github"),
                              HasSubstr("--override: expected a value"),
                              HasSubstr("expected at least one results file")));
}

TEST(RunGate, RefusesTheSameFileTwiceAndShortFlags) {
  const Finished gate = Gate({"--thresholds=-", "a.json", "-", "-x", "a.json"});
  EXPECT_EQ(gate.exit_code, 2);
  EXPECT_THAT(gate.err, AllOf(HasSubstr("a.json: is given twice"),
                              HasSubstr("- (standard input): is given twice"),
                              HasSubstr("-x: unknown flag")));
}

TEST(RunGate, RefusesADirectoryAsAFile) {
  const Finished gate = Gate({"--thresholds=" + TestData("thresholds.json"), TestData("")});
  EXPECT_EQ(gate.exit_code, 2);
  EXPECT_THAT(gate.err, HasSubstr("cannot be read"));
}

TEST(RunGate, GivesTheSameVerdictWhateverTheOrderOfTheShards) {
  const ScratchFolder folder;
  const std::filesystem::path copy = folder.path() / "shard_b.json";
  std::ifstream source(TestData("results.json"));
  std::ofstream(copy) << absl::StrReplaceAll(
      std::string(std::istreambuf_iterator<char>(source), std::istreambuf_iterator<char>()),
      {{"61.5", "62.5"}});
  const std::vector<std::string> flags = Flags("--format=json");
  const Finished one = Gate({flags[0], flags[1], flags[2], copy.string()});
  const Finished other = Gate({flags[0], flags[1], copy.string(), flags[2]});
  EXPECT_EQ(one.out, other.out);
  EXPECT_THAT(one.out, HasSubstr("the worst of 2 rows of that name"));
}

TEST(RunGate, WritesEvidenceAndLeavesItWhenTheDirectoryIsNotWritable) {
  const ScratchFolder folder;
  const std::filesystem::path directory = folder.path() / "evidence";
  EXPECT_EQ(Gate(Flags("--evidence_dir=" + directory.string())).exit_code, 1);
  for (const char* name :
       {"slo-20260102T030405Z.json", "slo-20260102T030405Z.md", "latest.json", "latest.md"}) {
    EXPECT_TRUE(std::filesystem::exists(directory / name)) << name;
  }
  const Finished gate = Gate(Flags("--evidence_dir=" + (directory / "latest.md/below").string()));
  EXPECT_EQ(gate.exit_code, 2);
  EXPECT_THAT(gate.err, HasSubstr("cannot be made"));
}

TEST(RunGate, IsInsufficientOrNotAsAsked) {
  const std::string results = R"({"context": {"slo_build_type": "release", "slo_schema": "1",
    "slo_confidence_level": "0.999"}, "benchmarks": [
    {"name": "BM_LoadBurst", "real_time": 1, "time_unit": "ms", "samples_count": 128,
     "latency_p99_us": 7, "success_ratio": 1, "success_trials_count": 1000}]})";
  const std::vector<std::string> flags = {"--thresholds=" + TestData("thresholds.json"), "-"};
  EXPECT_EQ(Gate(flags, results).exit_code, 3);
  const Finished allowed = Gate({flags[0], "--allow-insufficient", "-"}, results);
  EXPECT_EQ(allowed.exit_code, 0);
  EXPECT_THAT(allowed.out,
              AllOf(HasSubstr("note: --allow-insufficient"), HasSubstr("verdict: insufficient")));
}

TEST(RunGate, RefusesShardsThatContradictEachOther) {
  const Finished gate =
      Gate({"--thresholds=" + TestData("thresholds.json"), TestData("results.json"), "-"},
           R"({"context": {"slo_build_type": "debug"}, "benchmarks": []})");
  EXPECT_EQ(gate.exit_code, 2);
  EXPECT_THAT(gate.err, HasSubstr("context.slo_build_type"));
}

TEST(RunGate, VerifiesItsOwnEvidenceAndFindsAChange) {
  const std::string evidence = Gate(Flags("--format=json")).out;
  const Finished confirmed = Gate({"verify", "-"}, evidence);
  EXPECT_EQ(confirmed.exit_code, 0) << confirmed.err;
  EXPECT_EQ(confirmed.out, "-: 4 checks recomputed, verdict fail confirmed; 0 differences\n");
  std::string changed = evidence;
  const size_t at = changed.find("\"overall_status\": \"fail\"");
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, 24, "\"overall_status\": \"pass\"");
  const Finished refuted = Gate({"verify", "-"}, changed);
  EXPECT_EQ(refuted.exit_code, 1);
  EXPECT_THAT(refuted.out,
              HasSubstr("summary.overall_status: recomputed \"fail\", found \"pass\""));
  EXPECT_EQ(Gate({"verify", "-"}, "{}").exit_code, 2);
  EXPECT_EQ(Gate({"verify"}).exit_code, 2);
  EXPECT_THAT(Gate({"verify", "--help"}).out, HasSubstr("usage: slo_gate verify"));
  EXPECT_EQ(Gate({"verify", "/no/such/file"}).exit_code, 2);
}

TEST(RunGate, AppendsThePageToTheStepSummary) {
  const ScratchFolder folder;
  const std::string summary = (folder.path() / "step_summary.md").string();
  std::ofstream(summary) << "# Before\n";
  const std::vector<std::string> flags = Flags("--format=github");
  const std::vector<absl::string_view> arguments(flags.begin(), flags.end());
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(RunGate(arguments, {.step_summary = summary, .in = in, .out = out, .err = err}), 1);
  EXPECT_THAT(out.str(), HasSubstr("::error title=SLO fail%3A load_"));
  std::stringstream page;
  page << std::ifstream(summary).rdbuf();
  EXPECT_THAT(page.str(), AllOf(HasSubstr("# Before\n"), HasSubstr("# SLO verdict: fail")));
  EXPECT_EQ(
      RunGate(arguments, {.step_summary = "/no/such/dir/x", .in = in, .out = out, .err = err}), 2);
}

TEST(RunGate, IsAPureFunctionOfItsInputs) {
  const std::string first = Gate(Flags("--format=json")).out;
  for (int i = 0; i < 100; ++i) ASSERT_EQ(Gate(Flags("--format=json")).out, first);
}

}  // namespace
}  // namespace slo::tools
