#include "tools/slo_gate/cli/explain_verdict.h"

#include <filesystem>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/cli/command_testing.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

namespace slo::tools {
namespace {

PairsFile RegressedPairs() {
  return MakePairs({{.benchmark = "BM_Same"},
                    {.benchmark = "BM_Slower", .change = 0.1},
                    {.benchmark = "BM_Slowest", .change = 0.5}});
}

std::vector<std::string> BenchmarksOf(const std::vector<ChangeToExplain>& changes) {
  std::vector<std::string> names;
  for (const ChangeToExplain& change : changes) names.push_back(change.benchmark);
  return names;
}

TEST(ChangesToExplain, AreThoseThatRegressedTheWorstFirst) {
  const auto changes = ChangesToExplain(VerdictOn({RegressedPairs()}), {});
  EXPECT_EQ(BenchmarksOf(changes), (std::vector<std::string>{"BM_Slowest", "BM_Slower"}));
  EXPECT_EQ(changes[0].base, "base/bench");
  EXPECT_EQ(changes[0].candidate, "candidate/bench");
  ASSERT_TRUE(changes[0].change.has_value());
  EXPECT_NEAR(*changes[0].change, 0.5, 0.05);
}

TEST(ChangesToExplain, HaveTheArgumentsThatWerePassedOn) {
  PairsFile file = RegressedPairs();
  const auto arguments_of = [&](const std::vector<std::string>& arguments) {
    file.arguments = arguments;
    return ChangesToExplain(VerdictOn({file}), {})[0].arguments;
  };
  EXPECT_EQ(arguments_of({"--base=x", "--", "--a=b c", "-x"}),
            (std::vector<std::string>{"--a=b c", "-x"}));
  EXPECT_TRUE(arguments_of({"--base=x"}).empty());
  EXPECT_TRUE(arguments_of({}).empty());
}

TEST(ChangesToExplain, AreAlsoThoseThatAreAskedFor) {
  const Verdict verdict = VerdictOn({RegressedPairs()});
  EXPECT_EQ(BenchmarksOf(ChangesToExplain(verdict, {"*Same", "BM_*"})),
            (std::vector<std::string>{"BM_Slowest", "BM_Slower", "BM_Same"}));
  EXPECT_EQ(ChangesToExplain(VerdictOn({MakePairs({{.benchmark = "BM_Same"}})}), {}).size(), 0);
}

TEST(ExplainVerdict, ChangesNothingElse) {
  const Verdict before = VerdictOn({RegressedPairs()});
  Verdict verdict = before;
  std::ostringstream progress;
  const auto flame_graphs = ExplainVerdict({}, {.valgrind = "no-such-valgrind"}, progress, verdict);
  EXPECT_EQ(flame_graphs, (std::vector<std::string>{"", ""}));
  ASSERT_EQ(verdict.explanations.size(), 2);
  EXPECT_TRUE(absl::StrContains(verdict.explanations[0].problem, "apt-get install valgrind"));
  EXPECT_EQ(ExitCodeOf(verdict), ExitCodeOf(before));
  EXPECT_EQ(verdict.notes, before.notes);
  EXPECT_EQ(verdict.summary.checks_failed, before.summary.checks_failed);
}

TEST(ExplainVerdict, SaysWhichProgramIsNotThere) {
  Verdict verdict = VerdictOn({RegressedPairs()});
  std::ostringstream progress;
  // "sh" takes no flags of valgrind's, and fails.
  ExplainVerdict({}, {.valgrind = "sh", .addr2line = "sh"}, progress, verdict);
  EXPECT_TRUE(absl::StrContains(verdict.explanations[0].problem, "base/bench under callgrind"))
      << verdict.explanations[0].problem;
  EXPECT_TRUE(absl::StrContains(progress.str(), "BM_Slowest (1 of 2)"));
}

TEST(ExplainVerdict, SaysThatAProgramIsNotTheOneThatWasMeasured) {
  const std::string program = WriteForTest("bench", "#!/bin/sh\n");
  const std::string valgrind = WriteForTest("valgrind", R"(#!/bin/sh
for flag; do case $flag in --callgrind-out-file=*) file=${flag#*=};; esac; done
times=0
case "$*" in *repetitions=4*) times=4;; *) times=1;; esac
for n in $(seq $times); do echo "-- LOG(2): Running BM_Slower for 1" >&2; done
printf 'events: Ir\nsummary: %d\nob=/a\nfn=main\n1 %d\n' $times $times >"$file"
)");
  for (const std::string& file : {program, valgrind}) {
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }
  const auto notes_at = [&](const std::string& time) {
    PairsFile file = MakePairs({{.benchmark = "BM_Slower", .change = 0.1}});
    file.base.binary = "/bin/true";
    file.candidate.binary = program;
    file.generated_at_utc = time;
    Verdict verdict = VerdictOn({file});
    std::ostringstream progress;
    ExplainVerdict({}, {.valgrind = valgrind, .addr2line = "true"}, progress, verdict);
    EXPECT_EQ(verdict.explanations[0].problem, "");
    int notes = 0;
    for (const std::string& note : verdict.explanations[0].notes) {
      notes += absl::StrContains(note, "was written after the pairs") ? 1 : 0;
    }
    return notes;
  };
  EXPECT_EQ(notes_at("2001-01-01T00:00:00Z"), 2);
  EXPECT_EQ(notes_at("2999-01-01T00:00:00Z"), 0);
  EXPECT_EQ(notes_at("no time"), 0);
}

// ---- The command ----

TEST(ExplainFlag, LeavesTheExitCodeAndEveryCheckAsTheyAre) {
  const std::string pairs = WriteForTest("pairs.json", PairsFileText(RegressedPairs()));
  const GateRun plain = RunWords({"compare", "--format=json", pairs});
  const GateRun explained = RunWords({"compare", "--explain", "--format=json", pairs});
  EXPECT_EQ(plain.exit_code, 1) << plain.err;
  EXPECT_EQ(explained.exit_code, 1) << explained.err;
  nlohmann::json a = nlohmann::json::parse(plain.out);
  nlohmann::json b = nlohmann::json::parse(explained.out);
  ASSERT_TRUE(b.contains("explanations"));
  EXPECT_EQ(b["explanations"].size(), 2);
  EXPECT_FALSE(b["explanations"][0]["problem"].get<std::string>().empty());
  b.erase("explanations");
  EXPECT_EQ(a, b);
}

TEST(ExplainFlag, IsRefusedWhereThereIsNothingToRun) {
  const std::string results = WriteForTest("r.json", R"({"context": {}, "benchmarks": []})");
  const GateRun compared =
      RunWords({"compare", "--explain", absl::StrCat("--baseline=", results), results});
  EXPECT_EQ(compared.exit_code, 2);
  EXPECT_TRUE(absl::StrContains(compared.err, "--explain: goes with pairs")) << compared.err;
  EXPECT_EQ(RunWords({"check", "--explain", results}).exit_code, 2);
}

}  // namespace
}  // namespace slo::tools
