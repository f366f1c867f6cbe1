#include "tools/slo_gate/cli/explain_verdict.h"

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
